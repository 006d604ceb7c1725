"use client";

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ApiProblem, call } from "@/lib/api/client";
import type { AvailableNumber, PhoneNumber, PurchaseNumberBody } from "@/lib/phone-numbers/schema";
import { agentKeys } from "../agents/agent-keys";
import { putNumber } from "./number-cache";
import { organizationKey, phoneNumberKeys } from "./phone-number-keys";
import { getNumber, getOrder } from "./use-phone-numbers";

const purchaseOperation = "POST /core/managed-accounts/{managed_account_id}/purchase-number";
const path = { managed_account_id: "default" };

/** What buying would cost and change. Writes nothing. */
export function usePurchasePlan(offer: AvailableNumber) {
  return useQuery({
    queryKey: phoneNumberKeys.purchasePlan(offer.phone_number),
    queryFn: async ({ signal }) => {
      const plan = await call(purchaseOperation, {
        path,
        query: { dry_run: true },
        body: { phone_number: offer.phone_number },
        signal,
      });
      if ("status" in plan) throw new Error("A dry run of a purchase answered with a number.");
      return plan;
    },
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
}

export type Purchase =
  | { phase: "idle" }
  | { phase: "sending" }
  /** The request got no answer, so nobody knows yet whether the order exists. */
  | { phase: "unknown" }
  | { phase: "checking"; number: PhoneNumber }
  | { phase: "bought"; number: PhoneNumber }
  | { phase: "refused"; problem: ApiProblem };

export interface PurchaseHandlers {
  /** Whether somebody looks at the order; once nobody does, its row in the list tells how it ends. */
  shown: boolean;
  /** Runs even when the dialog that started the purchase is gone by then. */
  onAnswer: (number: PhoneNumber) => void;
  onRefused: (problem: ApiProblem, offer: AvailableNumber) => void;
}

/** One purchase. `start` runs once however often it is called; only a refusal or `reset` opens it again. */
export function usePurchase({ shown, onAnswer, onRefused }: PurchaseHandlers) {
  const client = useQueryClient();
  const startedRef = useRef(false);
  const [unanswered, setUnanswered] = useState(false);

  const mutation = useMutation({
    mutationFn: ({ body }: { offer: AvailableNumber; body: PurchaseNumberBody }) =>
      buy(client, body, () => setUnanswered(true)),
    onMutate: () => {
      // The claim is written before the carrier is asked; a slow carrier must not keep the row from the list.
      setTimeout(() => client.invalidateQueries({ queryKey: phoneNumberKeys.lists() }), 600);
    },
    onSuccess: (number) => {
      putNumber(client, number);
      onAnswer(number);
    },
    onError: (problem, { offer }) => {
      startedRef.current = false;
      onRefused(toApiProblem(problem), offer);
    },
    onSettled: () => invalidateAfterPurchase(client),
  });

  const order = useOrder(shown ? mutation.data : undefined, () => {
    startedRef.current = false;
  });

  return {
    purchase: toPurchase({ mutation, order: order.data, unanswered }),
    start: (offer: AvailableNumber, body: PurchaseNumberBody) => {
      if (startedRef.current) return;
      startedRef.current = true;
      setUnanswered(false);
      mutation.mutate({ offer, body });
    },
    reset: () => {
      startedRef.current = false;
      mutation.reset();
    },
  };
}

function toPurchase({
  mutation,
  order,
  unanswered,
}: {
  mutation: { status: string; data: PhoneNumber | undefined; error: Error | null };
  order: SettledOrder | undefined;
  unanswered: boolean;
}): Purchase {
  if (mutation.error) return { phase: "refused", problem: toApiProblem(mutation.error) };
  if (mutation.status === "pending") return { phase: unanswered ? "unknown" : "sending" };
  if (!mutation.data) return { phase: "idle" };
  if (order?.problem) return { phase: "refused", problem: order.problem };
  const number = order?.number ?? mutation.data;
  return isUnderWay(number) ? { phase: "checking", number } : { phase: "bought", number };
}

function isUnderWay(number: PhoneNumber): boolean {
  return number.status === "buying" || number.status === "checking";
}

async function buy(client: QueryClient, body: PurchaseNumberBody, onUnanswered: () => void) {
  try {
    const number = await call(purchaseOperation, { path, body });
    if (!("status" in number)) throw new Error("A purchase answered with a plan.");
    return number;
  } catch (problem) {
    if (!isUnanswered(problem)) throw problem;
    onUnanswered();
    return lookUp(client, body.phone_number, problem);
  }
}

/** Codes that say nothing about whether the carrier was asked. */
const silentCodes = new Set(["internal_error", "service_unavailable"]);

function isUnanswered(problem: unknown): problem is ApiProblem {
  return problem instanceof ApiProblem && (problem.status === 0 || silentCodes.has(problem.code));
}

const lookUpEveryMs = 2000;
const emptyLooksBeforeGivingUp = 3;

/**
 * Asks for the number until the answer is certain: its row exists, or Linedesk answers several times that it does
 * not. Never throws for a server that stays away, because then nothing is certain.
 */
async function lookUp(client: QueryClient, phoneNumber: string, problem: ApiProblem): Promise<PhoneNumber> {
  let emptyLooks = 0;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookUpEveryMs));
    try {
      const number = await getNumber(phoneNumber);
      if (number.status === "refused") throw await getRefusal(client, number);
      if (number.status !== "released" && number.status !== "detached") return number;
      emptyLooks += 1;
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      if (failure.status === 404) emptyLooks += 1;
      else if (!isUnanswered(failure)) throw failure;
    }
    if (emptyLooks >= emptyLooksBeforeGivingUp) throw toNothingOrdered(problem);
  }
}

function toNothingOrdered(problem: ApiProblem): ApiProblem {
  return new ApiProblem(
    problem.status,
    "nothing_ordered",
    "The order did not reach Linedesk. Nothing was bought and nothing is charged.",
    [],
    {},
  );
}

interface SettledOrder {
  settled: boolean;
  number: PhoneNumber | null;
  problem: ApiProblem | null;
}

/** Follows an order whose outcome is open. */
function useOrder(number: PhoneNumber | undefined, onRefused: () => void) {
  const client = useQueryClient();
  const id = number && isUnderWay(number) ? number.purchase_order_id : null;
  return useQuery({
    queryKey: phoneNumberKeys.order(id ?? ""),
    queryFn: async ({ signal }): Promise<SettledOrder> => {
      const order = await getOrder(id ?? "", signal);
      if (order.status === "buying" || order.status === "checking") {
        return { settled: false, number: null, problem: null };
      }
      invalidateAfterPurchase(client);
      // A purchase that was refused leaves no number to ask for.
      if (order.status === "refused") {
        if (number) putNumber(client, { ...number, status: "refused" });
        onRefused();
        return { settled: true, number: null, problem: toRefusal(order.error) };
      }
      const current = await getNumber(order.phone_number, signal);
      putNumber(client, current);
      return { settled: true, number: current, problem: null };
    },
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.settled ? false : 1500),
    retry: true,
  });
}

async function getRefusal(client: QueryClient, number: PhoneNumber): Promise<ApiProblem> {
  const { purchase_order_id: id } = number;
  if (!id) return toRefusal(null);
  const order = await client.fetchQuery({
    queryKey: [...phoneNumberKeys.order(id), "refusal"],
    queryFn: () => getOrder(id),
  });
  return toRefusal(order.error);
}

function toRefusal(note: { code: string; detail: string; carrier_code: string | null } | null): ApiProblem {
  const fallback = { code: "carrier_refused", detail: "The carrier refused the order.", carrier_code: null };
  const { code, detail, carrier_code } = note ?? fallback;
  return new ApiProblem(409, code, detail, [], { carrier_code });
}

function toApiProblem(problem: Error): ApiProblem {
  if (problem instanceof ApiProblem) return problem;
  return new ApiProblem(0, "internal_error", "Something went wrong. Try again in a moment.", [], {});
}

function invalidateAfterPurchase(client: QueryClient) {
  return Promise.all([
    client.invalidateQueries({ queryKey: phoneNumberKeys.lists() }),
    client.invalidateQueries({ queryKey: organizationKey }),
    client.invalidateQueries({ queryKey: agentKeys.all }),
  ]);
}
