import { describe, expect, test } from "vitest";
import { cursorValue, decodeCursor, encodeCursor } from "./cursor";

const cursor = { sort: "-created_at", value: "2026-01-01T00:00:00.000Z", id: "num_0123456789ABCDEFabcdef" };
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("cursors", () => {
  test.each([
    cursor,
    { ...cursor, value: "+14155550123" },
    { ...cursor, value: "0" },
    { ...cursor, value: "Ünïcödé ☎" },
  ])("come back as they went out, in letters a query string leaves alone", (made) => {
    const text = encodeCursor(made);
    expect(text).toMatch(/^[\w-]+$/);
    expect(decodeCursor(text, made.sort, cursorValue.text)).toEqual(made);
  });

  test.each([
    ["for another order", encodeCursor({ ...cursor, sort: "created_at" })],
    ["empty", ""],
    ["no base64", "%%%"],
    ["no JSON", Buffer.from("hello").toString("base64url")],
    ["cut short", encodeCursor(cursor).slice(0, -6)],
    ["too few parts", encode(["-created_at", "x"])],
    ["too many parts", encode(["-created_at", "x", "y", "z"])],
    ["other types", encode(["-created_at", 1, null])],
    ["an object", encode({ sort: "-created_at", value: "x", id: "y" })],
    ["a huge value", encode(["-created_at", "x".repeat(101), "y"])],
    ["a value the database cannot hold", encode(["-created_at", "x\0", "y"])],
    ["an id the database cannot hold", encode(["-created_at", "x", "num_\0"])],
  ])("%s: refused as a field error, and nothing else", (_, text) => {
    expect(() => decodeCursor(text, "-created_at", cursorValue.text)).toThrow(
      expect.objectContaining({
        code: "validation_failed",
        extra: { errors: [expect.objectContaining({ path: "cursor" })] },
      }),
    );
  });

  test.each<[keyof typeof cursorValue, string[], string[]]>([
    [
      "moment",
      ["2026-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"],
      ["", "now", "infinity", "2026-02-31T00:00:00.000Z", "0000-01-01T00:00:00.000Z", "2026-01-01"],
    ],
    ["amount", ["0", "1.1500", "99999999.9999"], ["", "-1", "1e9", "NaN", "Infinity", "1.", "1.15 OR true"]],
    ["integer", ["0", "12"], ["", "1.5", "-1", "9999999999", "0x1"]],
  ])("a %s holds nothing its column cannot hold", (kind, good, bad) => {
    const read = (value: string) =>
      decodeCursor(encodeCursor({ ...cursor, value }), cursor.sort, cursorValue[kind]).value;
    for (const value of good) expect(read(value)).toBe(value);
    for (const value of bad) {
      expect(() => read(value), value).toThrow(expect.objectContaining({ code: "validation_failed" }));
    }
  });
});
