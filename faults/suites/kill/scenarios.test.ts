import { expect, test } from "vitest";
import { failPoints } from "@/lib/fail-points";
import { scenarios } from "./scenarios";

test("every fail point of the product is tried, and none that it does not have", () => {
  const tried = new Set(scenarios.flatMap(({ points }) => Object.keys(points)));
  expect([...tried].sort()).toEqual([...failPoints].sort());
});

test("every point is reached with some behaviour, and none is said to be reached in two ways", () => {
  for (const { name, points } of scenarios) {
    for (const [point, { always, either = [] }] of Object.entries(points)) {
      expect(always.length, `${name}/${point}`).toBeGreaterThan(0);
      expect(always.filter((behaviour) => either.includes(behaviour))).toEqual([]);
    }
  }
});
