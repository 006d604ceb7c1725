import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openPlan, type PlanBinding, sealPlan } from "./plan-token";

const binding: PlanBinding = {
  secret: "only-for-tests-only-for-tests-only-for-tests",
  organizationId: "org_1",
  callerId: "ak_1",
  tool: "buy_number",
};
const madeAt = new Date("2026-01-31T10:00:00Z");
const input = { phone_number: "+14155550123", expected_monthly_cost: "1.15", label: "Empfang ☎" };

const later = (ms: number) => new Date(madeAt.getTime() + ms);
const open = (token: string, now = later(1), bound = binding) => openPlan(bound, token, now);

describe("a plan's token", () => {
  test("gives back what was planned, as often as it is asked", () => {
    const { token } = sealPlan(binding, input, madeAt);
    expect(token).toMatch(/^plan_[\w-]+\.[\w-]{43}$/);
    expect(open(token)).toEqual(input);
    expect(open(token)).toEqual(input);
  });

  test("counts for five minutes, and not a moment longer", () => {
    const { token, expiresAt } = sealPlan(binding, input, madeAt);
    expect(expiresAt).toEqual(later(300_000));
    expect(open(token, later(299_999))).toEqual(input);
    for (const now of [expiresAt, later(86_400_000)]) {
      expect(() => open(token, now)).toThrow(
        expect.objectContaining({ code: "plan_not_valid", message: expect.stringContaining("five minutes") }),
      );
    }
  });

  test.each([
    ["organization", { organizationId: "org_2" }],
    ["caller", { callerId: "ak_2" }],
    ["tool", { tool: "release_number" }],
    ["installation", { secret: "another-secret-another-secret-another-secret" }],
  ])("opens for no other %s", (_, other) => {
    const { token } = sealPlan(binding, input, madeAt);
    expect(() => open(token, later(1), { ...binding, ...other })).toThrow(
      expect.objectContaining({ code: "plan_not_valid" }),
    );
  });

  test("names that would run together are told apart", () => {
    const { token } = sealPlan({ ...binding, organizationId: "org_1", callerId: "2ak" }, input, madeAt);
    expect(() => open(token, later(1), { ...binding, organizationId: "org_12", callerId: "ak" })).toThrow(
      expect.objectContaining({ code: "plan_not_valid" }),
    );
  });

  test.each(["", "plan_", "plan_.", "plan_e30.e30", "null", "plan_\0.x"])("%j is none", (token) => {
    expect(() => open(token)).toThrow(expect.objectContaining({ code: "plan_not_valid" }));
  });

  test("carries any input through", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        // JSON knows no minus zero.
        expect(open(sealPlan(binding, any, madeAt).token)).toEqual(JSON.parse(JSON.stringify(any)));
      }),
    );
  });

  test("is refused with any byte changed, left out or put in", () => {
    const { token } = sealPlan(binding, input, madeAt);
    const bytes = Buffer.from(token, "latin1");
    const refused = (changed: Buffer): void => {
      expect(() => open(changed.toString("latin1"))).toThrow(
        expect.objectContaining({ code: "plan_not_valid" }),
      );
    };
    const position = fc.nat({ max: bytes.length - 1 });
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        refused(changed);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(position, (at) => refused(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]))),
    );
    fc.assert(
      fc.property(position, fc.nat({ max: 255 }), (at, byte) =>
        refused(Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)])),
      ),
    );
  });
});
