import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { type Reply, send } from "../testing/browser";
import { type Caller, openKey, openToken } from "../testing/callers";
import { callOf, makeThing, prepareCall, takeNumberElsewhere, takeNumberForSale } from "../testing/calls";
import { openAgent, openDesk, openMember, openOrganization } from "../testing/desk";
import { settleEverything } from "../testing/oracle";
import { expectProblem } from "../testing/problems";
import { expectReplayed, isReplay, timeless } from "../testing/replays";
import { dumpOrganization, insertNumber } from "../testing/rows";
import { endpoints } from "./operations";

/** What an Idempotency-Key promises: asked again, the same answer, and nothing done a second time. */

let desk: Awaited<ReturnType<typeof openDesk>>;
const named = endpoints.map((endpoint) => [endpoint.description.operationId, endpoint] as const);
const writes = named.filter(([, { method }]) => method !== "GET");
const keyed = writes.filter(([, { description }]) => description.idempotency !== false);
const secretive = writes.filter(([, { description }]) => description.idempotency === false);

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_QUIET_WINDOW_SECONDS: "6" });
});
afterEach(() => desk.control.disarm());
afterAll(() => desk.close());

const core = "/core/managed-accounts/default/purchase-number";

/** Sends a purchase with a key of the request's own. */
async function buy(caller: Caller, key: string, phoneNumber: string, more: object = {}, address = core) {
  const headers = { ...caller.headers, "idempotency-key": key };
  return await send("POST", address, { phone_number: phoneNumber, ...more }, headers);
}

async function openBuyer(numberLimit = 50): Promise<Caller> {
  return await openKey(await openMember(await openOrganization({ numberLimit })));
}

describe.each([
  ["the native API", core],
  ["the compatible API", "/api/public/v1/telephony/numbers/purchase"],
])("fifty purchases at once through %s", (_, address) => {
  const codeOf = ({ status, body }: Reply) => (status === 201 ? "bought" : (body.code ?? body.error.code));

  test("with one key: one is bought, and every answer is its answer or says to ask again", async () => {
    const buyer = await openBuyer();
    const phoneNumber = takeNumberForSale();
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => buy(buyer, "order-1", phoneNumber, {}, address)),
    );
    const answers = replies.filter(({ status }) => status === 201);
    expect(new Set(answers.map(timeless)).size).toBe(1);
    expect(answers.filter((reply) => !isReplay(reply))).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 201)) {
      expect([reply.status, codeOf(reply)]).toEqual([409, "request_in_progress"]);
      expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    const later = await Promise.all(
      Array.from({ length: 50 }, () => buy(buyer, "order-1", phoneNumber, {}, address)),
    );
    expect(later.map(isReplay)).toEqual(Array(50).fill(true));
    expect(new Set([...answers, ...later].map(timeless)).size).toBe(1);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });

  test("with fifty keys: one is bought, and the others are told that it is ours or on its way", async () => {
    const buyer = await openBuyer();
    const phoneNumber = takeNumberForSale();
    const ask = () =>
      Promise.all(
        Array.from({ length: 50 }, (_, index) => buy(buyer, `order-${index}`, phoneNumber, {}, address)),
      );
    const replies = await ask();
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 201)) {
      expect(reply.status).toBe(409);
      expect(["purchase_in_progress", "number_already_owned"]).toContain(codeOf(reply));
    }
    const again = (await ask()).map(codeOf).sort();
    expect(again).toEqual(["bought", ...Array(49).fill("number_already_owned")]);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });
});

describe("asked again with its key", () => {
  test.each(keyed)("%s gives the answer it gave, and does nothing", async (_, endpoint) => {
    // Of the organization that runs the installation, for whom no operation is closed.
    const member = await openMember(await openOrganization({ operator: true }));
    const caller = await openToken(member);
    const { method, address, body } = await prepareCall(endpoint, member);
    const ask = () => send(method, address, body, { ...caller.headers, "idempotency-key": "once" });
    const first = await ask();
    expect(first.status).toBe(callOf(endpoint).answers);
    const done = await dumpOrganization(member.organizationId);
    const again = await ask();
    expect(await dumpOrganization(member.organizationId)).toBe(done);
    if (first.status < 300) expectReplayed(again, first);
    else expect([again.status, isReplay(again)]).toEqual([first.status, false]);
  });

  test.each([
    ["a number sold meanwhile", 50, {}, "number_unavailable"],
    ["the limit", 0, {}, "number_limit_reached"],
    ["a price that rose", 50, { expected_monthly_cost: "0.01" }, "price_changed"],
    ["an agent there is not", 50, { inbound: { agent_id: "agt_none" } }, "not_found"],
  ])("the refusal for %s stays, though another key would pass now", async (reason, limit, more, code) => {
    const buyer = await openBuyer(limit);
    const phoneNumber = reason.includes("sold") ? takeNumberElsewhere() : takeNumberForSale();
    const first = await buy(buyer, "refused", phoneNumber, more);
    expect(first.body.code).toBe(code);
    await database().organization.update({
      where: { id: buyer.member.organizationId },
      data: { numberLimit: 50 },
    });
    expectReplayed(await buy(buyer, "refused", phoneNumber, more), first);
    if (!reason.includes("sold")) expect((await buy(buyer, "anew", phoneNumber)).status).toBe(201);
  });

  test("a refusal by the carrier stays too, with its code", async () => {
    const buyer = await openBuyer();
    const phoneNumber = takeNumberForSale();
    const refusal = { kind: "refuse", code: 21404 };
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour: refusal });
    const first = await buy(buyer, "refused", phoneNumber);
    expect([first.status, first.body.code, first.body.carrier_code]).toEqual([
      502,
      "carrier_refused",
      "21404",
    ]);
    expectReplayed(await buy(buyer, "refused", phoneNumber), first);
    expect((await buy(buyer, "anew", phoneNumber)).status).toBe(201);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(2);
  });

  test("an edit of what was seen is not stale against itself", async () => {
    const { member, headers } = await openBuyer();
    const address = `/core/phone-numbers/${await insertNumber(member, takeNumberElsewhere())}`;
    const edit = { ...headers, "if-match": '"1"', "idempotency-key": "edit" };
    const first = await send("PATCH", address, { label: "one" }, edit);
    expect(first.headers.get("etag")).toBe('"2"');
    expectReplayed(await send("PATCH", address, { label: "one" }, edit), first);
    const { "idempotency-key": _, ...withoutKey } = edit;
    expect((await send("PATCH", address, { label: "one" }, withoutKey)).status).toBe(412);
  });

  test.each(["purchase_number", "list"])("after %s could not be asked, the key is free", async (asked) => {
    const buyer = await openBuyer();
    const phoneNumber = takeNumberForSale();
    const operation = asked === "list" ? "list" : "buy";
    for (const kind of operation === "list" ? ["error_500_before", "status_429"] : ["status_429"]) {
      await desk.control.arm({ operation, times: 0, behaviour: { kind } });
      const first = await buy(buyer, "again", phoneNumber);
      expect(["carrier_unreachable", "carrier_busy"]).toContain(first.body.code);
      await desk.control.disarm();
    }
    const second = await buy(buyer, "again", phoneNumber);
    expect([second.status, isReplay(second)]).toEqual([201, false]);
    expectReplayed(await buy(buyer, "again", phoneNumber), second);
  });

  test("while the carrier's answer is looked up it names the order; then it tells how that ended", async () => {
    const buyer = await openBuyer();
    const phoneNumber = takeNumberForSale();
    const lost = { kind: "reset_after" };
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour: lost });
    const first = await buy(buyer, "lost", phoneNumber);
    expect([first.status, first.body.status]).toEqual([202, "checking"]);
    const meanwhile = await buy(buyer, "lost", phoneNumber);
    expect(meanwhile.body).toMatchObject({
      code: "request_in_progress",
      operation_id: first.body.purchase_order_id,
    });
    await settleEverything();
    const last = await buy(buyer, "lost", phoneNumber);
    expect([last.status, isReplay(last), last.body.id]).toEqual([201, true, first.body.id]);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });
});

describe("a key counts for", () => {
  test("one request: with another body, query or address it is refused, and nothing is bought", async () => {
    const buyer = await openBuyer();
    const [phoneNumber, another] = [takeNumberForSale(), takeNumberForSale()];
    expect((await buy(buyer, "mine", phoneNumber)).status).toBe(201);
    const at = (place: string) => core.replace("default", place);
    for (const reply of [
      await buy(buyer, "mine", another),
      await buy(buyer, "mine", phoneNumber, { label: "Sales" }),
      await buy(buyer, "mine", phoneNumber, {}, `${core}?dry_run=false`),
      await buy(buyer, "mine", phoneNumber, {}, at(desk.managedAccountId)),
    ])
      expect([reply.status, reply.body.code]).toEqual([422, "idempotency_key_reused"]);
    expect(await desk.control.purchasesSent(another)).toBe(0);
  });

  test("one request, however its body is written", async () => {
    const buyer = await openBuyer();
    const agentId = await openAgent(buyer.member);
    const phoneNumber = takeNumberForSale();
    const headers = { ...buyer.headers, "idempotency-key": "spelled" };
    const first = await send(
      "POST",
      core,
      `{"phone_number":"${phoneNumber}","label":"Caf\u00e9","inbound":{"agent_id":"${agentId}","version":1}}`,
      headers,
    );
    const again = await send(
      "POST",
      core,
      ` {"inbound" : {"version":1.0e0, "agent_id":"${agentId}"},"label":" Cafe\u0301 ","phone_number":"\\u002b${phoneNumber.slice(1)}"}`,
      headers,
    );
    expectReplayed(again, first);
  });

  test("one operation and one organization: elsewhere it is another key", async () => {
    const [buyer, other] = [await openBuyer(), await openBuyer()];
    const [mine, theirs] = [takeNumberForSale(), takeNumberForSale()];
    for (const reply of [await buy(buyer, "same", mine), await buy(other, "same", theirs)])
      expect([reply.status, isReplay(reply)]).toEqual([201, false]);
    const headers = { ...buyer.headers, "idempotency-key": "same" };
    for (const [method, address, body] of [
      ["POST", "/core/agents", { name: "Anna" }],
      ["PATCH", `/core/phone-numbers/${mine}`, { label: "Anna" }],
      ["DELETE", `/core/phone-numbers/${mine}`, undefined],
    ] as const) {
      const reply = await send(method, address, body, headers);
      expect([address, reply.status < 300, isReplay(reply)]).toEqual([address, true, false]);
    }
  });

  test("one person, where the answer is about what is theirs", async () => {
    const ctx = await openOrganization();
    const [one, other] = [await openToken(await openMember(ctx)), await openToken(await openMember(ctx))];
    const [id] = await makeThing("token", one.member);
    const revoke = ({ headers }: Caller) =>
      send("DELETE", `/core/personal-tokens/${id}`, undefined, { ...headers, "idempotency-key": "revoke" });
    const first = await revoke(one);
    expectReplayed(await revoke(one), first);
    expect((await revoke(other)).body.code).toBe("idempotency_key_reused");
  });

  test("thirty days: then it is new", async () => {
    const buyer = await openBuyer();
    const phoneNumber = takeNumberForSale();
    await buy(buyer, "old", phoneNumber);
    const { count } = await database().idempotencyRecord.updateMany({
      where: { organizationId: buyer.member.organizationId, key: "old" },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    expect(count).toBe(1);
    const [reply, other] = [
      await buy(buyer, "old", phoneNumber),
      await buy(buyer, "old", takeNumberForSale()),
    ];
    expect([reply.body.code, isReplay(reply)]).toEqual(["number_already_owned", false]);
    expect(other.body.code).toBe("idempotency_key_reused");
  });
});

describe("the header", () => {
  test("has a second name; both may be sent when they agree", async () => {
    const buyer = await openBuyer();
    const phoneNumber = takeNumberForSale();
    const ask = (names: string[], values = names.map(() => "alias")) =>
      send(
        "POST",
        core,
        { phone_number: phoneNumber },
        { ...buyer.headers, ...Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""])) },
      );
    const first = await ask(["x-idempotency-key"]);
    for (const names of [
      ["idempotency-key"],
      ["x-idempotency-key"],
      ["idempotency-key", "x-idempotency-key"],
    ])
      expectReplayed(await ask(names), first);
    const both = await ask(["idempotency-key", "x-idempotency-key"], ["alias", "other"]);
    expect([both.status, both.body.code]).toEqual([400, "invalid_request"]);
  });

  test.each([
    ["nothing", " "],
    ["a space", "a b"],
    ["a letter outside ASCII", "caf\u00e9"],
    ["256 characters", "x".repeat(256)],
  ])("with %s is refused and nothing is bought", async (_, key) => {
    const phoneNumber = takeNumberForSale();
    const reply = await buy(await openBuyer(), key, phoneNumber);
    expect([reply.status, reply.body.code]).toEqual([400, "invalid_request"]);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
  });

  test.each(["!", "~".repeat(255), '"quoted"', "a,b;c=d"])("may be %s", async (key) => {
    const { headers } = await openBuyer();
    const ask = () => send("POST", "/core/agents", { name: "Anna" }, { ...headers, "idempotency-key": key });
    const first = await ask();
    expectReplayed(await ask(), first);
  });

  test.each(secretive)("is refused on %s, whose answer tells a secret", async (_, endpoint) => {
    const member = await openMember(await openOrganization());
    const caller = await openToken(member);
    const { method, address, body } = await prepareCall(endpoint, member);
    const before = await dumpOrganization(member.organizationId);
    for (const name of ["idempotency-key", "x-idempotency-key"])
      expectProblem(
        endpoint,
        await send(method, address, body, { ...caller.headers, [name]: "k" }),
        "invalid_request",
      );
    expect(await dumpOrganization(member.organizationId)).toBe(before);
  });

  test("is not used up by a dry run, which writes nothing", async () => {
    const buyer = await openBuyer();
    const { organizationId } = buyer.member;
    const phoneNumber = takeNumberForSale();
    const before = await dumpOrganization(organizationId);
    const plan = await buy(buyer, "plan", phoneNumber, {}, `${core}?dry_run=true`);
    expect([plan.status, plan.body.numbers_after]).toEqual([200, 1]);
    expect(await dumpOrganization(organizationId)).toBe(before);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    const bought = await buy(buyer, "plan", phoneNumber);
    expect([bought.status, isReplay(bought)]).toEqual([201, false]);

    const release = { ...buyer.headers, "idempotency-key": "release" };
    const address = `/core/phone-numbers/${phoneNumber}`;
    const owned = await dumpOrganization(organizationId);
    expect((await send("DELETE", `${address}?dry_run=true`, undefined, release)).body.can_release).toBe(true);
    expect(await dumpOrganization(organizationId)).toBe(owned);
    const released = await send("DELETE", address, undefined, release);
    expect([released.body.status, isReplay(released)]).toEqual(["released", false]);
    expectReplayed(await send("DELETE", address, undefined, release), released);
  });
});

test("after all of this the carrier sold each number bought once, and no other", async () => {
  const { charges, violations } = await desk.control.books();
  const bought = await database().purchaseOrder.findMany({
    where: { status: "bought" },
    select: { phoneNumber: { select: { phoneNumber: true } } },
  });
  expect(charges.map((charge) => charge.phone_number).sort()).toEqual(
    bought.map((order) => order.phoneNumber.phoneNumber).sort(),
  );
  expect(violations).toEqual([]);
});
