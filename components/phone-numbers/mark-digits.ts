import type { AvailableNumber } from "@/lib/phone-numbers/schema";
import { toKeypadDigits } from "./keypad";

export interface MarkedPart {
  text: string;
  marked: boolean;
}

export interface DigitWish {
  areaCode?: string | undefined;
  contains?: string | undefined;
  match?: string | undefined;
}

/** The number in national format, cut where the digits that were searched for begin and end. */
export function markDigits(
  { international, national }: AvailableNumber["formatted"],
  wish: DigitWish,
): MarkedPart[] {
  const digits = significantDigits(international);
  const marked = new Set<number>();
  const mark = (start: number, length: number) => {
    for (let index = start; start >= 0 && index < start + length; index += 1) marked.add(index);
  };

  if (wish.areaCode && digits.startsWith(wish.areaCode)) mark(0, wish.areaCode.length);
  const contains = toKeypadDigits(wish.contains ?? "");
  if (contains) mark(findDigits(digits, contains, wish.match), contains.length);

  // A trunk prefix ("020 …") is written in front but is no digit of the number itself.
  const prefix = national.replace(/\D/g, "").length - digits.length;
  return cut(national, (digit) => marked.has(digit - prefix));
}

/** The number without its calling code, which is the first word of the international form. */
export function significantDigits(international: string): string {
  return international.slice(international.indexOf(" ") + 1).replace(/\D/g, "");
}

function findDigits(digits: string, contains: string, match = "anywhere"): number {
  if (match === "start") return digits.startsWith(contains) ? 0 : -1;
  if (match === "end") return digits.endsWith(contains) ? digits.length - contains.length : -1;
  return digits.lastIndexOf(contains);
}

/** Punctuation between two marked digits is marked with them. */
function cut(formatted: string, isMarked: (digit: number) => boolean): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let digit = -1;
  for (const character of formatted) {
    const isDigit = /\d/.test(character);
    if (isDigit) digit += 1;
    const marked = isDigit ? isMarked(digit) : isMarked(digit) && isMarked(digit + 1);
    const last = parts.at(-1);
    if (last?.marked === marked) last.text += character;
    else parts.push({ text: character, marked });
  }
  return parts;
}
