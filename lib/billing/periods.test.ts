import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isoDate, nextRenewal, periodStart, periodsBegun } from "./periods";

const day = (text: string) => new Date(`${text}T00:00:00Z`);

describe("the start of the nth month", () => {
  test.each([
    ["2025-01-31", ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]],
    ["2024-01-31", ["2024-02-29", "2024-03-31", "2024-04-30"]],
    ["2024-01-30", ["2024-02-29", "2024-03-30"]],
    ["2025-01-29", ["2025-02-28", "2025-03-29"]],
    ["2025-01-28", ["2025-02-28", "2025-03-28"]],
    ["2025-11-30", ["2025-12-30", "2026-01-30", "2026-02-28", "2026-03-30"]],
    ["2025-12-31", ["2026-01-31", "2026-02-28", "2026-03-31"]],
    ["2025-06-15", ["2025-07-15", "2025-08-15"]],
  ])("bought on %s", (bought, following) => {
    expect(isoDate(periodStart(day(bought), 0))).toBe(bought);
    expect(following.map((_, index) => isoDate(periodStart(day(bought), index + 1)))).toEqual(following);
  });

  test("29 February renews on the 28th in other years and on the 29th four years later", () => {
    const bought = day("2024-02-29");
    expect([12, 24, 36, 48].map((months) => isoDate(periodStart(bought, months)))).toEqual([
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  test("2100 is no leap year, 2000 was one", () => {
    expect(isoDate(periodStart(day("2100-01-31"), 1))).toBe("2100-02-28");
    expect(isoDate(periodStart(day("2000-01-31"), 1))).toBe("2000-02-29");
  });

  test("the time of day and the zone of the machine do not matter", () => {
    for (const time of ["00:00:00.000", "01:59:59.999", "12:00:00.000", "23:59:59.999"]) {
      const bought = new Date(`2026-03-31T${time}Z`);
      expect([0, 1, 7].map((months) => periodStart(bought, months).toISOString())).toEqual([
        "2026-03-31T00:00:00.000Z",
        "2026-04-30T00:00:00.000Z",
        "2026-10-31T00:00:00.000Z",
      ]);
    }
  });

  test.each(["UTC", "America/New_York", "Europe/Berlin", "Pacific/Auckland", "Pacific/Kiritimati"])(
    "summer time in %s moves nothing",
    (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        const bought = new Date("2026-02-28T23:30:00Z");
        expect([1, 2, 8, 9].map((months) => isoDate(periodStart(bought, months)))).toEqual([
          "2026-03-28",
          "2026-04-28",
          "2026-10-28",
          "2026-11-28",
        ]);
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      }
    },
  );

  test("from any day of four years, 36 months run on: each calendar month exactly once, periods without gaps", () => {
    for (let offset = 0; offset < 1461; offset += 1) {
      const bought = new Date(Date.UTC(2023, 0, 1 + offset, offset % 24, offset % 60));
      const starts = Array.from({ length: 37 }, (_, months) => periodStart(bought, months));
      const months = starts.map((start) => start.getUTCFullYear() * 12 + start.getUTCMonth());
      expect(months).toEqual(months.map((_, index) => (months[0] ?? 0) + index));
      for (const start of starts) {
        const lastDay = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0)).getUTCDate();
        expect(start.getUTCDate()).toBe(Math.min(bought.getUTCDate(), lastDay));
      }
    }
  });
});

describe("the next renewal", () => {
  test.each([
    ["2025-01-31T10:00:00Z", "2025-01-31T10:00:00Z", "2025-02-28"],
    ["2025-01-31T10:00:00Z", "2025-02-27T23:59:59Z", "2025-02-28"],
    ["2025-01-31T10:00:00Z", "2025-02-28T00:00:00Z", "2025-03-31"],
    ["2025-01-31T10:00:00Z", "2025-02-28T12:00:00Z", "2025-03-31"],
    ["2025-01-31T10:00:00Z", "2025-03-30T00:00:00Z", "2025-03-31"],
    ["2024-01-31T10:00:00Z", "2024-02-29T00:00:00Z", "2024-03-31"],
    ["2025-06-15T10:00:00Z", "2026-06-14T23:59:59Z", "2026-06-15"],
    ["2025-06-15T10:00:00Z", "2026-06-15T00:00:00Z", "2026-07-15"],
    ["2025-06-15T23:59:59Z", "2025-06-15T00:00:00Z", "2025-07-15"],
  ])("bought %s, now %s: %s", (bought, now, renewal) => {
    expect(isoDate(nextRenewal(new Date(bought), new Date(now)))).toBe(renewal);
  });

  test("it is always the first start of a period that lies ahead", () => {
    for (const bought of ["2024-01-31", "2024-02-29", "2025-12-30", "2026-06-01"].map(day)) {
      for (let offset = 0; offset < 800; offset += 1) {
        const now = new Date(bought.getTime() + offset * 86_400_000 + (offset % 2) * 3_600_000);
        const next = nextRenewal(bought, now);
        const starts = Array.from({ length: 40 }, (_, months) => periodStart(bought, months + 1));
        expect(next).toEqual(starts.find((start) => start > now));
      }
    }
  });
});

describe("36 months of charges, by a job that is away now and then", () => {
  const anchors = [28, 29, 30, 31].flatMap((dayOfMonth) =>
    ["2023-12", "2024-01", "2024-10", "2025-01", "2095-12", "2096-01", "2098-08"].map((month) => ({
      bought: day(`${month}-${dayOfMonth}`),
      label: `${month}-${dayOfMonth}`,
    })),
  );

  /** What the ledger has after runs at these moments: a line that is there is not written again. */
  function chargeAt(bought: Date, runs: Date[]): Map<string, { start: Date; end: Date }> {
    const lines = new Map<string, { start: Date; end: Date }>();
    for (const run of runs) {
      for (const period of periodsBegun(bought, run)) {
        const key = isoDate(period.start);
        if (!lines.has(key)) lines.set(key, period);
      }
    }
    return lines;
  }

  test.each(anchors)("bought on $label: exactly 36 lines, end to end", ({ bought }) => {
    const last = new Date(periodStart(bought, 36).getTime() - 1);
    const gaps = fc.array(fc.integer({ min: 1, max: 60 * 24 }), { minLength: 1, maxLength: 800 });
    const dayTimes = fc.integer({ min: 0, max: 86_399_999 });
    fc.assert(
      fc.property(gaps, dayTimes, (hours, timeOfDay) => {
        const purchasedAt = new Date(bought.getTime() + timeOfDay);
        const runs: Date[] = [];
        let at = purchasedAt.getTime();
        for (const gap of hours) {
          at += gap * 3_600_000;
          if (at <= last.getTime()) runs.push(new Date(at));
        }
        const lines = [...chargeAt(purchasedAt, [...runs, last]).values()];
        expect(lines).toHaveLength(36);
        expect(lines[0]?.start).toEqual(bought);
        for (const [index, line] of lines.entries()) {
          expect(line.end).toEqual(lines[index + 1]?.start ?? periodStart(bought, 36));
        }
      }),
      { numRuns: 20 },
    );
  });

  test("nothing has begun before a purchase, and its first month with it", () => {
    const bought = new Date("2026-01-31T10:00:00Z");
    expect(periodsBegun(bought, day("2026-01-30"))).toEqual([]);
    expect(periodsBegun(bought, bought)).toEqual([{ start: day("2026-01-31"), end: day("2026-02-28") }]);
    expect(periodsBegun(bought, day("2026-02-28"))).toHaveLength(2);
  });
});
