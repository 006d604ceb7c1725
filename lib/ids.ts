import { randomBytes } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

type Prefix =
  | "org"
  | "usr"
  | "agt"
  | "ver"
  | "mac"
  | "trk"
  | "num"
  | "po"
  | "rel"
  | "led"
  | "aud"
  | "syn"
  | "drf"
  | "ks"
  | "req"
  | "ak"
  | "pat";

/**
 * A new id: the prefix and 22 base-62 digits of a UUIDv7 (RFC 9562), so that ids sort by the time they were made
 * where text sorts by code point.
 */
export function newId<P extends Prefix>(prefix: P): `${P}_${string}` {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let rest = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  for (let position = 0; position < 22; position += 1) {
    text = alphabet[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return `${prefix}_${text}`;
}

/** The part of an id behind its prefix. */
export function bareId(id: string): string {
  return id.slice(id.indexOf("_") + 1);
}

/** Six base-62 characters, for the tag of an installation. */
export function newInstallationTag(): string {
  return Array.from(randomBytes(6), (byte) => alphabet[byte % 62]).join("");
}
