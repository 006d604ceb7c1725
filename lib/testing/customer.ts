import { expect } from "vitest";
import { publicSurface } from "../api/surface";
import type { Ctx } from "../context";
import type { Scope } from "../permissions";
import { type Reply, send } from "./browser";
import { openKey } from "./callers";
import { openMember, openOrganization } from "./desk";

interface Customer {
  ctx: Ctx;
  /** `address` without what every address of the API starts with. */
  call: (method: string, address: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
}

interface CustomerOptions {
  numberLimit?: number;
  /** What its key may do; everything unless told otherwise. */
  scopes?: Scope[];
}

/** A program that calls the compatible API with a key of an organization of its own. */
export async function openCustomer({ numberLimit = 50, scopes }: CustomerOptions = {}): Promise<Customer> {
  const ctx = await openOrganization({ numberLimit });
  const key = await openKey(await openMember(ctx), scopes);
  return {
    ctx,
    call: (method, address, body, headers) =>
      send(method, `${publicSurface.prefix}${address}`, body, { ...key.headers, ...headers }),
  };
}

/** The envelope of every good answer; returns what is in it. */
export function expectData({ status, text, body, headers }: Reply, expected = 200) {
  expect(status, text).toBe(expected);
  expect(headers.get("content-type")).toBe("application/json");
  expect(body.meta).toEqual({ request_id: headers.get("x-request-id"), ts: expect.any(String) });
  expect(new Date(body.meta.ts).toISOString()).toBe(body.meta.ts);
  const { meta: _, ...rest } = body;
  return rest;
}

/** The envelope of every refusal; returns what is in it. */
export function expectError({ status, text, body, headers }: Reply, expected: number, code: string) {
  expect([status, body.error?.code], text).toEqual([expected, code]);
  expect(Object.keys(body).sort()).toEqual(["error", "meta"]);
  expect(body.meta.request_id).toBe(headers.get("x-request-id"));
  return body.error;
}

/** The field errors of a refusal, each as a line. */
export const issuesOf = (error: { details: { errors: { path: string; message: string }[] } }) =>
  error.details.errors.map(({ path, message }) => `${path}: ${message}`);
