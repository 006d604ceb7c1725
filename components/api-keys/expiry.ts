/** Days from now, or one of the two others. */
export const expiryChoices = ["1", "7", "30", "90", "180", "365", "never", "date"] as const;

export type ExpiryChoice = (typeof expiryChoices)[number];

export interface Expiry {
  expiry: ExpiryChoice;
  /** As a date input writes it, `2027-01-31`; counts for "date" only. */
  date: string;
}

const day = 24 * 60 * 60 * 1000;

export function expiryName(choice: ExpiryChoice): string {
  if (choice === "never") return "Never";
  if (choice === "date") return "Custom date";
  return choice === "1" ? "1 day" : `${choice} days`;
}

/** When it ends, null for never, undefined while there is no date. A date counts to its last moment where the person is. */
export function expiryMoment({ expiry, date }: Expiry, now: Date): Date | null | undefined {
  if (expiry === "never") return null;
  if (expiry !== "date") return new Date(now.getTime() + Number(expiry) * day);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T23:59:59.999`) : undefined;
}

/** What is wrong with the date, or null. */
export function findDateMistake(expiry: Expiry, now: Date): string | null {
  const moment = expiryMoment(expiry, now);
  if (moment === undefined) return "Choose a date.";
  return moment !== null && moment <= now ? "Choose today or a later day." : null;
}

/** The calendar day where the person is, as a date input writes it. */
export function localDay(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
