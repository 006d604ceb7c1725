import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { database } from "../db/client";
import { send } from "../testing/browser";
import { type Caller, openToken } from "../testing/callers";
import { callOf, makeThing, namesOfNothing, placesOf, prepareCall } from "../testing/calls";
import { type Member, openDesk, openMember, openOrganization, unlimited } from "../testing/desk";
import { expectProblem } from "../testing/problems";
import { timeless } from "../testing/replays";
import { dumpOrganization } from "../testing/rows";
import type { Endpoint } from "./endpoint";
import { endpoints } from "./operations";

/** Another organization's things are as if they never were: in addresses, bodies, filters, cursors and answers. */

let desk: Awaited<ReturnType<typeof openDesk>>;
let us: Member;
let them: Member;
let we: Caller;
let they: Caller;
/** Ids and numbers of theirs, of every kind there is. */
let theirNames: string[];

const named = endpoints.map((endpoint) => [endpoint.description.operationId, endpoint] as const);
const naming = named.filter(([, endpoint]) => placesOf(endpoint).length > 0);
const lists = named.filter(([, { method }]) => method === "GET");
const narrowing = named.filter(([, endpoint]) => callOf(endpoint).filters);
const paging = named.filter(([, { description }]) => fieldsOf(description.query).includes("cursor"));
const onAccounts = named.filter(([, { path }]) => path.includes("{managed_account_id}"));

beforeAll(async () => {
  desk = await openDesk(unlimited);
  us = await openMember(await openOrganization({ numberLimit: 100_000 }));
  them = await openMember(await openOrganization({ numberLimit: 100_000 }));
  [we, they] = [await openToken(us), await openToken(them)];
  for (const [, endpoint] of naming) for (const { kind } of placesOf(endpoint)) await makeThing(kind, them);
  const dump = await dumpOrganization(them.organizationId);
  theirNames = [...new Set(dump.match(/\b[a-z]{2,3}_[0-9A-Za-z]{22}\b|\+1\d{10}\b/g))];
  theirNames = theirNames.filter((name) => name !== desk.managedAccountId);
}, 60_000);
afterEach(() => database().killSwitch.deleteMany());
afterAll(() => desk.close());

/** The names of an object schema's fields, as they are written in a request. */
function fieldsOf(schema: z.ZodType | undefined): string[] {
  return schema ? Object.keys(z.toJSONSchema(schema, { io: "input" }).properties ?? {}) : [];
}

async function call(
  endpoint: Endpoint,
  { headers, member }: Caller,
  other?: { place: string; name: string },
) {
  const { method, address, body } = await prepareCall(endpoint, member, other);
  return () => send(method, address, body, headers);
}

describe("the table of calls", () => {
  test.each(named)("says of %s what names a thing", (_, endpoint) => {
    const { params, query, body } = endpoint.description;
    const known = callOf(endpoint);
    expect(Object.keys(known.params ?? {}).sort()).toEqual(fieldsOf(params).sort());
    const isId = (field: string) => /(^|_)id$|phone_numbers$/.test(field);
    const narrows = fieldsOf(query).filter(isId);
    expect(Object.keys(known.filters ?? {})).toEqual(expect.arrayContaining(narrows));
    expect(Object.keys(known.body ?? {})).toEqual(expect.arrayContaining(fieldsOf(body).filter(isId)));
  });
});

describe("named in an address or a body: the same bytes as for what never existed, and nothing is done", () => {
  test.each(naming)(
    "%s",
    async (_, endpoint) => {
      for (const { place, kind } of placesOf(endpoint)) {
        const theirs = await makeThing(kind, them);
        const nothing = namesOfNothing(kind) ?? theirs;
        for (const [index, name] of theirs.entries()) {
          const foreign = await call(endpoint, we, { place, name });
          const absent = await call(endpoint, we, { place, name: nothing[index] ?? nothing[0] });
          const [ours, others] = [
            await dumpOrganization(us.organizationId),
            await dumpOrganization(them.organizationId),
          ];
          const [reply, expected] = [await foreign(), await absent()];
          expect([place, reply.status]).toEqual([place, 404]);
          expectProblem(endpoint, reply, "not_found");
          expect(timeless(reply)).toBe(timeless(expected));
          expect([...reply.headers.keys()].sort()).toEqual([...expected.headers.keys()].sort());
          expect(await dumpOrganization(us.organizationId)).toBe(ours);
          expect(await dumpOrganization(them.organizationId)).toBe(others);
        }
      }
    },
    60_000,
  );

  test.each(onAccounts)("%s on a carrier account there is not", async (_, endpoint) => {
    const { method, address, body } = await prepareCall(endpoint, us);
    const reply = await send(method, address.replace("/default", "/mac_none"), body, we.headers);
    expectProblem(endpoint, reply, "not_found");
  });
});

describe("in what is read", () => {
  test.each(lists)("%s tells nothing of them", async (_, endpoint) => {
    const reply = await (await call(endpoint, we))();
    expect(reply.status).toBe(callOf(endpoint).answers);
    expect(theirNames.filter((name) => reply.text.includes(name))).toEqual([]);
  });

  test.each(narrowing)(
    "%s narrowed by what is theirs is empty, as by what never was",
    async (_, endpoint) => {
      for (const [field, kind] of Object.entries(callOf(endpoint).filters ?? {})) {
        const narrowed = async (name: string) => {
          const { address } = await prepareCall(endpoint, us);
          const query = new URLSearchParams({ [field]: name });
          return await send(
            "GET",
            `${address}${address.includes("?") ? "&" : "?"}${query}`,
            undefined,
            we.headers,
          );
        };
        const [mine, theirs] = [await makeThing(kind, us), await makeThing(kind, them)];
        expect([field, (await narrowed(mine[0])).body.data.length]).not.toEqual([field, 0]);
        const reply = await narrowed(theirs[0]);
        expect([field, reply.status, reply.body.data]).toEqual([field, 200, []]);
        expect(timeless(await narrowed(namesOfNothing(kind)?.[0] ?? ""))).toBe(timeless(reply));
      }
    },
  );

  test.each(paging)("%s from where their list stopped goes on in ours", async (_, endpoint) => {
    // A list of an object's parts is of that object, so each walks its own.
    const page = async ({ headers, member }: Caller, cursor = "") => {
      const { address } = await prepareCall(endpoint, member);
      const query = new URLSearchParams({ limit: "1", ...(cursor ? { cursor } : {}) });
      return await send("GET", `${address}?${query}`, undefined, headers);
    };
    const { next_cursor } = (await page(they)).body;
    expect(next_cursor).toEqual(expect.any(String));
    const reply = await page(we, next_cursor);
    expect(reply.status).toBe(200);
    expect(theirNames.filter((name) => JSON.stringify(reply.body.data).includes(name))).toEqual([]);
  });
});

test("a number they hold cannot be bought, and whose it is is not told", async () => {
  const buying = named.filter(([, endpoint]) => Object.values(callOf(endpoint).body ?? {}).length > 0);
  const purchases = buying.filter(([operationId]) => /^(buy|purchase|register)/i.test(operationId));
  expect(purchases.length).toBeGreaterThan(0);
  for (const [, endpoint] of purchases) {
    const [, held = ""] = await makeThing("boughtNumber", them);
    const { method, address, body } = await prepareCall(endpoint, us);
    const before = await dumpOrganization(them.organizationId);
    const reply = await send(method, address, { ...(body as object), phone_number: held }, we.headers);
    const { facts } = expectProblem(endpoint, reply, "number_unavailable");
    expect(theirNames.filter((name) => reply.text.includes(name))).toEqual([]);
    expect(facts).not.toHaveProperty("phone_number_id");
    expect(await dumpOrganization(them.organizationId)).toBe(before);
    expect(await desk.control.purchasesSent(held)).toBe(1);
  }
});
