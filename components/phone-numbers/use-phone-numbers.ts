"use client";

import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { ApiProblem, call } from "@/lib/api/client";
import type { Direction, PhoneNumber, UpdatePhoneNumberBody } from "@/lib/phone-numbers/schema";
import { agentKeys } from "../agents/agent-keys";
import { findNumber, putNumber } from "./number-cache";
import { releasingQuery } from "./phone-number-filters";
import {
  type ListQuery,
  managedAccountKeys,
  nextPageSize,
  organizationKey,
  pageSize,
  phoneNumberKeys,
} from "./phone-number-keys";
import { changedDirections, type SlotDrafts } from "./slot-draft";
import { useNow } from "./use-now";

const organizationQuery = queryOptions({
  queryKey: organizationKey,
  queryFn: ({ signal }) => call("GET /core/organization", { signal }),
  // Every page says whether buying is stopped; whoever leaves one open should read it too.
  refetchInterval: 60_000,
});

const numbersQuery = (query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: phoneNumberKeys.list(query),
    // React Query aborts the signal as soon as a newer filter takes over; the older request ends there.
    queryFn: ({ pageParam, signal }) =>
      call("GET /core/phone-numbers", {
        query: { ...query, limit: pageParam === null ? pageSize : nextPageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

/** The rows of the directory, page by page. While a new filter loads, the old rows stay. */
export function usePhoneNumbers(query: ListQuery) {
  return useInfiniteQuery(numbersQuery(query));
}

/** "3", or "50+" when more than a page of numbers is on its way out; null when none is. */
export function useReleasingCount(): string | null {
  const { data } = useInfiniteQuery(numbersQuery(releasingQuery));
  const [first, ...more] = data?.pages ?? [];
  if (!first || first.data.length === 0) return null;
  return first.next_cursor || more.length > 0 ? `${pageSize}+` : String(first.data.length);
}

export function useOrganization() {
  return useQuery(organizationQuery);
}

export function useManagedAccounts({ enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: managedAccountKeys.all,
    queryFn: ({ signal }) => call("GET /core/managed-accounts", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

export function useCountries() {
  return useQuery({
    queryKey: managedAccountKeys.countries(),
    queryFn: ({ signal }) =>
      call("GET /core/managed-accounts/{managed_account_id}/countries", {
        path: { managed_account_id: "default" },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function getNumber(phoneNumber: string, signal?: AbortSignal) {
  return call("GET /core/phone-numbers/{phone_number}", {
    path: { phone_number: phoneNumber },
    ...(signal ? { signal } : {}),
  });
}

export function getOrder(id: string, signal?: AbortSignal) {
  return call("GET /core/purchase-orders/{purchase_order_id}", {
    path: { purchase_order_id: id },
    ...(signal ? { signal } : {}),
  });
}

const pendingStatuses = new Set(["buying", "checking", "releasing"]);
const watchedAtOnce = 20;

/** Under way at the carrier, or held up to a moment that is over. */
function isPending(number: PhoneNumber, now: number | null): boolean {
  if (number.status !== "held") return pendingStatuses.has(number.status);
  return now !== null && number.release !== null && Date.parse(number.release.release_at) <= now;
}

/** Asks after numbers whose purchase or release is under way until the answer is there. */
export function useWatchPending(
  numbers: readonly PhoneNumber[],
  onSettled: (number: PhoneNumber, before: PhoneNumber) => void,
) {
  const client = useQueryClient();
  const now = useNow();
  const pending = numbers.filter((number) => isPending(number, now)).slice(0, watchedAtOnce);
  // A release may be stopped for days after it was due; what the carrier is working on takes seconds.
  const hurried = pending.some(({ status }) => status !== "held");
  useQuery({
    queryKey: phoneNumberKeys.watch(pending.map(({ phone_number }) => phone_number)),
    queryFn: async ({ signal }) => {
      const watch = async (before: PhoneNumber) => {
        const number = await readUnderWay(before, signal);
        putNumber(client, number);
        if (isPending(number, Date.now())) return;
        onSettled(number, before);
        invalidateTotals(client);
        // It belongs on another tab now, whose rows may still be remembered.
        client.invalidateQueries({ queryKey: phoneNumberKeys.lists(), refetchType: "none" });
      };
      await Promise.all(pending.map(watch));
      return null;
    },
    enabled: pending.length > 0,
    refetchInterval: hurried ? 2000 : 10_000,
    gcTime: 0,
  });
}

/** How far a purchase or release is. Of a purchase its order tells, because one that was refused leaves no number. */
async function readUnderWay(number: PhoneNumber, signal: AbortSignal): Promise<PhoneNumber> {
  if (["buying", "checking"].includes(number.status) && number.purchase_order_id) {
    const { status } = await getOrder(number.purchase_order_id, signal);
    if (status !== "bought") return { ...number, status };
  }
  return await getNumber(number.phone_number, signal);
}

/** What counts and sums over numbers: the header, and the numbers of agents. */
export function invalidateTotals(client: ReturnType<typeof useQueryClient>) {
  return Promise.all([
    client.invalidateQueries({ queryKey: organizationKey }),
    client.invalidateQueries({ queryKey: agentKeys.all }),
  ]);
}

/** Label, sharing and lock. The change shows at once and goes back when the server refuses it. */
export function useEditNumber() {
  const client = useQueryClient();
  return useMutation({
    // One after the other, each with the version its predecessor left.
    scope: { id: "edit-phone-number" },
    mutationFn: ({ number, body }: { number: PhoneNumber; body: UpdatePhoneNumberBody }) =>
      call("PATCH /core/phone-numbers/{phone_number}", {
        path: { phone_number: number.phone_number },
        body,
        ifMatch: findNumber(client, number)?.version ?? number.version,
      }),
    onMutate: async ({ number, body }) => {
      await client.cancelQueries({
        queryKey: phoneNumberKeys.lists(),
        predicate: (query) => query.state.data !== undefined,
      });
      const before = findNumber(client, number) ?? number;
      putNumber(client, { ...before, ...body });
      return { before };
    },
    onSuccess: (number) => putNumber(client, number),
    onError: async (problem, { number }, context) => {
      putNumber(client, context?.before ?? number);
      if (isStale(problem)) putNumber(client, await getNumber(number.phone_number));
    },
  });
}

export interface AssignmentChange {
  number: PhoneNumber;
  drafts: SlotDrafts;
  /** Undefined leaves it alone. */
  label?: string | null | undefined;
  /** The person has agreed to take filled slots from other agents. */
  replace: boolean;
}

/** Saves only what differs from `number`, each step with the version the step before left. */
export function useSaveAssignment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ number, drafts, label, replace }: AssignmentChange) => {
      let current = number;
      const path = { phone_number: number.phone_number };
      const keep = (answer: PhoneNumber) => {
        current = answer;
        putNumber(client, answer);
      };
      for (const direction of changedDirections(number, drafts)) {
        keep(await saveSlot({ number: current, direction, drafts, replace }));
      }
      if (label !== undefined && label !== number.label) {
        keep(
          await call("PATCH /core/phone-numbers/{phone_number}", {
            path,
            body: { label },
            ifMatch: current.version,
          }),
        );
      }
      return current;
    },
    // Numbers of an agent and filtered lists may have changed; the rows on screen already hold the answer.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: agentKeys.all }),
        client.invalidateQueries({ queryKey: phoneNumberKeys.lists(), refetchType: "inactive" }),
      ]),
  });
}

function saveSlot({
  number,
  direction,
  drafts,
  replace,
}: {
  number: PhoneNumber;
  direction: Direction;
  drafts: SlotDrafts;
  replace: boolean;
}) {
  const { agentId, version } = drafts[direction];
  const path = { phone_number: number.phone_number, direction };
  const ifMatch = number.version;
  if (agentId === null) {
    return call("DELETE /core/phone-numbers/{phone_number}/slots/{direction}", { path, ifMatch });
  }
  return call("PUT /core/phone-numbers/{phone_number}/slots/{direction}", {
    path,
    ifMatch,
    body: { agent_id: agentId, version, replace },
  });
}

/** Best effort after a failure that has already been told. */
export async function refreshNumber(client: ReturnType<typeof useQueryClient>, phoneNumber: string) {
  const number = await getNumber(phoneNumber).catch(() => null);
  if (number) putNumber(client, number);
}

/** Reads one number anew, as after a stale edit. */
export function useReloadNumber() {
  const client = useQueryClient();
  return async (phoneNumber: string) => {
    const number = await getNumber(phoneNumber);
    putNumber(client, number);
    return number;
  };
}

export function isStale(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.status === 412;
}

/** The sentence for a person. Anything that is not the API's own answer is a defect of ours. */
export function describeProblem(problem: unknown): string {
  return problem instanceof ApiProblem ? problem.detail : "Something went wrong. Try again in a moment.";
}
