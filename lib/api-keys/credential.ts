import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { newId } from "../ids";

/**
 * `ak_<id>.<secret>` is a key of an organization, `pat_<id><secret>` a personal token. The last six characters are a
 * CRC-32 of all before them, so that a mistyped or made-up credential is known without a look into the database, and
 * scanners for leaked secrets can tell ours from look-alikes.
 */

export interface Credential {
  kind: "key" | "token";
  /** What names it in public: `ak_…` or `pat_…`. */
  id: string;
  /** SHA-256 of the whole text. */
  hash: Uint8Array<ArrayBuffer>;
}

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const secretLength = 33;
const checkLength = 6;

const forms = [
  { kind: "key", pattern: /^(ak_[0-9A-Za-z]{22})\.[0-9A-Za-z]{39}$/ },
  { kind: "token", pattern: /^(pat_[0-9A-Za-z]{22})[0-9A-Za-z]{39}$/ },
] as const;

/** A new credential with 196 random bits; `text` is to be shown once and kept nowhere. */
export function newCredential(kind: Credential["kind"]): Credential & { text: string } {
  const id = newId(kind === "key" ? "ak" : "pat");
  const body = `${id}${kind === "key" ? "." : ""}${randomText()}`;
  const text = body + checkOf(body);
  return { kind, id, text, hash: hashOf(text) };
}

/** Reads a credential as it was sent, or null when it cannot be one of ours. Looks nothing up. */
export function parseCredential(text: string): Credential | null {
  for (const { kind, pattern } of forms) {
    const id = pattern.exec(text)?.[1];
    if (id && checkOf(text.slice(0, -checkLength)) === text.slice(-checkLength))
      return { kind, id, hash: hashOf(text) };
  }
  return null;
}

export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function hashOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(text).digest());
}

function checkOf(text: string): string {
  return toBase62(BigInt(crc32(text)), checkLength);
}

function randomText(): string {
  return toBase62(BigInt(`0x${randomBytes(32).toString("hex")}`) % 62n ** BigInt(secretLength), secretLength);
}

function toBase62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = alphabet[Number(rest % 62n)] + text;
  return text;
}
