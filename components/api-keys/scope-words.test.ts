import { describe, expect, test } from "vitest";
import { type Scope, scope } from "@/lib/api-keys/schema";
import { allScopes, groupScopes, isImplied, listScopes, readOnly, summarizeScopes } from "./scope-words";

const viewer = readOnly(allScopes).filter((name) => !/^(billing|members|audit)/.test(name));
const operator: Scope[] = [...viewer, "phone_numbers:manage", "agents:manage"];

test("every scope has words, in the order of the API", () => {
  expect(allScopes).toEqual(scope.options);
});

describe("groups", () => {
  test("hold what may be granted and nothing else", () => {
    const groups = groupScopes(["agents:read", "phone_numbers:release", "phone_numbers:read"]);
    expect(
      groups.map(({ title, scopes }) => [title, scopes.map(({ verb, object }) => `${verb} ${object}`)]),
    ).toEqual([
      ["Phone numbers", ["See phone numbers", "Release phone numbers"]],
      ["Agents", ["See agents"]],
    ]);
  });

  test("name every scope differently, and mark only a release as irreversible", () => {
    const offered = groupScopes(allScopes).flatMap(({ scopes }) => scopes);
    expect(new Set(offered.map(({ verb, object }) => `${verb} ${object}`)).size).toBe(allScopes.length);
    expect(offered.filter(({ irreversible }) => irreversible).map((one) => one.scope)).toEqual([
      "phone_numbers:release",
    ]);
  });
});

test("manage implies read of the same thing only", () => {
  expect(isImplied("agents:read", ["agents:manage"])).toBe(true);
  expect(isImplied("agents:read", ["agents:read", "calls:manage"])).toBe(false);
  expect(isImplied("agents:manage", ["agents:manage"])).toBe(false);
  expect(isImplied("phone_numbers:read", ["phone_numbers:release"])).toBe(false);
});

test.each<[string, Scope[], Scope[], string | null]>([
  ["all there are", allScopes, allScopes, "Everything"],
  [
    "all but reads that manage implies",
    allScopes.filter((name) => name !== "agents:read"),
    allScopes,
    "Everything",
  ],
  ["all but releasing", allScopes.filter((name) => name !== "phone_numbers:release"), allScopes, null],
  ["all reads", readOnly(allScopes), allScopes, "Read only"],
  ["some reads", ["agents:read"], allScopes, null],
  ["all a viewer may", viewer, viewer, "Read only"],
  ["all an operator may", operator, operator, "Everything"],
  ["a token made with more rights than are left", operator, viewer, "Everything"],
])("%s", (_, scopes, most, summary) => {
  expect(summarizeScopes(scopes, most)).toBe(summary);
});

test("a list says each thing once, without what is implied", () => {
  expect(
    listScopes(["calls:read", "phone_numbers:release", "phone_numbers:read", "phone_numbers:manage"]),
  ).toEqual(["Phone numbers: manage, release", "Calls: read"]);
});
