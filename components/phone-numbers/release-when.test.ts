import { expect, test } from "vitest";
import type { ReleasePlan } from "@/lib/phone-numbers/schema";
import { canWaitForRenewal, describeCost, parseDays, toHold } from "./release-when";

const plan: ReleasePlan = {
  phone_number: "+14155550123",
  inbound: null,
  outbound: null,
  monthly_saving: { amount: "1.15", currency: "USD" },
  paid_until: "2026-12-22",
  action: "release",
  release_at: "2026-11-29T09:20:41.730Z",
  before_renewal_at: "2026-12-21T12:00:00.000Z",
  can_release: true,
  reason: null,
};

test.each([
  ["7", 7],
  [" 90 ", 90],
  ["1", 1],
  ["0", null],
  ["91", null],
  ["", null],
  ["1.5", null],
  ["-3", null],
  ["seven", null],
])("%j days", (text, days) => {
  expect(parseDays(text)).toBe(days);
});

test("the choice as the API takes it", () => {
  expect(toHold("now", 7)).toBeUndefined();
  expect(toHold("days", 7)).toBe(7);
  expect(toHold("before_renewal", 7)).toBe("before_renewal");
});

test.each([
  [null, "It is paid until 22 Dec 2026; the rest is not refunded."],
  ["2026-11-29T09:20:41.730Z", "It is paid until 22 Dec 2026, so nothing more is charged."],
  ["2026-12-21T23:59:59.999Z", "It is paid until 22 Dec 2026, so nothing more is charged."],
  [
    "2026-12-22T00:00:00.000Z",
    "One more month, $1.15, is charged on 22 Dec 2026, because it is still here then.",
  ],
  [
    "2027-02-19T09:00:00.000Z",
    "Each month goes on to be charged, $1.15, next on 22 Dec 2026, because it is still here then.",
  ],
])("released at %s", (releaseAt, words) => {
  expect(describeCost(plan, releaseAt)).toBe(words);
});

test("what has no renewal costs nothing more", () => {
  expect(describeCost({ ...plan, paid_until: null }, null)).toBe("Nothing more is charged for it here.");
});

test("the renewal can be waited for while the moment before it is ahead", () => {
  const before = Date.parse("2026-12-21T11:59:59.000Z");
  expect(canWaitForRenewal(plan, before)).toBe(true);
  expect(canWaitForRenewal(plan, before + 1_000)).toBe(false);
  expect(canWaitForRenewal({ ...plan, before_renewal_at: null }, before)).toBe(false);
});
