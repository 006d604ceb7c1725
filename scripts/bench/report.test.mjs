import { expect, test } from "vitest";
import { asMarkdown, asText, describeMachine, toCells, toDocument } from "./report.mjs";

const row = {
  work: "Read one number",
  reference: { name: "the floor", rate: 2374.4, ms: 6.04 },
  measured: { name: "Linedesk", rate: 1500, ms: 9.96 },
  ratio: { median: 0.632, least: 0.6, most: 0.7 },
  addedMs: { median: 3.92, least: -1, most: 4.26 },
};

test.each([
  [{ target: 0.6 }, "at least 0.6: reached"],
  [{ target: 0.9 }, "at least 0.9: missed"],
  [{}, ""],
])("a rate with %j", (target, said) => {
  const [, cells] = toCells([{ ...row, ...target }]);
  expect(cells).toEqual([
    "Read one number",
    "the floor: 2,374/s",
    "Linedesk: 1,500/s",
    "0.63",
    "0.60 to 0.70",
    said,
  ]);
});

test.each([
  [4, "at most +4 ms: reached"],
  [3, "at most +3 ms: missed"],
])("an added time of at most %d ms", (mostAddedMs, said) => {
  const [, cells] = toCells([{ ...row, mostAddedMs }]);
  expect(cells.slice(1)).toEqual([
    "the floor: 6.0 ms",
    "Linedesk: 10.0 ms",
    "+3.9 ms",
    "-1.0 to +4.3 ms",
    said,
  ]);
});

test("the table is the same at the terminal and in the document", () => {
  const cells = [
    ["Work", "Ratio"],
    ["Read", "0.63"],
  ];
  expect(asText(cells)).toBe("Work  Ratio\nRead  0.63");
  const table = "| Work | Ratio |\n| ---- | ----- |\n| Read | 0.63  |";
  expect(asMarkdown(cells)).toBe(table);
  const document = toDocument({ cells, machine: describeMachine("18.4 (Debian)"), date: "2026-11-22" });
  expect(document).toContain(table);
  expect(document).toMatch(/Measured on 2026-11-22: \d+ cores.*, Node \d.*, PostgreSQL 18\.4\.\n/);
});
