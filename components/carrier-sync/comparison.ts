import type { CarrierSync, CarrierSyncOverview } from "@/lib/carrier-sync/schema";

/** Which comparison of each account was the newest when another was asked for. */
export type Baseline = ReadonlyMap<string, Pick<CarrierSync, "id" | "status"> | null>;

export function toBaseline({ data }: CarrierSyncOverview): Baseline {
  return new Map(data.map(({ managed_account_id, latest }) => [managed_account_id, latest]));
}

/**
 * Whether every account has been compared since. One that was under way already counts when it ends: it is the one that
 * was asked for.
 */
export function isCompared({ data }: CarrierSyncOverview, baseline: Baseline): boolean {
  return data.every(({ managed_account_id, latest }) => {
    if (latest === null || latest.status === "running") return false;
    const before = baseline.get(managed_account_id) ?? null;
    return before?.id !== latest.id || before.status === "running";
  });
}

/** Accounts whose newest comparison came to nothing. */
export function failedComparisons({ data }: CarrierSyncOverview): CarrierSync[] {
  return data.flatMap(({ latest }) => (latest?.status === "failed" ? [latest] : []));
}

/** How many differences the newest comparisons met, or null for those who are not told. */
export function countFound({ data }: CarrierSyncOverview): number | null {
  let sum = 0;
  for (const { latest } of data) {
    if (latest?.drifts_seen === null) return null;
    sum += latest?.drifts_seen ?? 0;
  }
  return sum;
}

/** Since when no account has gone uncompared: the oldest of their last comparisons, or null before the first. */
export function lastComparedAt({ data }: CarrierSyncOverview): string | null {
  const moments = data.flatMap(({ last_completed_at }) => last_completed_at ?? []);
  return moments.length === data.length ? (moments.sort()[0] ?? null) : null;
}

/** Accounts no comparison of which both began and was completed since that moment, which safe mode waits for. */
export function uncomparedSince({ data }: CarrierSyncOverview, since: string): string[] {
  return data
    .filter(({ latest, last_completed_at }) => {
      const begun = latest?.status === "completed" ? latest.started_at : last_completed_at;
      return begun === null || Date.parse(begun) < Date.parse(since);
    })
    .map(({ managed_account_name }) => managed_account_name);
}
