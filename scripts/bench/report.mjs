import { availableParallelism, cpus, totalmem } from "node:os";

const heads = ["Work", "Held against", "Measured", "Ratio", "Lowest to highest", "Target"];

/** The comparison as lines of text cells, the first one being the heads. */
export function toCells(rows) {
  return [heads, ...rows.map((row) => (row.mostAddedMs === undefined ? rateCells(row) : addedCells(row)))];
}

function rateCells({ work, reference, measured, ratio, target }) {
  const perSecond = ({ name, rate }) => `${name}: ${Math.round(rate).toLocaleString("en")}/s`;
  return [
    work,
    perSecond(reference),
    perSecond(measured),
    ratio.median.toFixed(2),
    `${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}`,
    target === undefined ? "" : `at least ${target}: ${ratio.median >= target ? "reached" : "missed"}`,
  ];
}

function addedCells({ work, reference, measured, addedMs, mostAddedMs }) {
  const half = ({ name, ms }) => `${name}: ${ms.toFixed(1)} ms`;
  return [
    work,
    half(reference),
    half(measured),
    `${signed(addedMs.median)} ms`,
    `${signed(addedMs.least)} to ${signed(addedMs.most)} ms`,
    `at most +${mostAddedMs} ms: ${addedMs.median <= mostAddedMs ? "reached" : "missed"}`,
  ];
}

const signed = (value) => (value < 0 ? value.toFixed(1) : `+${value.toFixed(1)}`);

export function asText(cells) {
  return padded(cells)
    .map((row) => row.join("  ").trimEnd())
    .join("\n");
}

export function asMarkdown(cells) {
  const [first, ...others] = padded(cells);
  const line = (row) => `| ${row.join(" | ")} |`;
  return [line(first), line(first.map((cell) => "-".repeat(cell.length))), ...others.map(line)].join("\n");
}

function padded(cells) {
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column])));
}

export function describeMachine(postgres) {
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]?.model.trim();
  const processor = model && model !== "unknown" ? ` (${model})` : "";
  return (
    `${availableParallelism()} cores${processor}, ${memory} GiB of memory, ${process.platform} ${process.arch}, ` +
    `Node ${process.versions.node}, PostgreSQL ${postgres.split(" ")[0]}`
  );
}

/** `docs/benchmarks.md`, whole. */
export function toDocument({ cells, machine, date }) {
  return `# Benchmarks

\`npm run bench\` measures the API; \`npm run bench -- --write\` writes this page as well. Figures of two machines, or of one at
two times of the day, say little beside each other: only the ratios do, because everything in a row was measured in turns.

Measured on ${date}: ${machine}.

${asMarkdown(cells)}

## How to read it

- **The floor** is the least that must be done: the same work on the same database by a bare \`node:http\` server with \`pg\` and
  prepared statements (\`scripts/bench/floor.mjs\`). It checks the key by its SHA-256 and leaves an audit row behind a change;
  it has no routing, no schemas, no limits and no log. Before a measurement both must have answered the same.
- **Linedesk** is the production build (\`npm run serve\`), asked with a key of an organization.
- 16 connections, kept alive, from a third process; a moment to warm up, then nine short runs of each, in turns.
  Rates are medians. A ratio is the median of the nine within each turn; beside it stand the lowest and the highest.
- **Count the request** is \`GET /core/me\` by many callers, each below its limit: with limits so high that the database is
  asked once, with the usual limits, and with limits so low that nothing can be taken in advance.
- **Search numbers for sale** is asked one at a time, in the compatible API and at the local carrier itself. The figures are
  medians of the time to the answer.
`;
}
