/** Shared by server pages, which prefetch under these keys, and by the browser. */
export const agentKeys = {
  all: ["agents"] as const,
  lists: () => [...agentKeys.all, "list"] as const,
  detail: (id: string) => [...agentKeys.all, "detail", id] as const,
  versions: (id: string) => [...agentKeys.all, "versions", id] as const,
};

/** The most one answer of the API holds. */
export const agentPageSize = 200;
