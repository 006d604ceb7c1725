import type { z } from "zod";

type Issue = z.core.$ZodRawIssue;

/**
 * What a field takes, as a sentence, for every way of missing it that its schema has no sentence of its own for. Given to
 * zod with each parse; undefined leaves the words to zod.
 */
export function describeIssue(issue: Issue): string | undefined {
  const accepted = acceptedBy(issue);
  if (accepted === undefined) return undefined;
  if (issue.input === undefined && isMissing(issue)) return `This is needed: ${accepted}.`;
  return `This takes ${accepted}.`;
}

const typeNames: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const formatNames: Record<string, string> = {
  datetime: "a moment like 2026-01-31T09:30:00Z",
  date: "a date like 2026-01-31",
  url: "an address like https://example.com",
  email: "an address like ann@example.com",
};

function acceptedBy(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return typeNames[issue.expected];
    case "invalid_value":
      return oneOf(issue.values.map(String));
    case "invalid_format":
      return formatNames[issue.format];
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "text that is not empty"
        : `at least ${issue.minimum}${unit(issue.origin, issue.minimum)}`;
    case "too_big":
      return `at most ${issue.maximum}${unit(issue.origin, issue.maximum)}`;
    case "invalid_union":
      return acceptedByAny(issue.errors);
    default:
      return undefined;
  }
}

function isMissing({ code }: Issue): boolean {
  return code === "invalid_type" || code === "invalid_value" || code === "invalid_union";
}

function unit(origin: string, amount: number | bigint): string {
  const one = amount === 1 || amount === 1n;
  if (origin === "string") return one ? " character" : " characters";
  if (origin === "array" || origin === "set") return one ? " entry" : " entries";
  return "";
}

/** What the members of a union take, each once. */
function acceptedByAny(members: readonly (readonly z.core.$ZodIssue[])[]): string | undefined {
  const accepted = members.map(([first]) => first && acceptedBy(first as Issue));
  const known = accepted.filter((words) => words !== undefined);
  return known.length === accepted.length && known.length > 0 ? oneOf([...new Set(known)]) : undefined;
}

function oneOf(words: string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}
