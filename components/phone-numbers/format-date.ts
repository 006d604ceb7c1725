const moment = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const satisfies Intl.DateTimeFormatOptions;

const utcMoment = new Intl.DateTimeFormat("en-GB", { ...moment, second: "2-digit", timeZone: "UTC" });
const calendarDay = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const zones = new Map<string, Intl.DateTimeFormat>();

/** "14 Oct 2026, 12:01" in the given zone. */
export function formatMoment(iso: string, timeZone: string): string {
  let format = zones.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { ...moment, timeZone });
    zones.set(timeZone, format);
  }
  return format.format(new Date(iso));
}

/** "14 Oct, 12:01" within the year and "14 Oct 2025" before it, for narrow columns. */
export function formatShortMoment(iso: string, timeZone: string, now = new Date()): string {
  const { day, year, clock } = takeApart(iso, timeZone);
  return year === takeApart(now.toISOString(), timeZone).year ? `${day}, ${clock}` : `${day} ${year}`;
}

/** "14 Oct" within the year and "14 Oct 2025" before it, where the hour hardly matters. */
export function formatShortDay(iso: string, timeZone: string, now = new Date()): string {
  const { day, year } = takeApart(iso, timeZone);
  return year === takeApart(now.toISOString(), timeZone).year ? day : `${day} ${year}`;
}

function takeApart(iso: string, timeZone: string) {
  const [date = "", clock = ""] = formatMoment(iso, timeZone).split(", ");
  return { day: date.slice(0, -5), year: date.slice(-4), clock };
}

/** "14 Oct 2026, 12:01:30 UTC", for the tooltip beside a local time. */
export function formatUtcMoment(iso: string): string {
  return `${utcMoment.format(new Date(iso))} UTC`;
}

/** A calendar day such as a renewal, which is the same day in every zone. */
export function formatDay(isoDate: string): string {
  return calendarDay.format(new Date(isoDate));
}

/** "12:01" on the viewer's clock. */
export function formatClock(timestamp: number): string {
  return clock.format(timestamp);
}
