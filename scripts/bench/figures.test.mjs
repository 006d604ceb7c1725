import { expect, test } from "vitest";
import { compare, median } from "./figures.mjs";

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test("compares within a round, so that a slow round counts for both alike", () => {
  const scenario = { name: "Read", target: 0.6, variants: [{ name: "the floor" }, { name: "Linedesk" }] };
  const rounds = [
    [
      { rate: 1000, ms: 1 },
      { rate: 500, ms: 3 },
    ],
    [
      { rate: 100, ms: 10 },
      { rate: 50, ms: 12 },
    ],
    [
      { rate: 1000, ms: 1 },
      { rate: 700, ms: 2 },
    ],
  ];
  expect(compare(scenario, rounds)).toEqual([
    {
      work: "Read",
      reference: { name: "the floor", rate: 1000, ms: 1 },
      measured: { name: "Linedesk", rate: 500, ms: 3 },
      ratio: { median: 0.5, least: 0.5, most: 0.7 },
      addedMs: { median: 2, least: 1, most: 2 },
      target: 0.6,
      mostAddedMs: undefined,
    },
  ]);
});

test("every variant after the first has a row of its own", () => {
  const variants = ["none", "ahead", "each"].map((name) => ({ name }));
  const round = [40, 30, 20].map((rate) => ({ rate, ms: 1 }));
  const rows = compare({ name: "Count", variants }, [round]);
  expect(rows.map(({ measured, ratio }) => [measured.name, ratio.median])).toEqual([
    ["ahead", 0.75],
    ["each", 0.5],
  ]);
});
