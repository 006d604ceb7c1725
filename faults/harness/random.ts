import { createHash } from "node:crypto";

/** Chance that can be had again: the same text gives the same sequence. */
export interface Random {
  /** At least `from`, less than `to`. */
  integer(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
  chance(share: number): boolean;
}

export function createRandom(text: string): Random {
  let state = createHash("sha256").update(text).digest().readUInt32LE(0);
  // mulberry32: 32 bits of state are plenty for what a run draws.
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from));
  return {
    integer,
    pick<T>(items: readonly T[]): T {
      const item = items[integer(0, items.length)];
      if (item === undefined) throw new Error("There is nothing to pick from.");
      return item;
    },
    shuffle<T>(items: readonly T[]): T[] {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last -= 1) {
        const other = integer(0, last + 1);
        [result[last], result[other]] = [result[other] as T, result[last] as T];
      }
      return result;
    },
    chance: (share) => next() < share,
  };
}
