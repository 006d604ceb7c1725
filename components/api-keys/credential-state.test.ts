import { describe, expect, test } from "vitest";
import { type Credential, readState, shortenId, toRows } from "./credential-state";

const noon = "2026-10-14T12:00:00.000Z";
const at = Date.parse(noon);

describe("a credential", () => {
  test.each([
    ["without an end", null, null, "active"],
    ["that ends a moment later", "2026-10-14T12:00:00.001Z", null, "active"],
    ["that ends at this very moment", noon, null, "expired"],
    ["that ended a year ago", "2025-10-14T12:00:00.000Z", null, "expired"],
    ["revoked before it could expire", "2027-10-14T12:00:00.000Z", noon, "revoked"],
    ["revoked and then past its end", "2025-10-14T12:00:00.000Z", "2025-01-01T00:00:00.000Z", "revoked"],
  ])("%s", (_, expires_at, revoked_at, state) => {
    expect(readState({ expires_at, revoked_at }, at)).toBe(state);
  });
});

test("those that work come first, and otherwise the order stays", () => {
  const make = (name: string, ends: Partial<Credential> = {}): Credential => ({
    id: `ak_${name}`,
    name,
    scopes: [],
    created_at: noon,
    expires_at: null,
    last_used_at: null,
    revoked_at: null,
    ...ends,
  });
  const rows = toRows(
    [make("a", { revoked_at: noon }), make("b"), make("c", { expires_at: noon }), make("d")],
    at,
  );
  expect(rows.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "b active",
    "d active",
    "a revoked",
    "c expired",
  ]);
});

test("a short id keeps both ends", () => {
  expect(shortenId("ak_0Qx5XNqG3vJ8sC1bT7yZ2k")).toBe("ak_0Qx5…7yZ2k");
  expect(shortenId("pat_0Qx5XNqG3vJ8sC1bT7yZ2k")).toBe("pat_0Qx5…7yZ2k");
});
