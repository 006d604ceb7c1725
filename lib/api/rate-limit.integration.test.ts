import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "../db/client";
import { type Reply, send } from "../testing/browser";
import { type Caller, openKey, openSession, openToken } from "../testing/callers";
import { type Member, openDesk, openMember, openOrganization } from "../testing/desk";
import { endpoints } from "./operations";
import { dropEndedWindows } from "./rate-limit";

/** How often one may ask. Limits this small are taken one by one, so that they are exact. */

const perCaller = 20;
const perOrganization = 50;
const searches = 5;

let desk: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  desk = await openDesk({
    LINEDESK_RATE_LIMIT_PER_CALLER: String(perCaller),
    LINEDESK_RATE_LIMIT_PER_ORGANIZATION: String(perOrganization),
    LINEDESK_RATE_LIMIT_SEARCHES: String(searches),
  });
});
afterAll(() => desk.close());

type Send = typeof send;

const openOwner = async () => await openMember(await openOrganization());
const me = ({ headers }: Caller, through: Send = send) => through("GET", "/core/me", undefined, headers);
const search = ({ headers }: Caller) =>
  send("GET", "/core/managed-accounts/default/search-numbers?area_code=415&limit=1", undefined, headers);

async function burst(times: number, ask: () => Promise<Reply>): Promise<Reply[]> {
  return await Promise.all(Array.from({ length: times }, ask));
}

const passed = (replies: Reply[]) => replies.filter(({ status }) => status === 200);
const refused = (replies: Reply[]) => replies.filter(({ status }) => status === 429);

/** The parameters of a structured field such as `"caller";q=20;w=60`. */
function read(reply: Reply, header: string): { policy: string; [parameter: string]: string | number } {
  const [policy = "", ...parameters] = (reply.headers.get(header) ?? "").split(";");
  const pairs = parameters.map((text) => text.split("="));
  return { policy, ...Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) };
}

function expectRefusal(reply: Reply, policy: string, limit: number): void {
  expect([reply.status, reply.body]).toMatchObject([429, { code: "rate_limited", policy, limit }]);
  const seconds = Number(reply.headers.get("retry-after"));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(reply.body.detail).toContain(`more than ${limit} requests in a minute. Wait ${seconds} s.`);
  expect(read(reply, "ratelimit-policy")).toEqual({ policy: `"${policy}"`, q: limit, w: 60 });
  expect(read(reply, "ratelimit")).toEqual({ policy: `"${policy}"`, r: 0, t: seconds });
}

/** A second process: the same program with a memory of its own, on the same database. */
async function openProcess(settings: Record<string, string> = {}): Promise<Send> {
  Object.assign(process.env, settings);
  vi.resetModules();
  return (await import("../testing/browser")).send;
}

describe("one caller", () => {
  test.each([
    ["a key", (owner: Member) => openKey(owner)],
    ["a token", (owner: Member) => openToken(owner)],
    ["a person", (owner: Member) => openSession(owner)],
  ])("%s has a hundred requests at once, and exactly twenty pass", async (_, open) => {
    const caller = await open(await openOwner());
    const replies = await burst(100, () => me(caller));
    expect(passed(replies)).toHaveLength(perCaller);
    expect(refused(replies)).toHaveLength(100 - perCaller);
    for (const reply of refused(replies)) expectRefusal(reply, "caller", perCaller);
    const left = passed(replies).map((reply) => read(reply, "ratelimit").r);
    expect(new Set(left)).toEqual(new Set(Array.from({ length: perCaller }, (_, index) => index)));
  });

  test("is told at every answer what is left, whatever the answer says", async () => {
    const caller = await openKey(await openOwner(), ["phone_numbers:read"]);
    const asked: [string, string, unknown, number][] = [
      ["GET", "/core/me", undefined, 200],
      ["GET", "/core/phone-numbers?limit=0", undefined, 422],
      ["GET", "/core/phone-numbers/num_none", undefined, 404],
      ["POST", "/core/agents", { name: "Anna" }, 403],
      ["GET", "/api/public/v1/telephony/numbers", undefined, 200],
      ["GET", "/api/public/v1/telephony/numbers?limit=0", undefined, 422],
    ];
    for (const [index, [method, address, body, status]] of asked.entries()) {
      const reply = await send(method, address, body, caller.headers);
      expect([address, reply.status]).toEqual([address, status]);
      expect(read(reply, "ratelimit-policy")).toEqual({ policy: '"caller"', q: perCaller, w: 60 });
      expect(read(reply, "ratelimit")).toMatchObject({ policy: '"caller"', r: perCaller - 1 - index });
    }
  });

  test("leaves others of its organization and of other organizations alone", async () => {
    const owner = await openOwner();
    const [noisy, quiet, elsewhere] = [
      await openKey(owner),
      await openKey(owner),
      await openKey(await openOwner()),
    ];
    expect(refused(await burst(30, () => me(noisy)))).toHaveLength(10);
    for (const caller of [quiet, elsewhere]) expect((await me(caller)).status).toBe(200);
  });

  test("is refused in the words of the API it asks, before anything is done", async () => {
    const owner = await openOwner();
    const caller = await openKey(owner);
    await burst(perCaller, () => me(caller));
    const reply = await send("GET", "/api/public/v1/telephony/numbers", undefined, caller.headers);
    expect([reply.status, reply.body.error.code]).toEqual([429, "rate_limit_exceeded"]);
    expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
    const agent = await send("POST", "/core/agents", { name: "Anna" }, caller.headers);
    expectRefusal(agent, "caller", perCaller);
    const where = { organizationId: owner.organizationId };
    expect(await database().agent.count({ where })).toBe(0);
  });

  test("who is nobody is not counted: a wrong key is 401, however often", async () => {
    const replies = await burst(100, () =>
      send("GET", "/core/me", undefined, { authorization: "Bearer ak_x" }),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]));
  });
});

describe("the keys and tokens of an organization together", () => {
  test("are not shut out by one that asks far too often", async () => {
    const owner = await openOwner();
    const [noisy, quiet] = [await openKey(owner), await openKey(owner)];
    expect(passed(await burst(perOrganization + 10, () => me(noisy)))).toHaveLength(perCaller);
    expect((await me(quiet)).status).toBe(200);
  });

  test("share one limit, and the people at its dashboard have theirs", async () => {
    const owner = await openOwner();
    const programs = [
      await openKey(owner),
      await openKey(owner),
      await openToken(owner),
      await openKey(owner),
    ];
    const replies = (await Promise.all(programs.map((caller) => burst(perCaller, () => me(caller))))).flat();
    expect(passed(replies)).toHaveLength(perOrganization);
    for (const reply of refused(replies)) expectRefusal(reply, "organization", perOrganization);
    const fresh = await openKey(owner);
    expectRefusal(await me(fresh), "organization", perOrganization);

    const people = [await openSession(owner), await openSession(await openMember(owner, "viewer"))];
    for (const person of people)
      expect(passed(await burst(perCaller, () => me(person)))).toHaveLength(perCaller);
  });
});

describe("what asks the carrier", () => {
  test("has a limit of its own for the keys together; other requests go on", async () => {
    const owner = await openOwner();
    const [one, other] = [await openKey(owner), await openKey(owner)];
    const asked = (await desk.control.requests()).length;
    const replies = (
      await Promise.all([burst(searches, () => search(one)), burst(searches, () => search(other))])
    ).flat();
    expect(passed(replies)).toHaveLength(searches);
    for (const reply of refused(replies)) expectRefusal(reply, "carrier", searches);
    const sent = (await desk.control.requests()).length;
    expect(sent).toBeGreaterThan(asked);
    expectRefusal(await search(one), "carrier", searches);
    expect((await desk.control.requests()).length).toBe(sent);
    expect((await me(one)).status).toBe(200);

    const person = await openSession(owner);
    expect(passed(await burst(searches + 1, () => search(person)))).toHaveLength(searches);
  });

  test("is of every operation that only reads the carrier, a planned purchase too, in either API", () => {
    const limited = endpoints.filter(({ description }) => description.asksCarrier);
    expect(limited.map(({ description }) => description.operationId).sort()).toEqual([
      "buyPhoneNumber",
      "listCountries",
      "searchNumbers",
      "searchTelephonyNumbers",
    ]);
  });
});

describe("a window", () => {
  test("is one for all processes, and ends for all of them", async () => {
    const caller = await openKey(await openOwner());
    const [one, other] = [send, await openProcess()];
    const [here, there] = await Promise.all([
      burst(15, () => me(caller, one)),
      burst(15, () => me(caller, other)),
    ]);
    expect(passed([...here, ...there])).toHaveLength(perCaller);
    const third = await openProcess();
    expectRefusal(await me(caller, third), "caller", perCaller);

    await database().$executeRaw`UPDATE rate_limit SET expire = ${Date.now() - 1}`;
    const fourth = await openProcess();
    expect(read(await me(caller, fourth), "ratelimit").r).toBe(perCaller - 1);
  });

  test("that ended is dropped, one that has not is kept", async () => {
    const caller = await openKey(await openOwner());
    await me(caller);
    await database().$executeRaw`
      INSERT INTO rate_limit (key, points, expire) VALUES ('caller:ended', 5, ${Date.now() - 1})`;
    await dropEndedWindows();
    const keys = await database().$queryRaw<{ key: string }[]>`SELECT key FROM rate_limit`;
    expect(keys.map(({ key }) => key)).not.toContain("caller:ended");
    expect(keys.length).toBeGreaterThan(0);
  });
});

describe("a limit so high that a process takes several in advance", () => {
  test("is exact within one process, and with three never passed nor missed by more than they hold", async () => {
    const [limit, amount] = [200, 4];
    const settings = {
      LINEDESK_RATE_LIMIT_PER_CALLER: String(limit),
      LINEDESK_RATE_LIMIT_PER_ORGANIZATION: "100000",
    };
    const owner = await openOwner();
    const processes = [await openProcess(settings), await openProcess(), await openProcess()];
    const [alone, shared] = [await openKey(owner), await openKey(owner)];
    expect(passed(await burst(300, () => me(alone, processes[0])))).toHaveLength(limit);
    const replies = await Promise.all(processes.map((through) => burst(100, () => me(shared, through))));
    const total = passed(replies.flat()).length;
    expect(total).toBeLessThanOrEqual(limit);
    expect(total).toBeGreaterThanOrEqual(limit - processes.length * (amount - 1));
  });
});
