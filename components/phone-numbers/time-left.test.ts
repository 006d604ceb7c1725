import { expect, test } from "vitest";
import { formatShortTimeLeft, formatTimeLeft } from "./time-left";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [7 * day, "7 days", "7 d"],
  [7 * day + 9_000, "7 days", "7 d"],
  [6 * day + 23 * hour + 50 * minute, "7 days", "7 d"],
  [6 * day + 4 * hour + 10 * minute, "6 days 4 hours", "6 d"],
  [day + hour, "1 day 1 hour", "1 d"],
  [day - 1_000, "1 day", "1 d"],
  [23 * hour + 20 * minute, "23 hours 20 minutes", "23 h"],
  [4 * hour, "4 hours", "4 h"],
  [hour + minute, "1 hour 1 minute", "1 h"],
  [hour - 1, "1 hour", "1 h"],
  [12 * minute, "12 minutes", "12 min"],
  [1_000, "1 minute", "1 min"],
])("%i ms", (ms, long, short) => {
  expect(formatTimeLeft(ms)).toBe(long);
  expect(formatShortTimeLeft(ms)).toBe(short);
});
