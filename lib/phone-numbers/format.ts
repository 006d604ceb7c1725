import { parsePhoneNumberFromString } from "libphonenumber-js/max";

export interface FormattedNumber {
  /** "+1 415 555 0123" */
  international: string;
  /** "(415) 555-0123" */
  national: string;
}

// The same few numbers are written again and again, and parsing is the costly part.
const known = new Map<string, FormattedNumber>();
const mostKnown = 20_000;

/** An E.164 number as people write it. North America is written with spaces, not with libphonenumber's hyphens. */
export function formatNumber(e164: string): FormattedNumber {
  const found = known.get(e164);
  if (found) return found;
  const formatted = format(e164);
  if (known.size >= mostKnown) known.clear();
  known.set(e164, formatted);
  return formatted;
}

function format(e164: string): FormattedNumber {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164) ?? [];
  if (area)
    return { international: `+1 ${area} ${exchange} ${line}`, national: `(${area}) ${exchange}-${line}` };
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed) return { international: e164, national: e164 };
  return { international: parsed.formatInternational(), national: parsed.formatNational() };
}
