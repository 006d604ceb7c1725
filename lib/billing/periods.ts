/**
 * Start of the nth month after a purchase: the same day, or the last day of a shorter month, always counted from the
 * day of purchase so that the 31st comes back after February. All in UTC.
 */
export function periodStart(purchasedAt: Date, months: number): Date {
  const year = purchasedAt.getUTCFullYear();
  const month = purchasedAt.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(purchasedAt.getUTCDate(), lastDay)));
}

/** The next day a month is charged, strictly after `now`. */
export function nextRenewal(purchasedAt: Date, now: Date): Date {
  const months =
    (now.getUTCFullYear() - purchasedAt.getUTCFullYear()) * 12 +
    now.getUTCMonth() -
    purchasedAt.getUTCMonth();
  const candidate = periodStart(purchasedAt, Math.max(1, months));
  return candidate > now ? candidate : periodStart(purchasedAt, Math.max(1, months) + 1);
}

/** `YYYY-MM-DD` of a moment, in UTC. */
export function isoDate(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

export interface Period {
  start: Date;
  end: Date;
}

/** Every month that has begun by `now`, from the day of purchase on: each ends where the next one starts. */
export function periodsBegun(purchasedAt: Date, now: Date): Period[] {
  const periods: Period[] = [];
  for (let months = 0; periodStart(purchasedAt, months) <= now; months += 1) {
    periods.push({ start: periodStart(purchasedAt, months), end: periodStart(purchasedAt, months + 1) });
  }
  return periods;
}
