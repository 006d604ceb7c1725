import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import areaCodes from "@/data/nanp-area-codes.json" with { type: "json" };

/** The local carrier in a process of its own, and the side door to its books and faults. */

export interface CarrierNumber {
  sid: string;
  phone_number: string;
  friendly_name: string;
  voice_url: string;
  bought_at: string;
}

export interface CarrierBooks {
  owned: CarrierNumber[];
  charges: { sid: string; phone_number: string; kind: "purchase" | "console_purchase"; at: string }[];
  deletes: { sid: string; phone_number: string; by: "api" | "console"; at: string }[];
  violations: { operation: string; problems: string[] }[];
}

export interface CarrierRequest {
  sequence: number;
  at: string;
  method: string;
  path: string;
  form: Record<string, string>;
  operation: string | null;
  status: number | null;
  fault: string | null;
}

export interface Fault {
  operation: "search" | "list" | "fetch" | "buy" | "update" | "release";
  phone_number?: string;
  /** How many requests it strikes; 0 means all. */
  times?: number;
  behaviour: { kind: string; [option: string]: unknown };
}

export interface CarrierProcess {
  url: string;
  accountSid: string;
  authToken: string;
  books(): Promise<CarrierBooks>;
  requests(): Promise<CarrierRequest[]>;
  arm(fault: Fault): Promise<void>;
  disarm(): Promise<void>;
  settings(settings: object): Promise<void>;
  /** Bought by hand in the carrier's console. */
  own(
    phoneNumber: string,
    more?: { friendly_name?: string; voice_url?: string; bought_at?: string },
  ): Promise<CarrierNumber>;
  disown(phoneNumber: string): Promise<void>;
  /** Its calls sent elsewhere by hand. */
  rewire(phoneNumber: string, voiceUrl: string): Promise<void>;
  /** An ordinary number for sale that was never handed out before. */
  takeNumber(): string;
  close(): Promise<void>;
}

export async function openCarrier(folder: string): Promise<CarrierProcess> {
  const accountSid = `AC${randomBytes(16).toString("hex")}`;
  const authToken = randomBytes(16).toString("hex");
  const log = openSync(join(folder, "carrier.log"), "a");
  const follow = new URL("../../../scripts/follow-parent.mjs", import.meta.url).href;
  const program = fileURLToPath(new URL("local-carrier.js", import.meta.url));
  const child = spawn(process.execPath, ["--import", follow, program], {
    env: {
      ...process.env,
      LINEDESK_PARENT_PID: String(process.pid),
      LOCAL_CARRIER_PORT: "0",
      LOCAL_CARRIER_FILE: join(folder, "carrier.jsonl"),
      LOCAL_CARRIER_ACCOUNT_SID: accountSid,
      LOCAL_CARRIER_AUTH_TOKEN: authToken,
      LOCAL_CARRIER_VALIDATE: "1",
    },
    stdio: ["ignore", "pipe", log, "ipc"],
  });
  const url = await addressOf(child);
  const send = <T>(method: string, path: string, body?: object) => sendControl<T>(url, method, path, body);
  // There are thousands, and they are asked for again and again.
  const known = { requests: [] as CarrierRequest[], last: 0 };
  return {
    url,
    accountSid,
    authToken,
    books: () => send("GET", "books"),
    async requests() {
      const { requests, last } = await send<{ requests: CarrierRequest[]; last: number }>(
        "GET",
        `requests?since=${known.last}`,
      );
      known.requests.push(...requests);
      known.last = last;
      return known.requests;
    },
    arm: (fault) => send("POST", "faults", fault),
    disarm: () => send("DELETE", "faults"),
    settings: (settings) => send("POST", "settings", settings),
    own: (phoneNumber, more = {}) => send("POST", "own", { phone_number: phoneNumber, ...more }),
    disown: (phoneNumber) => send("POST", "disown", { phone_number: phoneNumber }),
    async rewire(phoneNumber, voiceUrl) {
      const { owned } = await send<CarrierBooks>("GET", "books");
      const sid = owned.find(({ phone_number }) => phone_number === phoneNumber)?.sid;
      const account = `${url}/api.twilio.com/2010-04-01/Accounts/${accountSid}`;
      const credentials = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
      const response = await fetch(`${account}/IncomingPhoneNumbers/${sid}.json`, {
        method: "POST",
        headers: { Authorization: `Basic ${credentials}` },
        body: new URLSearchParams({ VoiceUrl: voiceUrl }),
      });
      if (!response.ok) throw new Error(`${phoneNumber} could not be rewired: ${await response.text()}`);
    },
    takeNumber: createNumberPool(),
    async close() {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** 917 and 212 show what scarce area codes look like; everywhere else 90 ordinary numbers are for sale. */
function createNumberPool(): () => string {
  const codes = areaCodes
    .filter(({ kind, country }) => kind !== "toll_free" && (country === "US" || country === "CA"))
    .map(({ area_code }) => area_code)
    .filter((code) => code !== "917" && code !== "212");
  let next = 0;
  return function takeNumber() {
    const code = codes[Math.floor(next / 90)];
    if (!code) throw new Error("The carrier has no more numbers; open another desk.");
    const line = 100 + (next % 90);
    next += 1;
    return `+1${code}5550${line}`;
  };
}

async function sendControl<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}/control/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The carrier's control answered ${response.status} to ${path}: ${text}`);
  return JSON.parse(text) as T;
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The local carrier ended with ${code}.`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      const url = /listening on (\S+)/.exec(chunk.toString())?.[1];
      if (url) resolve(url);
    });
  });
}
