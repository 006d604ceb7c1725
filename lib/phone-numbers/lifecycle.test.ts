import { describe, expect, test } from "vitest";
import { NumberState } from "../db/generated/enums";
import { canMove, statesBefore, statesOf, statusOf } from "./lifecycle";
import { numberStatus } from "./schema";

const states = Object.values(NumberState);

/** Written out a second time on purpose: a move added by accident must be added here as well. */
const allowed: [NumberState, NumberState][] = [
  ["claimed", "calling"],
  ["claimed", "failed"],
  ["calling", "active"],
  ["calling", "unknown"],
  ["calling", "pending_papers"],
  ["calling", "failed"],
  ["calling", "quarantined"],
  ["unknown", "active"],
  ["unknown", "pending_papers"],
  ["unknown", "failed"],
  ["unknown", "quarantined"],
  ["pending_papers", "active"],
  ["pending_papers", "failed"],
  ["active", "held"],
  ["active", "releasing"],
  ["active", "detached"],
  ["active", "gone"],
  ["held", "active"],
  ["held", "releasing"],
  ["releasing", "released"],
  ["releasing", "active"],
  ["releasing", "quarantined"],
  ["quarantined", "active"],
  ["quarantined", "releasing"],
  ["quarantined", "gone"],
  ["failed", "quarantined"],
  ["released", "quarantined"],
  ["gone", "quarantined"],
];

const pairs = states.flatMap((from) => states.map((to) => ({ from, to })));

describe("the moves of a number", () => {
  test.each(pairs)("from $from to $to", ({ from, to }) => {
    const expected = allowed.some(([before, after]) => before === from && after === to);
    expect(canMove(from, to)).toBe(expected);
    expect(statesBefore(to).includes(from)).toBe(expected);
  });

  test("a number reaches the carrier's DELETE only from a state in which it was ours", () => {
    expect(statesBefore("releasing").sort()).toEqual(["active", "held", "quarantined"]);
  });

  test("a number becomes released only on the way of a release", () => {
    expect(statesBefore("released")).toEqual(["releasing"]);
  });

  test("what is over stays over, except that a number the carrier bills all the same is quarantined", () => {
    expect(states.filter((to) => canMove("detached", to))).toEqual([]);
    for (const over of ["released", "gone", "failed"] as const)
      expect(states.filter((to) => canMove(over, to))).toEqual(["quarantined"]);
  });

  test("a purchase is never sent again: nothing leads back to calling", () => {
    expect(statesBefore("calling")).toEqual(["claimed"]);
    expect(statesBefore("claimed")).toEqual([]);
  });
});

describe("the words for states", () => {
  test.each(states)("%s has a public word, and that word leads back to it", (state) => {
    expect(numberStatus.options).toContain(statusOf(state));
    expect(statesOf(statusOf(state))).toContain(state);
  });

  test.each(numberStatus.options)("%s stands for at least one state", (status) => {
    const behind = statesOf(status);
    expect(behind.length).toBeGreaterThan(0);
    expect(new Set(behind.map(statusOf))).toEqual(new Set([status]));
  });

  test("every state has exactly one word", () => {
    expect(numberStatus.options.flatMap(statesOf).sort().map(String)).toEqual([...states].sort());
  });
});
