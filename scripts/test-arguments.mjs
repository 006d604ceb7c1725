import { Explained } from "./progress.mjs";

const suites = ["checks", "unit", "integration", "e2e", "faults"];

/** `[--only checks|unit|integration|e2e|faults] [file filter …]`. A filter alone picks the suites by the kind of file. */
export function parseTestArguments(args) {
  const filters = [...args];
  const at = filters.indexOf("--only");
  const only = at === -1 ? null : filters.splice(at, 2)[1];
  if (at !== -1 && !suites.includes(only)) throw new Explained(`--only takes one of ${suites.join(", ")}.`);
  if (only || filters.length === 0) return { only, filters };
  return { only: suiteOf(filters), filters };
}

function suiteOf(filters) {
  if (filters.every((filter) => filter.startsWith("e2e") || filter.includes(".spec."))) return "e2e";
  if (filters.every((filter) => filter.includes(".integration."))) return "integration";
  if (filters.every((filter) => filter.includes(".test."))) return "unit";
  throw new Explained(
    "Say which tests these are: npm test -- --only unit|integration|e2e <part of a file's name>",
  );
}
