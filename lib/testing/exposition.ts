/** A reader of Prometheus' text format that refuses whatever the format does not allow. */

interface Sample {
  /** Of the sample, such as `x_bucket` of the histogram `x`. */
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface Family {
  help: string;
  type: string;
  samples: Sample[];
}

const namePattern = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const sampleLine = new RegExp(`^(${namePattern})(?:\\{(.*)\\})? (\\S+)$`);
const labelPair = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const numeral = /^(?:[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)$/i;
const endings: Record<string, string[]> = {
  histogram: ["_bucket", "_sum", "_count"],
  summary: ["", "_sum", "_count"],
};

/** The metric families by name. Throws at the first line that is not as the format has it. */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("The last line does not end.");
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current: [name: string, family: Family] | undefined;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === "HELP") {
      if (families.has(name)) throw new Error(`${name} is described twice.`);
      current = [name, { help: rest, type: "", samples: [] }];
      families.set(...current);
    } else if (keyword === "TYPE") {
      if (current?.[0] !== name || current[1].type !== "")
        throw new Error(`A type without a description: ${line}`);
      if (!["counter", "gauge", "histogram", "summary"].includes(rest))
        throw new Error(`No such type: ${line}`);
      current[1].type = rest;
    } else {
      const sample = parseSample(line);
      if (!current || !belongs(sample.name, ...current)) throw new Error(`A stray sample: ${line}`);
      const identity = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(identity)) throw new Error(`Said twice: ${line}`);
      seen.add(identity);
      current[1].samples.push(sample);
    }
  }
  return families;
}

function belongs(sample: string, name: string, { type }: Family): boolean {
  return (endings[type] ?? [""]).some((ending) => sample === name + ending);
}

function parseSample(line: string): Sample {
  const [, name, list = "", value = ""] = sampleLine.exec(line) ?? [];
  if (!name || !numeral.test(value)) throw new Error(`Not a sample: ${line}`);
  const labels: Record<string, string> = {};
  let rest = list;
  while (rest !== "") {
    const [pair, label, text] = labelPair.exec(rest) ?? [];
    if (!pair || !label || text === undefined || label in labels)
      throw new Error(`Not a list of labels: ${line}`);
    labels[label] = text;
    rest = rest.slice(pair.length);
  }
  return { name, labels, value: Number(value.replace(/inf/i, "Infinity")) };
}
