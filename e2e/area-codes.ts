import { readFileSync } from "node:fs";
import path from "node:path";
import { carrier } from "./carrier";
import { query } from "./database";

interface AreaCode {
  area_code: string;
  kind: string;
  country: string | null;
}

/** Named by tests, or nearly sold out by nature. */
const reserved = new Set(["415", "628", "212", "332", "646", "917", "718", "347", "929", "465"]);
const taken = new Set<string>();

function readAreaCodes(): string[] {
  const text = readFileSync(path.join(import.meta.dirname, "../data/nanp-area-codes.json"), "utf8");
  const list = JSON.parse(text) as AreaCode[];
  return list
    .filter((entry) => entry.kind === "geographic" && entry.country === "US")
    .map((entry) => entry.area_code)
    .filter((code) => !reserved.has(code));
}

/** An area code in which no test has ordered or made a number yet. Workers draw from separate shares of the list. */
export async function takeAreaCode(worker: { parallelIndex: number; workers: number }): Promise<string> {
  const known = await query<{ code: string }>(
    "SELECT DISTINCT substr(phone_number, 3, 3) AS code FROM phone_number WHERE phone_number LIKE '+1%'",
  );
  const ordered = (await carrier.orderedNumbers()).map((number) => number.slice(2, 5));
  const used = new Set([...ordered, ...known.map(({ code }) => code)]);
  const share = readAreaCodes().filter((_, index) => index % worker.workers === worker.parallelIndex);
  const code = share.find((candidate) => !used.has(candidate) && !taken.has(candidate));
  if (!code) throw new Error("Every area code has been used. Start a fresh stack.");
  taken.add(code);
  return code;
}
