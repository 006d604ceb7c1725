import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import twilio from "twilio";
import type SdkRequestClient from "twilio/lib/base/RequestClient";
import { type LocalCarrierOptions, startLocalCarrier } from "./server";

export const ACCOUNT_SID = `AC${"7e57".padEnd(32, "0")}`;
export const AUTH_TOKEN = "test-token";

const API_ROOT = "/api.twilio.com/2010-04-01";
export const ACCOUNT_PATH = `${API_ROOT}/Accounts/${ACCOUNT_SID}`;

/** Sends what is meant for Twilio's hosts to `<base>/<host>`; nothing can reach the real ones. */
class RewritingClient extends twilio.RequestClient {
  readonly #base: string;

  constructor(base: string) {
    super({ timeout: 10_000 });
    this.#base = base;
  }

  override request<Result>(options: SdkRequestClient.RequestOptions<Result>) {
    const uri = options.uri.replace(/^https:\/\//, `${this.#base}/`);
    return super.request<Result>({ ...options, uri });
  }
}

export interface ControlReply {
  status: number;
  body: Record<string, unknown>;
}

export function openClient(url: string, accountSid = ACCOUNT_SID, authToken = AUTH_TOKEN) {
  return twilio(accountSid, authToken, { httpClient: new RewritingClient(url) });
}

export function basicAuth(accountSid = ACCOUNT_SID, authToken = AUTH_TOKEN): string {
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
}

export async function callControl(
  url: string,
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<ControlReply> {
  const response = await fetch(`${url}/control/${path}`, { method, body: body && JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export interface TestBooks {
  balance: string;
  owned: { sid: string; phone_number: string; friendly_name: string; voice_url: string }[];
  charges: { phone_number: string; amount: string; request_id: string | null; kind: string }[];
  deletes: { phone_number: string; sid: string; by: string }[];
  counts: { owned: number; purchases: number; console_purchases: number; deletes: number };
  violations: { operation: string; direction: string; problems: string[] }[];
}

/** Each carrier has its own file and port, so tests share nothing. Checks everything unless told not to. */
export async function startTestCarrier(options: Partial<LocalCarrierOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "local-carrier-"));
  const file = options.file ?? join(folder, "carrier.jsonl");
  const carrier = await startLocalCarrier({
    port: 0,
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    validate: true,
    ...options,
    file,
  });
  const { url } = carrier;

  async function send(method: "GET" | "POST" | "DELETE", path: string, form?: Record<string, string>) {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: basicAuth() },
      body: form && new URLSearchParams(form),
    });
    const text = await response.text();
    const body: Record<string, unknown> = text === "" ? {} : JSON.parse(text);
    return { status: response.status, headers: response.headers, body, text };
  }

  return {
    url,
    file,
    client: openClient(url),
    send,
    buy: (form: Record<string, string>, list = "IncomingPhoneNumbers.json") =>
      send("POST", `${ACCOUNT_PATH}/${list}`, form),
    control: (method: "GET" | "POST" | "DELETE", path: string, body?: object) =>
      callControl(url, method, path, body),
    arm: (fault: object) => callControl(url, "POST", "faults", fault),
    books: async () => (await callControl(url, "GET", "books")).body as unknown as TestBooks,
    async close() {
      await carrier.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type TestCarrier = Awaited<ReturnType<typeof startTestCarrier>>;
