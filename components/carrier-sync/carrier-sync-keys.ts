import type { Drift } from "@/lib/carrier-sync/schema";

export type DriftStatus = Drift["status"];

/** In the order of their tabs. */
export const driftStatuses = ["open", "accepted", "settled"] as const satisfies readonly DriftStatus[];

/** Shared by server pages, which prefetch under these keys, and by the browser. */
export const carrierSyncKeys = {
  overview: ["carrier-sync", "overview"] as const,
  drifts: ["carrier-sync", "drifts"] as const,
  driftList: (status: DriftStatus) => [...carrierSyncKeys.drifts, status] as const,
  returning: (ids: readonly string[]) => ["carrier-sync", "returning", ids] as const,
};

export const driftPageSize = 50;
