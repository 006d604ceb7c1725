import { expect, test } from "vitest";
import { formatDay, formatMoment, formatShortDay, formatShortMoment, formatUtcMoment } from "./format-date";

test("a moment is shown in the viewer's zone", () => {
  expect(formatMoment("2026-10-14T23:30:05.000Z", "UTC")).toBe("14 Oct 2026, 23:30");
  expect(formatMoment("2026-10-14T23:30:05.000Z", "Europe/Berlin")).toBe("15 Oct 2026, 01:30");
  expect(formatUtcMoment("2026-10-14T23:30:05.000Z")).toBe("14 Oct 2026, 23:30:05 UTC");
});

test("a day stays the same day everywhere", () => {
  expect(formatDay("2026-10-31")).toBe("31 Oct 2026");
});

test.each([
  ["2026-10-14T12:01:00.000Z", "14 Oct, 12:01", "14 Oct"],
  ["2025-12-31T23:59:00.000Z", "31 Dec 2025", "31 Dec 2025"],
])("in a narrow column %s is %s, or %s", (iso, moment, day) => {
  const now = new Date("2026-11-22T00:00:00Z");
  expect(formatShortMoment(iso, "UTC", now)).toBe(moment);
  expect(formatShortDay(iso, "UTC", now)).toBe(day);
});
