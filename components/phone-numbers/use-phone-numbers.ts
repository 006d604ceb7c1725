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
import {
  type ListQuery,
  managedAccountKeys,
  nextPageSize,
  organizationKey,
  pageSize,
  phoneNumberKeys,
} from "./phone-number-keys";
import { changedDirections, type SlotDrafts } from "./slot-draft";

const organizationQuery = queryOptions({
  queryKey: organizationKey,
  queryFn: ({ signal }) => call("GET /core/organization", { signal }),
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

/** Asks after numbers whose purchase or release is under way until the answer is there. */
export function useWatchPending(
  numbers: readonly PhoneNumber[],
  onSettled: (number: PhoneNumber, before: PhoneNumber) => void,
) {
  const client = useQueryClient();
  const pending = numbers.filter((number) => pendingStatuses.has(number.status)).slice(0, watchedAtOnce);
  useQuery({
    queryKey: phoneNumberKeys.watch(pending.map(({ phone_number }) => phone_number)),
    queryFn: async ({ signal }) => {
      const watch = async (before: PhoneNumber) => {
        const number = await readUnderWay(before, signal);
        putNumber(client, number);
        if (pendingStatuses.has(number.status)) return;
        onSettled(number, before);
        invalidateTotals(client);
      };
      await Promise.all(pending.map(watch));
      return null;
    },
    enabled: pending.length > 0,
    refetchInterval: 2000,
    gcTime: 0,
  });
}

/** How far a purchase or release is. Of a purchase its order tells, because one that was refused leaves no number. */
async function readUnderWay(number: PhoneNumber, signal: AbortSignal): Promise<PhoneNumber> {
  if (number.status !== "releasing" && number.purchase_order_id) {
    const { status } = await getOrder(number.purchase_order_id, signal);
    if (status !== "bought") return { ...number, status };
  }
  return await getNumber(number.phone_number, signal);
}

function invalidateTotals(client: ReturnType<typeof useQueryClient>) {
  return Promise.all([
    client.invalidateQueries({ queryKey: organizationKey }),
    client.invalidateQueries({ queryKey: agentKeys.all }),
  ]);
}

/** Label and shareable. The change shows at once and goes back when the server refuses it. */
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

export function useReleasePlan(phoneNumber: string | null) {
  return useQuery({
    queryKey: phoneNumberKeys.releasePlan(phoneNumber ?? ""),
    queryFn: async ({ signal }) => {
      const plan = await call("DELETE /core/phone-numbers/{phone_number}", {
        path: { phone_number: phoneNumber ?? "" },
        query: { dry_run: true, unassign: true },
        signal,
      });
      if ("status" in plan) throw new Error("A dry run of a release answered with a number.");
      return plan;
    },
    enabled: phoneNumber !== null,
    // A plan that was true a minute ago is no basis for something irreversible.
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
}

export function useReleaseNumber() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ phoneNumber, unassign }: { phoneNumber: string; unassign: boolean }) => {
      const number = await call("DELETE /core/phone-numbers/{phone_number}", {
        path: { phone_number: phoneNumber },
        query: { unassign: unassign || undefined },
      });
      if (!("status" in number)) throw new Error("A release answered with a plan.");
      return number;
    },
    onSuccess: (number) => {
      putNumber(client, number);
      return Promise.all([
        invalidateTotals(client),
        client.invalidateQueries({ queryKey: phoneNumberKeys.lists() }),
      ]);
    },
    onError: async (_problem, { phoneNumber }) => {
      // The answer may have been lost after the release: the row must show what is true.
      await refreshNumber(client, phoneNumber);
    },
  });
}

/** Best effort after a failure that has already been told. */
async function refreshNumber(client: ReturnType<typeof useQueryClient>, phoneNumber: string) {
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
