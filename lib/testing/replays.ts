import { expect } from "vitest";
import type { Reply } from "./browser";

/** An answer without what differs from one to the next, whatever was asked. */
export function timeless({ text }: Reply): string {
  return text.replace(/req_\w{22}/g, "req").replace(/"ts":"[^"]+"/g, '"ts"');
}

export function isReplay({ headers }: Reply): boolean {
  return headers.get("idempotent-replayed") === "true";
}

/** Expects the first request's answer once more, to the byte, and a word that it is a replay. */
export function expectReplayed(again: Reply, first: Reply): void {
  expect(isReplay(first)).toBe(false);
  expect([again.status, isReplay(again), timeless(again)]).toEqual([first.status, true, timeless(first)]);
  for (const header of ["etag", "content-type", "retry-after"])
    expect([header, again.headers.get(header)]).toEqual([header, first.headers.get(header)]);
}
