import { expect, test } from "vitest";
import { parseFaultArguments } from "./fault-arguments.mjs";

test("without arguments: everything, in the size for each change, by a new seed", () => {
  const wish = parseFaultArguments([]);
  expect(wish).toEqual({ size: "each", suites: [], seed: expect.any(Number), replay: null });
});

test("a run is done again by its suite, its seed and its id", () => {
  const args = [
    "--size",
    "nightly",
    "--suite",
    "kill",
    "--seed",
    "7",
    "--replay",
    "release/release.moved/ok#2",
  ];
  expect(parseFaultArguments(args)).toEqual({
    size: "nightly",
    suites: ["kill"],
    seed: 7,
    replay: "release/release.moved/ok#2",
  });
});

test.each([
  ["--size", "huge"],
  ["--seed", "x"],
  ["--only", "kill"],
  ["--suite"],
  ["--replay", "release/release.moved/ok#2"],
  ["--suite", "kill,pause", "--replay", "release/release.moved/ok#2"],
])("%s %s is not understood", (...args) => {
  expect(() => parseFaultArguments(args)).toThrow(/understood|needs a value|say of which suite/);
});
