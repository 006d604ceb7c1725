import { describe, expect, test } from "vitest";
import { setKillSwitchBody } from "@/lib/kill-switches/schema";
import { type StopForm, stopForm, toSetBody } from "./stop-form-schema";

const filled: StopForm = {
  act: "buying",
  reach: "organization",
  managed_account_id: "",
  reason: "Prices are under review.",
};

function mistakes(change: Partial<StopForm>): string[] {
  const parsed = stopForm.safeParse({ ...filled, ...change });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("the form", () => {
  const cases: { name: string; change: Partial<StopForm>; expected: string[] }[] = [
    { name: "is complete for an organization", change: {}, expected: [] },
    { name: "is complete for the installation", change: { reach: "installation" }, expected: [] },
    {
      name: "is complete for an account",
      change: { reach: "managed_account", managed_account_id: "mac_1" },
      expected: [],
    },
    {
      name: "wants the account",
      change: { reach: "managed_account" },
      expected: ["managed_account_id: Choose the carrier account."],
    },
    {
      name: "wants a reason",
      change: { reason: "  " },
      expected: ["reason: Say why, for whoever meets it."],
    },
  ];
  test.each(cases)("$name", ({ change, expected }) => {
    expect(mistakes(change)).toEqual(expected);
  });
});

describe("what is sent", () => {
  const account = "mac_1";
  test("names the account that is reached", () => {
    const body = toSetBody({ ...filled, reach: "managed_account", managed_account_id: account });
    expect(setKillSwitchBody.parse(body)).toEqual({
      act: "buying",
      reach: "managed_account",
      managed_account_id: account,
      reason: filled.reason,
    });
  });

  test.each(["organization", "installation"] as const)("names no account for the %s", (reach) => {
    // Chosen before the reach was changed.
    const body = toSetBody({ ...filled, reach, managed_account_id: account });
    expect(setKillSwitchBody.parse(body)).toEqual({ act: "buying", reach, reason: filled.reason });
  });
});
