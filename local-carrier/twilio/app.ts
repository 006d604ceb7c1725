import type { Account, SeenRequest } from "../books/entries";
import { type Carrier, changePrice, makeSid } from "../carrier";
import type { Exchange } from "../exchange";
import type { ArmedFaults } from "../faults/armed-faults";
import type { Behaviour } from "../faults/behaviour";
import { carryOut, type Line } from "../faults/carry-out";
import { findMagic } from "../faults/magic-numbers";
import type { OpenApiCheck } from "../openapi-check";
import type { Answer, Call } from "./call";
import { findRoute, type Operation, type Route } from "./operations";
import { readWantedNumber } from "./purchase";
import { describeRefusal, Refusal, refuseAsNotFound } from "./refusal";

export interface TwilioApp {
  carrier: Carrier;
  faults: ArmedFaults;
  /** Present when every request and reply is to be held against Twilio's own document. */
  check: OpenApiCheck | null;
  baseUrl: string;
  wait(ms: number): Promise<void>;
  requestsInFlight(): number;
}

/** Answers one request meant for one of Twilio's hosts: `/<host>/<path there>`. */
export async function answerTwilio(app: TwilioApp, exchange: Exchange): Promise<void> {
  const [, host = "", ...segments] = exchange.path.split("/");
  const path = `/${segments.join("/")}`;
  const form = new URLSearchParams(exchange.method === "POST" ? exchange.body : "");
  const request: SeenRequest = {
    sequence: app.carrier.books.nextSequence(),
    request_id: makeSid("RQ"),
    at: new Date().toISOString(),
    method: exchange.method,
    path: `${host}${path}`,
    query: Object.fromEntries(exchange.query),
    form: Object.fromEntries(form),
    operation: null,
    status: null,
    fault: null,
  };
  app.carrier.books.remember(request);

  const route = findRoute(exchange.method, host, path);
  checkRequest({ app, exchange, host, path, form, request, isServed: typeof route !== "string" });
  const answering = { app, exchange, request, started: performance.now(), host, path };
  try {
    const account = authenticate(app.carrier, exchange.header("authorization"));
    const { operation, params } = requireRoute(route, path);
    requireOwnAccount(account, params);
    request.operation = operation.faults === "any" ? null : operation.faults;
    const call: Call = {
      carrier: app.carrier,
      account,
      requestId: request.request_id,
      path,
      origin: `${app.baseUrl}/${host}`,
      params,
      query: exchange.query,
      form,
    };
    const behaviour = chooseBehaviour(app, operation, call);
    if (behaviour.kind !== "ok") request.fault = behaviour.kind;
    if (behaviour.kind === "price_change") changePrice(app.carrier, behaviour);
    await carryOut(behaviour, openLine(answering, operation, call));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await reply(answering, refused(error));
  }
}

interface Answering {
  app: TwilioApp;
  exchange: Exchange;
  request: SeenRequest;
  started: number;
  host: string;
  path: string;
}

function openLine(answering: Answering, operation: Operation, call: Call): Line {
  const { app, exchange, request } = answering;
  return {
    act: () => attempt(operation, call),
    send: (answer) => reply(answering, answer),
    refuse: (refusal) => reply(answering, refused(refusal)),
    sendCutShort: (answer) => reply(answering, answer, (text) => text.slice(0, Math.floor(text.length / 2))),
    async drop() {
      await settle(app.carrier, request, null);
      exchange.drop();
    },
    async holdUntilClientLeaves() {
      await settle(app.carrier, request, null);
      await exchange.gone;
    },
    wait: app.wait,
  };
}

function attempt(operation: Operation, call: Call): Answer {
  try {
    return operation.answer(call);
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

function refused(refusal: Refusal): Answer {
  return { status: refusal.status, body: describeRefusal(refusal) };
}

async function reply(
  answering: Answering,
  answer: Answer,
  spoil: (text: string) => string = (text) => text,
): Promise<void> {
  const { app, exchange, request } = answering;
  checkReply(answering, answer);
  await settle(app.carrier, request, answer.status);
  exchange.reply({
    status: answer.status,
    headers: describeExchange(answering, answer),
    text: answer.body === null ? "" : spoil(JSON.stringify(answer.body)),
  });
}

/** Writes down how the request ends, and waits until everything it could admit is on disk. */
async function settle(carrier: Carrier, request: SeenRequest, status: number | null): Promise<void> {
  request.status = status;
  if (request.method !== "GET") carrier.books.keep(request);
  await carrier.books.flushed();
}

function describeExchange(answering: Answering, { status, body }: Answer): Record<string, string> {
  const headers: Record<string, string> = {
    "Twilio-Request-Id": answering.request.request_id,
    "Twilio-Concurrent-Requests": String(answering.app.requestsInFlight()),
    "Twilio-Request-Duration": ((performance.now() - answering.started) / 1000).toFixed(3),
    "X-Home-Region": "us1",
  };
  if (body !== null && status >= 400 && "code" in body) headers["X-Twilio-Error-Code"] = String(body.code);
  if (status === 401) headers["WWW-Authenticate"] = 'Basic realm="Twilio API"';
  return headers;
}

/** What was armed for this request goes before what its number's magic would do. */
function chooseBehaviour(app: TwilioApp, operation: Operation, call: Call): Behaviour {
  const phoneNumber = findPhoneNumber(call);
  const armed = app.faults.take(operation.faults, phoneNumber);
  if (armed !== null) return armed;

  const { books } = app.carrier;
  const magic = operation.faults === "buy" && phoneNumber !== null ? findMagic(phoneNumber) : undefined;
  if (magic === undefined || phoneNumber === null) return { kind: "ok" };
  if (magic.strikes === "once") {
    if (books.isMagicSpent(phoneNumber)) return { kind: "ok" };
    books.record({ entry: "magic_spent", phone_number: phoneNumber });
  }
  return magic.behaviour(books.settings(), call.form) ?? { kind: "ok" };
}

function findPhoneNumber(call: Call): string | null {
  const owned = call.carrier.books.number(call.params.Sid ?? "");
  return (
    owned?.phone_number ??
    readWantedNumber(call.form) ??
    call.query.get("PhoneNumber") ??
    call.query.get("Contains")
  );
}

function authenticate(carrier: Carrier, authorization: string | undefined): Account {
  const [scheme, encoded = ""] = (authorization ?? "").split(" ");
  const [accountSid = "", token] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const account = carrier.books.account(accountSid);
  if (scheme?.toLowerCase() !== "basic" || account === undefined || account.auth_token !== token) {
    throw new Refusal(401, 20003);
  }
  return account;
}

function requireRoute(route: Route | "unknown" | "wrong_method", path: string): Route {
  if (route === "unknown") throw refuseAsNotFound(path);
  if (route === "wrong_method") throw new Refusal(405, 20004);
  return route;
}

/** The account in the path is the one that signed: this carrier knows no parents of accounts. */
function requireOwnAccount(account: Account, params: Record<string, string>): void {
  const asked = params.AccountSid ?? (params.Sid?.startsWith("AC") ? params.Sid : undefined);
  if (asked !== undefined && asked !== account.account_sid) throw new Refusal(401, 20003);
}

function checkRequest(checking: {
  app: TwilioApp;
  exchange: Exchange;
  host: string;
  path: string;
  form: URLSearchParams;
  request: SeenRequest;
  isServed: boolean;
}): void {
  const { app, exchange, host, path, form, request, isServed } = checking;
  if (app.check === null) return;
  const problems = app.check.checkRequest({
    method: exchange.method,
    host,
    path,
    query: exchange.query,
    form,
  });
  if (!isServed) problems.push("this carrier does not serve this operation");
  noteViolation(app, request, "request", problems);
}

function checkReply({ app, request, host, path, exchange }: Answering, answer: Answer): void {
  if (app.check === null || answer.status >= 300) return;
  const { status, body } = answer;
  const problems = app.check.checkResponse({ method: exchange.method, host, path, status, body });
  noteViolation(app, request, "response", problems);
}

function noteViolation(
  app: TwilioApp,
  request: SeenRequest,
  direction: "request" | "response",
  problems: string[],
): void {
  if (problems.length === 0) return;
  const operation = `${request.method} ${request.path}`;
  app.carrier.books.violations.push({ request_id: request.request_id, operation, direction, problems });
}
