import type { ReleasePlan } from "@/lib/phone-numbers/schema";
import { formatDay } from "./format-date";
import { formatMoney } from "./format-money";
import type { Hold } from "./use-release";

/** The choice as the form holds it. */
export type When = "days" | "before_renewal" | "now";

export const defaultDays = 7;
export const mostDays = 90;
const dayMs = 24 * 3_600_000;

/** The days as typed; null when they are no number of days a release can wait. */
export function parseDays(text: string): number | null {
  const days = /^\d{1,2}$/.test(text.trim()) ? Number(text) : 0;
  return days >= 1 && days <= mostDays ? days : null;
}

export function toHold(when: When, days: number): Hold {
  if (when === "now") return undefined;
  return when === "days" ? days : "before_renewal";
}

/**
 * Whether waiting for the renewal is a choice: there is none for a number without one, nor when the moment before it
 * is over.
 */
export function canWaitForRenewal({ before_renewal_at: at }: ReleasePlan, now: number): boolean {
  return at !== null && Date.parse(at) > now;
}

/** What a release at this moment still costs; null stands for now. */
export function describeCost(plan: ReleasePlan, releaseAt: string | null): string {
  const { paid_until: paidUntil, monthly_saving: monthly } = plan;
  if (!paidUntil) return "Nothing more is charged for it here.";
  const day = formatDay(paidUntil);
  if (releaseAt === null) return `It is paid until ${day}; the rest is not refunded.`;
  if (Date.parse(releaseAt) < Date.parse(paidUntil))
    return `It is paid until ${day}, so nothing more is charged.`;
  // A month has at least 28 days: until then there is one renewal at most.
  const isOnce = Date.parse(releaseAt) < Date.parse(paidUntil) + 28 * dayMs;
  const fee = monthly ? formatMoney(monthly) : "the carrier's price";
  return isOnce
    ? `One more month, ${fee}, is charged on ${day}, because it is still here then.`
    : `Each month goes on to be charged, ${fee}, next on ${day}, because it is still here then.`;
}
