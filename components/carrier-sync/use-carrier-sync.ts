"use client";

import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { call } from "@/lib/api/client";
import type { CarrierSyncOverview, Drift, DriftAction } from "@/lib/carrier-sync/schema";
import { organizationKey, phoneNumberKeys } from "../phone-numbers/phone-number-keys";
import { carrierSyncKeys, type DriftStatus, driftPageSize } from "./carrier-sync-keys";
import { isCompared, toBaseline } from "./comparison";

/** While something is under way, and while nobody is in a hurry. */
const soonMs = 1500;
const laterMs = 30_000;

const overviewQuery = queryOptions({
  queryKey: carrierSyncKeys.overview,
  queryFn: ({ signal }) => call("GET /core/carrier-syncs", { signal }),
});

const driftsQuery = (status: DriftStatus) =>
  infiniteQueryOptions({
    queryKey: carrierSyncKeys.driftList(status),
    queryFn: ({ pageParam, signal }) =>
      call("GET /core/drifts", { query: { status, limit: driftPageSize, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

function isRunning({ data }: CarrierSyncOverview): boolean {
  return data.some(({ latest }) => latest?.status === "running");
}

/** The newest comparison of each account, asked for again while one is under way. */
export function useSyncOverview() {
  return useQuery({
    ...overviewQuery,
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? soonMs : laterMs),
  });
}

/** The differences of one tab, page by page. */
export function useDrifts(status: DriftStatus) {
  return useInfiniteQuery({ ...driftsQuery(status), refetchInterval: laterMs });
}

/** How often a comparison is asked after before it is said that it has not ended. */
const mostLooks = 40;

/** Has succeeded once every account has been compared, or with null when they have not ended within a minute. */
export function useCompareNow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<CarrierSyncOverview | null> => {
      const readOverview = () => client.fetchQuery({ ...overviewQuery, staleTime: 0 });
      const baseline = toBaseline(await readOverview());
      await call("POST /core/carrier-syncs");
      for (let look = 0; look < mostLooks; look += 1) {
        const overview = await readOverview();
        if (isCompared(overview, baseline)) return overview;
        await new Promise((resolve) => setTimeout(resolve, soonMs));
      }
      return null;
    },
    onSettled: () => refreshFindings(client),
  });
}

export interface Decision {
  drift: Drift;
  action: DriftAction;
}

/** Answers with the difference as it is then: still open while the carrier is taking the number back. */
export function useResolveDrift() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ drift, action }: Decision) =>
      call("POST /core/drifts/{drift_id}/resolve", { path: { drift_id: drift.id }, body: { action } }),
    // After a refusal too: mostly somebody else was faster, and the cards should say so.
    onSettled: () => refreshFindings(client),
  });
}

/** Asks after numbers on their way back to the carrier until it has taken or refused them. */
export function useWatchReturning(ids: readonly string[], onEnd: (drift: Drift) => void) {
  const client = useQueryClient();
  useQuery({
    queryKey: carrierSyncKeys.returning(ids),
    queryFn: async ({ signal }) => {
      const drifts = await Promise.all(ids.map((id) => readReturning(id, signal)));
      const ended = drifts.filter((drift) => !isReturning(drift));
      for (const drift of ended) onEnd(drift);
      if (ended.length > 0) void refreshFindings(client);
      return null;
    },
    enabled: ids.length > 0,
    refetchInterval: soonMs,
    gcTime: 0,
  });
}

function isReturning({ status, actions }: Drift): boolean {
  return status === "open" && actions.length === 0;
}

/** Asking once more sends nothing while it is on its way, and settles the difference when it has arrived. */
async function readReturning(id: string, signal: AbortSignal): Promise<Drift> {
  const path = { drift_id: id };
  const drift = await call("GET /core/drifts/{drift_id}", { path, signal });
  if (!isReturning(drift)) return drift;
  return await call("POST /core/drifts/{drift_id}/resolve", { path, body: { action: "give_back" } });
}

/** What a comparison or a decision may have changed. */
function refreshFindings(client: QueryClient) {
  return Promise.all([
    client.invalidateQueries({ queryKey: carrierSyncKeys.overview }),
    client.invalidateQueries({ queryKey: carrierSyncKeys.drifts }),
    client.invalidateQueries({ queryKey: organizationKey }),
    client.invalidateQueries({ queryKey: phoneNumberKeys.lists() }),
  ]);
}

/** `onEnded` belongs to the mutation: the component that asked is unmounted by the time it succeeds. */
export function useEndSafeMode(onEnded: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await call("DELETE /core/safe-mode");
    },
    onSuccess: onEnded,
    onSettled: () => client.invalidateQueries({ queryKey: organizationKey }),
  });
}
