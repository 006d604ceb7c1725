import { describe, expect, test } from "vitest";
import type { Scope } from "@/lib/api-keys/schema";
import { type CredentialForm, credentialForm, toCreateBody } from "./credential-form-schema";

const filled: CredentialForm = {
  name: "Nightly import",
  expiry: "never",
  date: "",
  reach: "read",
  scopes: ["agents:manage"],
};

function mistakesIn(change: Partial<CredentialForm>): Record<string, string> {
  const { error } = credentialForm.safeParse({ ...filled, ...change });
  return Object.fromEntries(error?.issues.map(({ path, message }) => [path.join("."), message]) ?? []);
}

describe("the form", () => {
  test("takes what is complete", () => {
    expect(mistakesIn({})).toEqual({});
    expect(mistakesIn({ reach: "chosen" })).toEqual({});
  });

  test("tells every mistake at once", () => {
    expect(
      mistakesIn({ name: " ", expiry: "date", date: "2001-01-01", reach: "chosen", scopes: [] }),
    ).toEqual({
      name: "Give it a name.",
      date: "Choose today or a later day.",
      scopes: "Choose at least one.",
    });
  });

  test("does not mind what does not count", () => {
    expect(mistakesIn({ expiry: "90", date: "2001-01-01", reach: "everything", scopes: [] })).toEqual({});
  });
});

describe("what is sent", () => {
  const held: Scope[] = ["phone_numbers:read", "agents:read", "agents:manage"];
  const now = new Date("2026-10-14T12:00:00.000Z");

  test.each([
    ["read", ["phone_numbers:read", "agents:read"]],
    ["everything", undefined],
    ["chosen", ["agents:manage"]],
  ] as const)("%s", (reach, scopes) => {
    expect(toCreateBody({ ...filled, reach }, held, now)).toEqual({
      name: "Nightly import",
      scopes,
      expires_at: null,
    });
  });

  test("a preset counts from the moment it is sent", () => {
    expect(toCreateBody({ ...filled, expiry: "30" }, held, now).expires_at).toBe("2026-11-13T12:00:00.000Z");
  });
});
