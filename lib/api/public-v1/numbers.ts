export const publicNumberEndpoints = [] as const;
