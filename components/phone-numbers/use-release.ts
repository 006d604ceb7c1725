"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { call } from "@/lib/api/client";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { putNumber } from "./number-cache";
import { phoneNumberKeys } from "./phone-number-keys";
import { describeSlot } from "./slot-draft";
import { describeProblem, invalidateTotals, refreshNumber } from "./use-phone-numbers";

/** How long a number is kept first; undefined gives it back at once. */
export type Hold = "before_renewal" | number | undefined;

/** What a release would do, after so many days or at once. Writes nothing. */
export function useReleasePlan({
  phoneNumber,
  holdDays,
  enabled,
}: {
  phoneNumber: string;
  holdDays: number | undefined;
  enabled: boolean;
}) {
  return useQuery({
    queryKey: phoneNumberKeys.releasePlan(phoneNumber, holdDays),
    queryFn: async ({ signal }) => {
      const plan = await call("DELETE /core/phone-numbers/{phone_number}", {
        path: { phone_number: phoneNumber },
        query: { dry_run: true, unassign: true, hold: holdDays },
        signal,
      });
      if ("status" in plan) throw new Error("A dry run of a release answered with a number.");
      return plan;
    },
    enabled,
    // The form stays while another number of days is asked for.
    placeholderData: keepPreviousData,
    // A plan that was true a minute ago is no basis for something irreversible.
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
}

export function useReleaseNumber() {
  const client = useQueryClient();
  const settle = useSettleRelease();
  return useMutation({
    mutationFn: async ({
      phoneNumber,
      unassign,
      hold,
    }: {
      phoneNumber: string;
      unassign: boolean;
      hold: Hold;
    }) => {
      const number = await call("DELETE /core/phone-numbers/{phone_number}", {
        path: { phone_number: phoneNumber },
        query: { unassign: unassign || undefined, hold },
      });
      if (!("status" in number)) throw new Error("A release answered with a plan.");
      return number;
    },
    onSuccess: settle,
    // The answer may have been lost after the release: the row must show what is true.
    onError: (_problem, { phoneNumber }) => refreshNumber(client, phoneNumber),
  });
}

/** Takes back a release that waits, and says how it went wherever the person is by then. */
export function useUndoRelease() {
  const client = useQueryClient();
  const settle = useSettleRelease();
  return useMutation({
    mutationFn: (number: PhoneNumber) =>
      call("POST /core/phone-numbers/{phone_number}/undo-release", {
        path: { phone_number: number.phone_number },
      }),
    onSuccess: async (number, before) => {
      toast.success(`${number.formatted.international} stays`, {
        description: describeReturn(number, before),
      });
      await settle(number);
    },
    onError: async (problem, number) => {
      toast.error(`The release of ${number.formatted.international} was not undone`, {
        description: describeProblem(problem),
      });
      await refreshNumber(client, number.phone_number);
    },
  });
}

function useSettleRelease() {
  const client = useQueryClient();
  return (number: PhoneNumber) => {
    putNumber(client, number);
    return Promise.all([
      invalidateTotals(client),
      client.invalidateQueries({ queryKey: phoneNumberKeys.lists() }),
    ]);
  };
}

/** What the undo put back; an agent deleted meanwhile cannot take its slot again. */
function describeReturn({ inbound, outbound }: PhoneNumber, before: PhoneNumber): string {
  const filled = [inbound, outbound].filter(Boolean).length;
  if (filled < (before.release?.was.length ?? 0))
    return "Not every agent could be put back. Look at its slots.";
  if (inbound && outbound)
    return `${describeSlot(inbound)} answers it and ${describeSlot(outbound)} calls from it again.`;
  if (inbound) return `${describeSlot(inbound)} answers it again.`;
  return outbound ? `${describeSlot(outbound)} calls from it again.` : "It is as it was before.";
}
