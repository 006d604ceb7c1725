import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startLocalCarrier } from "@/local-carrier/server";

interface Books {
  owned: { sid: string; phone_number: string; friendly_name: string; voice_url: string }[];
  charges: { phone_number: string; amount: string; kind: string }[];
  deletes: { phone_number: string; sid: string }[];
  counts: { owned: number; purchases: number; deletes: number };
  violations: unknown[];
}

interface SeenRequest {
  method: string;
  path: string;
  form: Record<string, string>;
  operation: string | null;
  status: number | null;
}

/** The local carrier's own books and its faults. */
export function openControl(carrierUrl: string) {
  async function send<T>(method: string, address: string, body?: object): Promise<T> {
    const response = await fetch(`${carrierUrl}/control/${address}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok)
      throw new Error(`The local carrier's control answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
  const requests = async () => (await send<{ requests: SeenRequest[] }>("GET", "requests")).requests;
  return {
    books: () => send<Books>("GET", "books"),
    /** Everything that was asked of the carrier, in order. */
    requests,
    /** How often a purchase of this number was sent, whatever came of it. */
    async purchasesSent(phoneNumber: string): Promise<number> {
      const asked = await requests();
      return asked.filter(({ operation, form }) => operation === "buy" && form.PhoneNumber === phoneNumber)
        .length;
    },
    arm: (fault: object) => send("POST", "faults", fault),
    disarm: () => send("DELETE", "faults"),
    /** Forgets every number, fault and setting. */
    reset: () => send("POST", "reset"),
    settings: (settings: object) => send("POST", "settings", settings),
    sell: (phoneNumber: string) => send("POST", "sell", { phone_number: phoneNumber }),
    own: (phoneNumber: string, more: object = {}) =>
      send("POST", "own", { phone_number: phoneNumber, ...more }),
    disown: (phoneNumber: string) => send("POST", "disown", { phone_number: phoneNumber }),
  };
}

export type Control = ReturnType<typeof openControl>;

/** A local carrier on a free port that checks every request and answer against Twilio's document. */
export async function openLocalCarrier(account: { accountSid: string; authToken: string }) {
  const folder = await mkdtemp(path.join(tmpdir(), "linedesk-test-"));
  const file = path.join(folder, "carrier.jsonl");
  const carrier = await startLocalCarrier({ port: 0, file, ...account, validate: true });

  async function post(resource: string, form: Record<string, string>): Promise<void> {
    const credentials = Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64");
    const response = await fetch(
      `${carrier.url}/api.twilio.com/2010-04-01/Accounts/${account.accountSid}/${resource}.json`,
      {
        method: "POST",
        headers: { Authorization: `Basic ${credentials}` },
        body: new URLSearchParams(form),
      },
    );
    if (!response.ok) throw new Error(`The carrier refused: ${await response.text()}`);
  }

  return {
    url: carrier.url,
    control: openControl(carrier.url),
    /** Registers an address of the account, as its owner would in the carrier's console. */
    async addAddress(isoCountry: string): Promise<void> {
      const place = { CustomerName: "Test", Street: "1 Main Street", City: "Town", Region: "R" };
      await post("Addresses", { ...place, PostalCode: "10000", IsoCountry: isoCountry });
    },
    /** Changes what the carrier does with a number, as the account's owner would in the carrier's console. */
    async configure(sid: string, attributes: Record<string, string>): Promise<void> {
      await post(`IncomingPhoneNumbers/${sid}`, attributes);
    },
    async close() {
      await carrier.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ordinary numbers for sale, each handed out once: a local one in the US that asks for no paperwork. */
export function createNumberPool(areaCodes = ["415", "510", "628", "650", "213", "310", "718", "347"]) {
  let next = 0;
  return function takeNumber(): string {
    const areaCode = areaCodes[Math.floor(next / 90)];
    if (!areaCode) throw new Error("The pool of numbers is empty; give it more area codes.");
    const line = 100 + (next % 90);
    next += 1;
    return `+1${areaCode}5550${line}`;
  };
}
