import { expect, test } from "vitest";
import { parseTestArguments } from "./test-arguments.mjs";

test.each([
  [[], { only: null, filters: [] }],
  [["--only", "unit"], { only: "unit", filters: [] }],
  [["buy", "--only", "integration"], { only: "integration", filters: ["buy"] }],
  [
    ["lib/phone-numbers/buy.integration.test.ts"],
    { only: "integration", filters: ["lib/phone-numbers/buy.integration.test.ts"] },
  ],
  [["lifecycle.test.ts"], { only: "unit", filters: ["lifecycle.test.ts"] }],
  [["e2e/dashboard"], { only: "e2e", filters: ["e2e/dashboard"] }],
])("%j", (args, parsed) => {
  expect(parseTestArguments(args)).toEqual(parsed);
});

test("an unknown suite and a filter that could mean any are refused", () => {
  expect(() => parseTestArguments(["--only", "all"])).toThrow("--only takes one of");
  expect(() => parseTestArguments(["buy"])).toThrow("--only unit|integration|e2e");
});
