/** Shared by server pages, which prefetch under this key, and by the browser. */
export const killSwitchesKey = ["kill-switches"] as const;
