import { stack } from "./environment";

/** The local carrier's own books and its faults; what they hold is described in local-carrier/README.md. */

interface Charge {
  phone_number: string;
  sid: string;
  amount: string;
  kind: "purchase" | "console_purchase";
}

interface OwnedNumber {
  sid: string;
  phone_number: string;
  friendly_name: string;
  voice_url: string;
}

interface Books {
  account_sid: string;
  owned: OwnedNumber[];
  charges: Charge[];
  deletes: { phone_number: string; sid: string }[];
  violations: { operation: string; direction: "request" | "response"; problems: unknown[] }[];
  faults: { phone_number?: string }[];
}

interface CarrierRequest {
  sequence: number;
  method: string;
  path: string;
  form: Record<string, string> | null;
  operation: string;
  status: number | null;
}

export type Behaviour =
  | { kind: "refuse"; code: number; status?: number; message?: string }
  | {
      kind:
        | "reset_before"
        | "reset_after"
        | "error_500_before"
        | "error_500_after"
        | "hang_before"
        | "hang_after"
        | "status_429"
        | "garble"
        | "wrong_number";
    }
  | { kind: "delay"; ms: number; when: "before" | "after" };

type Operation = "buy" | "release" | "search" | "list" | "fetch";

async function send<T>(method: string, address: string, body?: object): Promise<T> {
  const response = await fetch(`${stack.carrierUrl}/control/${address}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok)
    throw new Error(`The local carrier's control answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

export const carrier = {
  readBooks: () => send<Books>("GET", "books"),

  /** What was paid for this number, ever. */
  async chargesFor(phoneNumber: string): Promise<Charge[]> {
    const { charges } = await carrier.readBooks();
    return charges.filter((charge) => charge.phone_number === phoneNumber);
  },

  /** The carrier's ids under which it bills this number now. */
  async ownedSids(phoneNumber: string): Promise<string[]> {
    const { owned } = await carrier.readBooks();
    return owned.filter((number) => number.phone_number === phoneNumber).map((number) => number.sid);
  },

  async requestsSince(sequence: number): Promise<CarrierRequest[]> {
    const { requests } = await send<{ requests: CarrierRequest[] }>("GET", `requests?since=${sequence}`);
    return requests;
  },

  async lastSequence(): Promise<number> {
    return (await send<{ last: number }>("GET", `requests?since=${Number.MAX_SAFE_INTEGER}`)).last;
  },

  /** Orders for this number that reached the carrier, whatever came of them. */
  async ordersFor(phoneNumber: string): Promise<CarrierRequest[]> {
    const requests = await carrier.requestsSince(0);
    return requests.filter(({ operation, form }) => operation === "buy" && form?.PhoneNumber === phoneNumber);
  },

  /** Strikes requests about this number only, so that tests beside this one notice nothing. */
  arm: (operation: Operation, phoneNumber: string, behaviour: Behaviour, times = 1) =>
    send("POST", "faults", { operation, phone_number: phoneNumber, behaviour, times }),

  /** Strikes every request of this kind until `clearFaults`: for tests that nothing runs beside. */
  armAll: (operation: Operation, behaviour: Behaviour) =>
    send("POST", "faults", { operation, behaviour, times: 0 }),

  clearFaults: () => send("DELETE", "faults"),

  /** Every number ever ordered, whatever came of it. */
  async orderedNumbers(): Promise<string[]> {
    const requests = await carrier.requestsSince(0);
    return requests.flatMap(({ operation, form }) =>
      operation === "buy" && form?.PhoneNumber ? [form.PhoneNumber] : [],
    );
  },

  /** Somebody else buys the number. */
  sell: (phoneNumber: string) => send("POST", "sell", { phone_number: phoneNumber }),

  /** Somebody buys the number for our account in the carrier's console. */
  own: (phoneNumber: string, attributes: { friendly_name?: string; voice_url?: string } = {}) =>
    send<OwnedNumber>("POST", "own", { phone_number: phoneNumber, ...attributes }),

  /** Somebody releases the number in the carrier's console. */
  disown: (phoneNumber: string) => send("POST", "disown", { phone_number: phoneNumber }),

  /** Somebody changes the number in the carrier's console. */
  async configure(
    phoneNumber: string,
    attributes: { VoiceUrl?: string; FriendlyName?: string },
  ): Promise<void> {
    const { account_sid, owned } = await carrier.readBooks();
    const sid = owned.find((number) => number.phone_number === phoneNumber)?.sid;
    const response = await fetch(
      `${stack.carrierUrl}/api.twilio.com/2010-04-01/Accounts/${account_sid}/IncomingPhoneNumbers/${sid}.json`,
      {
        method: "POST",
        headers: { Authorization: `Basic ${btoa(`${account_sid}:${stack.carrierToken}`)}` },
        body: new URLSearchParams(attributes),
      },
    );
    if (!response.ok) throw new Error(`The local carrier refused: ${await response.text()}`);
  },

  setPrices: (prices: Record<string, Record<string, string>>) => send("POST", "settings", { prices }),
};
