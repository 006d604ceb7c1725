import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newCredential, parseCredential, sameHash } from "./credential";

const kinds = ["key", "token"] as const;

describe.each(kinds)("a new %s", (kind) => {
  test("is read back with its id and the hash of the whole", () => {
    const { text, ...credential } = newCredential(kind);
    expect(text).toMatch(kind === "key" ? /^ak_\w{22}\.\w{39}$/ : /^pat_\w{61}$/);
    expect(text.startsWith(credential.id)).toBe(true);
    expect(parseCredential(text)).toEqual(credential);
  });

  test("does not hold its secret in what is kept of it", () => {
    const { text, id, hash } = newCredential(kind);
    const secret = text.slice(id.length + 1);
    expect(`${id}${Buffer.from(hash).toString("latin1")}`).not.toContain(secret.slice(0, 8));
  });

  test("is another one every time", () => {
    const texts = Array.from({ length: 1000 }, () => newCredential(kind).text);
    expect(new Set(texts).size).toBe(1000);
  });

  test("with any one character changed is none", () => {
    const { text } = newCredential(kind);
    const characters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._- "];
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...characters), (at, character) => {
        fc.pre(text[at] !== character);
        expect(parseCredential(text.slice(0, at) + character + text.slice(at + 1))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test("cut short, with something added, or with two characters swapped is none", () => {
    const { text } = newCredential(kind);
    for (const other of [text.slice(0, -1), `${text}0`, ` ${text}`, `${text}\n`, text.toLowerCase()])
      expect(parseCredential(other)).toBeNull();
  });
});

test("no text whatever makes it throw", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseCredential(text)).toBeNull();
      expect(parseCredential(`ak_${text}`)).toBeNull();
      expect(parseCredential(`pat_${text}`)).toBeNull();
    }),
  );
});

test("hashes are the same only byte for byte", () => {
  const [one, other] = [newCredential("key").hash, newCredential("key").hash];
  expect(sameHash(one, new Uint8Array(one))).toBe(true);
  expect(sameHash(one, other)).toBe(false);
  expect(sameHash(one, one.slice(1))).toBe(false);
});
