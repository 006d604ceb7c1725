import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprintOf, readIdempotencyKey } from "./idempotency";

const values = fc.jsonValue({ maxDepth: 4 });
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The same value with its fields the other way round and its letters taken apart where that is possible. */
function respell(value: Json): Json {
  if (typeof value === "string") return value.normalize("NFD");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(respell);
  const fields = Object.entries(value).reverse();
  return Object.fromEntries(fields.map(([name, field]) => [name, respell(field)]));
}

/** What a fingerprint is to tell apart: the value itself, where composed and decomposed letters are one. */
function compose(value: Json): Json {
  if (typeof value === "string") return value.normalize("NFC");
  if (value === 0) return 0;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(compose);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, compose(field)]));
}

describe("the fingerprint of a request", () => {
  test("does not depend on the order of fields, nor on how letters are composed", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(fingerprintOf(respell(value as Json))).toBe(fingerprintOf(value));
      }),
    );
  });

  test("is the same after a journey as JSON, with numbers written in any form", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(fingerprintOf(JSON.parse(JSON.stringify(value, null, 3)))).toBe(fingerprintOf(value));
      }),
    );
    expect(fingerprintOf(JSON.parse('{"version":1.0e0}'))).toBe(fingerprintOf({ version: 1 }));
    expect(fingerprintOf(JSON.parse('{"label":"Caf\\u00e9"}'))).toBe(fingerprintOf({ label: "Cafe\u0301" }));
  });

  test("tells any two different values apart", () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        const same = isDeepStrictEqual(compose(one as Json), compose(other as Json));
        expect(fingerprintOf(one) === fingerprintOf(other)).toBe(same);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [{ a: "1" }, { a: 1 }],
    [{ a: null }, {}],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: { b: 1 } }, { "a.b": 1 }],
    [{ a: "b,c" }, { a: ["b", "c"] }],
    [{ a: "" }, { a: " " }],
    [{ a: "Label" }, { a: "label" }],
    [[], {}],
  ])("%j and %j are two", (one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });

  test("a field that is undefined is one left out", () => {
    expect(fingerprintOf({ a: 1, b: undefined })).toBe(fingerprintOf({ a: 1 }));
  });
});

describe("the key of a request", () => {
  const read = (headers: Record<string, string>, accepted = true) =>
    readIdempotencyKey(new Request("http://localhost/", { headers }), accepted);

  test("is whatever was sent under either name", () => {
    const keys = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 255,
    });
    fc.assert(
      fc.property(keys, (key) => {
        expect(read({ "idempotency-key": key })).toBe(key);
        expect(read({ "x-idempotency-key": key })).toBe(key);
        expect(read({ "idempotency-key": key, "x-idempotency-key": key })).toBe(key);
      }),
    );
    expect(read({})).toBeNull();
    expect(read({}, false)).toBeNull();
  });

  test.each([
    ["two that differ", { "idempotency-key": "a", "x-idempotency-key": "b" }, true],
    ["an empty one", { "idempotency-key": "" }, true],
    ["an empty one beside another", { "idempotency-key": "", "x-idempotency-key": "b" }, true],
    ["a space inside", { "idempotency-key": "a b" }, true],
    ["a letter outside ASCII", { "idempotency-key": "\u00e9" }, true],
    ["256 characters", { "idempotency-key": "x".repeat(256) }, true],
    ["any, where none is taken", { "x-idempotency-key": "a" }, false],
  ])("%s is refused", (_, headers, accepted) => {
    expect(() => read(headers, accepted)).toThrow(expect.objectContaining({ code: "invalid_request" }));
  });
});
