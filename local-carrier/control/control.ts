import { z } from "zod";
import type { Account } from "../books/entries";
import { settingsSchema } from "../books/settings";
import { type Carrier, releaseNumber, sellNumber } from "../carrier";
import type { Exchange } from "../exchange";
import type { ArmedFaults } from "../faults/armed-faults";
import { faultRequestSchema } from "../faults/behaviour";
import { describeBooks } from "./describe-books";

export interface Control {
  carrier: Carrier;
  faults: ArmedFaults;
  accountSid: string;
  isValidating: boolean;
}

interface Result {
  status: number;
  body: object;
}

type Handler = (control: Control, exchange: Exchange) => Result;

class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const phoneNumberSchema = z.strictObject({
  phone_number: z.string().regex(/^\+\d{7,15}$/, "an E.164 number"),
});

const ownSchema = phoneNumberSchema.extend({
  account_sid: z.string().optional(),
  friendly_name: z.string().max(64).optional(),
  voice_url: z.string().optional(),
  bought_at: z.iso.datetime().optional(),
});

const accountSchema = z.strictObject({
  account_sid: z.string().regex(/^AC[0-9a-f]{32}$/i, "AC and 32 hexadecimal digits"),
  auth_token: z.string().min(1),
  friendly_name: z.string().default("Local carrier account"),
  status: z.enum(["active", "suspended", "closed"]).default("active"),
  type: z.enum(["Trial", "Full"]).default("Full"),
});

const HANDLERS: Readonly<Record<string, Handler>> = {
  "GET /control/health": ({ accountSid, isValidating }) =>
    ok({ status: "ok", account_sid: accountSid, validating: isValidating }),
  "GET /control/books": ({ carrier, faults, accountSid }) =>
    ok(describeBooks(carrier.books, faults.list(), accountSid)),
  "GET /control/requests": listRequests,
  "GET /control/faults": ({ faults }) => ok({ faults: faults.list() }),
  "POST /control/faults": ({ faults }, exchange) => ({
    status: 201,
    body: { fault: faults.arm(readJson(exchange, faultRequestSchema)) },
  }),
  "DELETE /control/faults": ({ faults }) => ok({ cleared: faults.clear() }),
  "GET /control/settings": ({ carrier }) => ok(carrier.books.settings()),
  "POST /control/settings": changeSettings,
  "POST /control/accounts": openAccount,
  "POST /control/sell": sellToSomebodyElse,
  "POST /control/own": buyInConsole,
  "POST /control/disown": releaseInConsole,
  "POST /control/reset": ({ carrier, faults }) => {
    faults.clear();
    carrier.books.record({ entry: "reset" });
    return ok({ reset: true });
  },
};

/** The tester's side door: what the carrier knows, and what it should do wrong. */
export async function answerControl(control: Control, exchange: Exchange): Promise<void> {
  const { status, body } = attempt(control, exchange);
  await control.carrier.books.flushed();
  exchange.reply({ status, text: JSON.stringify(body) });
}

function attempt(control: Control, exchange: Exchange): Result {
  const handler = HANDLERS[`${exchange.method} ${exchange.path}`];
  try {
    if (handler === undefined) throw new ControlError(404, `no ${exchange.method} ${exchange.path} here`);
    return handler(control, exchange);
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
    if (error instanceof ControlError) return { status: error.status, body: { error: error.message } };
    throw error;
  }
}

function listRequests({ carrier }: Control, exchange: Exchange): Result {
  const since = Number(exchange.query.get("since") ?? 0);
  if (!Number.isInteger(since)) throw new ControlError(400, "since must be the sequence of a request");
  const requests = carrier.books.requests().filter((request) => request.sequence > since);
  return ok({ requests, last: requests.at(-1)?.sequence ?? since });
}

function changeSettings({ carrier }: Control, exchange: Exchange): Result {
  const changes = readJson(exchange, settingsSchema.partial());
  const settings = { ...carrier.books.settings(), ...changes };
  carrier.books.record({ entry: "settings_changed", settings });
  return ok(settings);
}

function openAccount({ carrier }: Control, exchange: Exchange): Result {
  const account: Account = { ...readJson(exchange, accountSchema), opened_at: new Date().toISOString() };
  carrier.books.record({ entry: "account_opened", account });
  return { status: 201, body: account };
}

function sellToSomebodyElse({ carrier }: Control, exchange: Exchange): Result {
  const { phone_number } = readJson(exchange, phoneNumberSchema);
  if (carrier.books.numberByPhoneNumber(phone_number) !== undefined) {
    throw new ControlError(409, `${phone_number} is owned by an account of this carrier; disown it first`);
  }
  carrier.books.record({ entry: "number_sold", phone_number });
  return ok({ phone_number, sold: true });
}

/** The console, unlike the API, can take back a number released before. */
function buyInConsole({ carrier, accountSid }: Control, exchange: Exchange): Result {
  const { phone_number, account_sid = accountSid, bought_at, ...attributes } = readJson(exchange, ownSchema);
  const number = carrier.inventory.find(phone_number);
  if (number === undefined) throw new ControlError(404, `${phone_number} is not in the inventory`);
  if (carrier.books.numberByPhoneNumber(phone_number) !== undefined) {
    throw new ControlError(409, `${phone_number} is owned already`);
  }
  if (carrier.books.account(account_sid) === undefined)
    throw new ControlError(404, `no account ${account_sid}`);
  const kind = "console_purchase";
  const order = { accountSid: account_sid, number, attributes, kind, requestId: null } as const;
  const owned = sellNumber(carrier, { ...order, ...(bought_at ? { at: bought_at } : {}) });
  return { status: 201, body: owned };
}

function releaseInConsole({ carrier }: Control, exchange: Exchange): Result {
  const { phone_number } = readJson(exchange, phoneNumberSchema);
  const owned = carrier.books.numberByPhoneNumber(phone_number);
  if (owned === undefined) throw new ControlError(404, `${phone_number} is not owned`);
  releaseNumber(carrier, owned, { by: "console", requestId: null });
  return ok({ phone_number, sid: owned.sid, disowned: true });
}

function readJson<Schema extends z.ZodType>(exchange: Exchange, schema: Schema): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(exchange.body || "{}");
  } catch {
    throw new ControlError(400, "the body is not JSON");
  }
  return schema.parse(value);
}

function ok(body: object): Result {
  return { status: 200, body };
}
