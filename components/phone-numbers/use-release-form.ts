"use client";

import { useState } from "react";
import type { PhoneNumber, ReleasePlan } from "@/lib/phone-numbers/schema";
import { canWaitForRenewal, defaultDays, parseDays, toHold, type When } from "./release-when";
import { type Hold, useReleasePlan } from "./use-release";

/** The choice of when to release a number, what must be confirmed for it, and what the server says it comes to. */
export function useReleaseForm(number: PhoneNumber, open: boolean) {
  // One brought along is let go of at once, and one that is held already waits no second time.
  const [canWait] = useState(number.source === "managed" && number.status !== "held");
  const [choice, setWhen] = useState<When>(canWait ? "days" : "now");
  const [days, setDays] = useState(String(defaultDays));
  const [unassign, setUnassign] = useState(false);
  const [digits, setDigits] = useState("");
  const validDays = parseDays(days);
  const query = useReleasePlan({
    phoneNumber: number.phone_number,
    holdDays: canWait ? (validDays ?? defaultDays) : undefined,
    enabled: open,
  });
  const plan = query.data;

  const offersRenewal = plan !== undefined && canWaitForRenewal(plan, query.dataUpdatedAt);
  const when = choice === "before_renewal" && !offersRenewal ? "days" : choice;
  const daysReleaseAt = validDays === null || query.isPlaceholderData ? null : (plan?.release_at ?? null);
  const releaseAt = { now: null, days: daysReleaseAt, before_renewal: plan?.before_renewal_at ?? null }[when];
  const needs = plan ? confirmationsOf(number, plan, when) : { unassign: false, digits: false };

  return {
    query,
    canWait,
    offersRenewal,
    when,
    setWhen: (next: When) => {
      setWhen(next);
      // A mistake in a field that is out of sight would stand there for no reason.
      if (next !== "days" && validDays === null) setDays(String(defaultDays));
    },
    days,
    setDays,
    daysValid: validDays !== null,
    daysReleaseAt,
    /** Null for now, and while the server has not said. */
    releaseAt,
    hold: toHold(when, validDays ?? defaultDays) satisfies Hold,
    needs,
    unassign,
    setUnassign,
    digits,
    setDigits,
    confirmed:
      (!needs.unassign || unassign) &&
      (!needs.digits || digits.trim() === number.phone_number.slice(-4)) &&
      (when === "now" || releaseAt !== null),
  };
}

export type ReleaseForm = ReturnType<typeof useReleaseForm>;

/** The tick wherever agents lose the number, the digits on top of it where that cannot be undone. */
function confirmationsOf(number: PhoneNumber, plan: ReleasePlan, when: When) {
  const assigned = plan.inbound !== null || plan.outbound !== null;
  const wasAssigned = (number.release?.was.length ?? 0) > 0;
  return { unassign: assigned, digits: when === "now" && (assigned || wasAssigned) };
}
