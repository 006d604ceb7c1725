const KEYPAD: Readonly<Record<string, string>> = Object.fromEntries(
  ["2ABC", "3DEF", "4GHI", "5JKL", "6MNO", "7PQRS", "8TUV", "9WXYZ"].flatMap((key) =>
    [...key.slice(1)].map((letter) => [letter, key.charAt(0)]),
  ),
);

/** `+` or `$` anchor an end; `*` is one digit and `%` any run of digits, at the ends only, never side by side. */
const GRAMMAR = /^(?<start>\+)?(?<before>[*%])?(?<ordinary>[0-9A-Za-z]{2,16})(?<after>[*%])?(?<end>\$)?$/;

export interface ContainsPattern {
  matches(number: { phoneNumber: string; nationalNumber: string }): boolean;
  /** The digits when the pattern is nothing but digits, which may name one number exactly. */
  exactDigits: string | null;
}

/** Null when the pattern breaks the carrier's rules. */
export function parseContains(pattern: string): ContainsPattern | null {
  const parts = GRAMMAR.exec(pattern)?.groups;
  if (parts === undefined || pattern.length > 16) return null;
  const { start, before, ordinary = "", after, end } = parts;
  if ((start && before) || (after && end)) return null;

  const digits = ordinary.toUpperCase().replace(/[A-Z]/g, (letter) => KEYPAD[letter] ?? "");
  const body = `${wildcard(before)}${digits}${wildcard(after)}`;
  const expression = new RegExp(`${start ? "^" : ""}${body}${end ? "$" : ""}`);
  const exactDigits = before || after || end || digits !== ordinary ? null : digits;
  return {
    // Unanchored patterns look at the national number only, or "1" would match all of North America.
    matches: ({ phoneNumber, nationalNumber }) =>
      expression.test(nationalNumber) ||
      exactDigits === phoneNumber.slice(1) ||
      (start !== undefined && expression.test(phoneNumber.slice(1))),
    exactDigits,
  };
}

function wildcard(symbol: string | undefined): string {
  if (symbol === "*") return "\\d";
  return symbol === "%" ? "\\d*" : "";
}
