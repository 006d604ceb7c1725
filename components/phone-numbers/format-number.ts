import parsePhoneNumber from "libphonenumber-js/min";

interface FormattedNumber {
  international: string;
  national: string;
  /** The number without its country code. */
  significant: string;
}

// Rows are formatted on every keystroke of the filter; parsing is the costly part.
const known = new Map<string, FormattedNumber>();

function formatOnce(e164: string): FormattedNumber {
  const found = known.get(e164);
  if (found) return found;
  const formatted = format(e164);
  if (known.size > 20_000) known.clear();
  known.set(e164, formatted);
  return formatted;
}

function format(e164: string): FormattedNumber {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164) ?? [];
  if (area) {
    return {
      international: `+1 ${area} ${exchange} ${line}`,
      national: `(${area}) ${exchange}-${line}`,
      significant: `${area}${exchange}${line}`,
    };
  }
  const parsed = parsePhoneNumber(e164);
  if (!parsed) return { international: e164, national: e164, significant: e164.replace(/\D/g, "") };
  return {
    international: parsed.formatInternational(),
    national: parsed.formatNational(),
    significant: parsed.nationalNumber,
  };
}

/** "+1 415 555 0123": how a number is written everywhere it can stand beside numbers of other countries. */
export function formatNumber(e164: string): string {
  return formatOnce(e164).international;
}

/** "(415) 555-0123": how a number is written where the country is plain. */
export function formatNational(e164: string): string {
  return formatOnce(e164).national;
}

export function significantDigits(e164: string): string {
  return formatOnce(e164).significant;
}
