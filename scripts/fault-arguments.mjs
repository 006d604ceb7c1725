import { randomInt } from "node:crypto";
import { Explained } from "./progress.mjs";

const sizes = ["each", "nightly"];

/** What everything random follows from, when nobody says. */
export const drawSeed = () => randomInt(1, 1_000_000);

/** `[--size each|nightly] [--suite a,b] [--seed N] [--replay "<run>"]`. Without a seed a new one is drawn. */
export function parseFaultArguments(args) {
  const wish = { size: "each", suites: [], seed: drawSeed(), replay: null };
  for (let at = 0; at < args.length; at += 2) {
    const [name, value] = [args[at], args[at + 1]];
    if (value === undefined) throw new Explained(`${name} needs a value.`);
    if (name === "--size" && sizes.includes(value)) wish.size = value;
    else if (name === "--suite") wish.suites = value.split(",");
    else if (name === "--seed" && /^\d{1,9}$/.test(value)) wish.seed = Number(value);
    else if (name === "--replay") wish.replay = value;
    else
      throw new Explained(
        `Not understood: ${name} ${value}. There are --size each|nightly, --suite, --seed, --replay.`,
      );
  }
  if (wish.replay !== null && wish.suites.length !== 1)
    throw new Explained("--replay does one run again: say of which suite with --suite.");
  return wish;
}
