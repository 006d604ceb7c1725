import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { encodeCursor } from "../db/cursor";
import { newId } from "../ids";
import { type Reply, send } from "../testing/browser";
import { type Caller, openToken } from "../testing/callers";
import { callOf, makeThing, namesOfNothing, prepareCall, takeNumberForSale } from "../testing/calls";
import { type Member, openDesk, openMember, openOrganization, unlimited } from "../testing/desk";
import { openDocument } from "../testing/document";
import { requestsOf, toWire, type WireRequest } from "../testing/requests";
import { dumpOrganization } from "../testing/rows";
import type { Endpoint } from "./endpoint";
import { openApiDocument } from "./openapi";
import { endpoints } from "./operations";

/**
 * Requests nobody wrote: made from the OpenAPI document, right ones and broken ones. Whatever is asked, the answer is
 * one the document promises. A failure prints its seed; LINEDESK_TEST_SEED asks the same again.
 */

const runs = 200;
const seed = Number(process.env.LINEDESK_TEST_SEED ?? Math.trunc(Math.random() * 2 ** 31));

let desk: Awaited<ReturnType<typeof openDesk>>;
let us: Member;
let them: Member;
let caller: Caller;
let known: Record<string, string[]>;
/** Every row of theirs before anything was asked. */
let theirs: string;

const document = openDocument(openApiDocument({ baseUrl: "http://localhost:3000" }));
const named = endpoints.map((endpoint) => [endpoint.description.operationId, endpoint] as const);

beforeAll(async () => {
  desk = await openDesk(unlimited);
  us = await openMember(await openOrganization({ numberLimit: 100_000, operator: true }));
  them = await openMember(await openOrganization());
  caller = await openToken(us);
  known = await openKnownNames();
  theirs = await dumpOrganization(them.organizationId);
}, 60_000);
afterEach(() => database().killSwitch.deleteMany());
afterAll(() => desk.close());

/** Names for the fields that take one: of things of ours, of theirs, and of nothing. */
async function openKnownNames(): Promise<Record<string, string[]>> {
  const of = async (kind: Parameters<typeof makeThing>[0]) => [
    ...(await makeThing(kind, us)),
    ...(await makeThing(kind, us)),
    ...(await makeThing(kind, them)),
    ...(namesOfNothing(kind) ?? []),
  ];
  const [agents, numbers, bought] = [await of("agent"), await of("number"), await of("boughtNumber")];
  const busy = await of("busyAgent");
  const e164 = [...numbers, ...bought].filter((name) => name.startsWith("+"));
  const ofAgents = [...agents, ...busy];
  return {
    agent_id: ofAgents,
    inbound_agent_id: ofAgents,
    outbound_agent_id: ofAgents,
    phone_number: [...e164, ...Array.from({ length: 40 }, takeNumberForSale)],
    number_id: [...numbers, ...bought],
    phone_numbers: e164,
    unassign_phone_numbers: e164,
    purchase_order_id: await of("order"),
    drift_id: await of("drift"),
    api_key_id: await of("key"),
    personal_token_id: await of("token"),
    trunk_id: await of("trunk"),
    organization_id: [us.organizationId, newId("org")],
    // Whoever runs the installation may lift those of others, so only ours is named.
    kill_switch_id: await makeThing("killSwitch", us),
    managed_account_id: ["default", desk.managedAccountId, "mac_none"],
    version: ["latest", "1", "2"],
    area_code: ["415", "212", "800", "999"],
    country_code: ["US", "CA", "GB", "AU", "us"],
    expected_monthly_cost: ["1.15", "100", "0.5"],
    metadata: ['{"team":"sales"}', "{}"],
    cursor: ["-created_at", "phone_number", "-monthly_cost", "-version", "version"].flatMap((sort) =>
      ["2026-01-01T00:00:00.000Z", "+14155550123", "1.15", "7", "never", "99999999999999999999"].map(
        (value) => encodeCursor({ sort, value, id: "num_1" }),
      ),
    ),
  };
}

const ask = (endpoint: Endpoint, { address, body, headers }: WireRequest) =>
  send(endpoint.method, address, body, { ...caller.headers, ...headers });

/** Everything about the answer that is not as the document says. */
function faultsIn(endpoint: Endpoint, reply: Reply): string[] {
  const answer = document.operationOf(endpoint).responses[String(reply.status)];
  if (!answer) return [`${reply.status} is not documented: ${reply.text}`];
  const faults = reply.status >= 500 && reply.status !== 501 ? [`${reply.status}: ${reply.text}`] : [];
  const [type, media] = Object.entries(answer.content ?? {})[0] ?? [null, undefined];
  const sent = reply.headers.get("content-type")?.split(";")[0] ?? null;
  if (sent !== type) faults.push(`${reply.status} as ${sent}, not ${type}`);
  if (media) faults.push(...document.faultsOf(reply.body ?? reply.text, media.schema));
  else if (reply.text) faults.push(`${reply.status} with a body`);
  for (const header of ["X-Request-Id", "WWW-Authenticate", "RateLimit", "RateLimit-Policy"])
    if (answer.headers?.[header] && !reply.headers.has(header))
      faults.push(`${reply.status} without ${header}`);
  return faults;
}

describe("whatever is asked, the document promised the answer", () => {
  test.each(named)(
    "%s",
    async (_, endpoint) => {
      const sample = await prepareCall(endpoint, us);
      const source = {
        schemas: document.components.schemas,
        known: (field: string) => known[field] ?? [],
      };
      const statuses: number[] = [];
      await fc.assert(
        fc.asyncProperty(requestsOf(endpoint, document, source, sample), async (request) => {
          const reply = await ask(endpoint, request);
          statuses.push(reply.status);
          expect(faultsIn(endpoint, reply)).toEqual([]);
        }),
        { numRuns: runs, seed, examples: [[toWire(sample)]] },
      );
      expect(statuses[0]).toBe(callOf(endpoint).answers);
      expect(statuses.some((status) => status >= 400)).toBe(true);
    },
    120_000,
  );
});

test("none of it touched another organization, or said anything to the carrier that its document does not know", async () => {
  const { violations } = await desk.control.books();
  expect(violations).toEqual([]);
  expect(await dumpOrganization(them.organizationId)).toBe(theirs);
});
