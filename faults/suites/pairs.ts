/** What each of two operations on one number may end in, whichever comes first. */

export const operations = ["buy", "assign", "unassign", "release", "undo", "renew", "sweep"] as const;

export type Operation = (typeof operations)[number];

/** `free`: nobody's. `used`: active with a slot filled. */
export type End = "free" | "active" | "used" | "held" | "released";

export interface Pair {
  name: string;
  both: readonly [Operation, Operation];
  /** What the number is before. */
  start: End;
  ends: readonly End[];
}

/**
 * All pairs of seven, each operation with itself included. Where a purchase takes part, the number is free before;
 * where an undo does, it is held with a slot to come back.
 */
const table: Record<string, [start: End, ends: End[]]> = {
  "buy+buy": ["free", ["active"]],
  "buy+assign": ["free", ["active", "used"]],
  "buy+unassign": ["free", ["active"]],
  "buy+release": ["free", ["active", "released"]],
  "buy+undo": ["held", ["used"]],
  "buy+renew": ["free", ["active"]],
  "buy+sweep": ["free", ["active"]],
  "assign+assign": ["active", ["used"]],
  "assign+unassign": ["used", ["active", "used"]],
  // A release that comes second finds the slot filled and is refused, unless it was to empty it.
  "assign+release": ["active", ["released", "used"]],
  "assign+undo": ["held", ["used"]],
  "assign+renew": ["active", ["used"]],
  "assign+sweep": ["active", ["used"]],
  "unassign+unassign": ["used", ["active"]],
  "unassign+release": ["used", ["active", "released"]],
  // To empty a slot of a held number changes nothing; the undo after it fills the slot again.
  "unassign+undo": ["held", ["active", "used"]],
  "unassign+renew": ["used", ["active"]],
  "unassign+sweep": ["used", ["active"]],
  "release+release": ["active", ["released"]],
  // Undone first, the number is in use again, and a release that was not to empty it is refused.
  "release+undo": ["held", ["released", "used"]],
  "release+renew": ["active", ["released"]],
  "release+sweep": ["active", ["released"]],
  "undo+undo": ["held", ["used"]],
  "undo+renew": ["held", ["used"]],
  "undo+sweep": ["held", ["used"]],
  "renew+renew": ["active", ["active"]],
  "renew+sweep": ["active", ["active"]],
  "sweep+sweep": ["active", ["active"]],
};

export const pairs: readonly Pair[] = operations.flatMap((one, index) =>
  operations.slice(index).map((other): Pair => {
    const name = `${one}+${other}`;
    const row = table[name];
    if (!row) throw new Error(`Nobody has said what ${name} may end in.`);
    return { name, both: [one, other], start: row[0], ends: row[1] };
  }),
);

/** Refusals that are right where somebody else was faster. Anything else is a defect. */
export const rightRefusals: Record<Operation, readonly string[]> = {
  buy: ["number_already_owned", "purchase_in_progress", "number_unavailable"],
  assign: ["not_found", "number_not_active"],
  unassign: ["not_found"],
  release: ["not_found", "number_not_active", "number_in_use"],
  undo: ["not_found", "number_not_held"],
  renew: [],
  sweep: [],
};
