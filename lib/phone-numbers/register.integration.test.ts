import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { openBrowser } from "../testing/browser";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { expectBooksAgree } from "../testing/oracle";
import { insertNumber, insertPurchase, openOwnTrunk, openTrunk } from "../testing/rows";
import {
  assignSlot,
  buyPhoneNumber,
  getPhoneNumber,
  listPhoneNumbers,
  planRelease,
  registerPhoneNumber,
  releasePhoneNumber,
} from ".";
import { listPhoneNumbersQuery } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function openOwner({ numberLimit = 50 } = {}) {
  const ctx = await openOrganization({ numberLimit });
  const trunkId = await openOwnTrunk(ctx);
  return {
    ctx,
    trunkId,
    register: (phoneNumber: string, label?: string) =>
      registerPhoneNumber(ctx, { phone_number: phoneNumber, trunk_id: trunkId, label }),
    detach: (phoneNumber: string, unassign = false) => releasePhoneNumber(ctx, { phoneNumber, unassign }),
  };
}

const actionsOf = async (objectId: string) =>
  (await database().auditEvent.findMany({ where: { objectId }, orderBy: { id: "asc" } })).map(
    ({ action }) => action,
  );

describe("registering a number of one's own", () => {
  test("it is active at once, costs nothing, and no carrier hears of it", async () => {
    const { ctx, trunkId, register } = await openOwner();
    const before = await desk.control.requests();
    const number = await register(takeNumber(), "Front desk");
    expect(number).toMatchObject({
      status: "active",
      source: "byoc",
      label: "Front desk",
      country_code: "US",
      phone_number_type: "local",
      capabilities: { voice: true, sms: false, mms: false },
      trunk_id: trunkId,
      managed_account_id: null,
      cost_information: null,
      renews_on: null,
      purchase_order_id: null,
      purchased_at: null,
    });
    const agentId = await openAgent(ctx);
    const wish = { agent_id: agentId, version: "latest" as const, replace: false };
    await assignSlot(ctx, { phoneNumber: number.phone_number, direction: "inbound", ...wish });
    const onTrunk = listPhoneNumbersQuery.parse({ trunk_id: trunkId, assigned: "true" });
    expect((await listPhoneNumbers(ctx, onTrunk)).data.map(({ id }) => id)).toEqual([number.id]);
    expect(await actionsOf(number.id)).toEqual(["phone_number.registered", "phone_number.assigned"]);
    expect(await desk.control.requests()).toEqual(before);
  });

  test.each([
    ["+18335550142", "US", "toll_free"],
    ["+442079460123", "GB", "local"],
    ["+447400123456", "GB", "mobile"],
    ["+4930123456", "DE", "local"],
  ])("%s is of %s and %s, as its digits tell", async (phoneNumber, country_code, phone_number_type) => {
    const { register } = await openOwner();
    expect(await register(phoneNumber)).toMatchObject({ country_code, phone_number_type });
  });

  test.each(["+12005550123", "+9991234567", "+80012345678"])("%s is of no country", async (phoneNumber) => {
    const { register } = await openOwner();
    await expect(register(phoneNumber)).rejects.toMatchObject({
      code: "validation_failed",
      extra: { errors: [{ path: "phone_number" }] },
    });
  });

  test("only on a trunk of one's own", async () => {
    const { ctx } = await openOwner();
    const { trunkId: managed } = await openTrunk(ctx);
    const theirs = await openOwnTrunk(await openOrganization());
    for (const [trunk_id, code] of [
      [managed, "trunk_is_managed"],
      [theirs, "not_found"],
      ["trk_none", "not_found"],
    ] as const) {
      const registering = registerPhoneNumber(ctx, { phone_number: takeNumber(), trunk_id });
      await expect(registering).rejects.toMatchObject({ code });
    }
    expect(await database().phoneNumber.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
  });

  test("needs the right to manage numbers", async () => {
    const { ctx, trunkId } = await openOwner();
    const reader = { ...ctx, scopes: new Set(["phone_numbers:read" as const]) };
    const registering = registerPhoneNumber(reader, { phone_number: takeNumber(), trunk_id: trunkId });
    await expect(registering).rejects.toMatchObject({ code: "missing_scope" });
  });

  test("a number somebody has is told by whom only to its own organization", async () => {
    const { ctx, register } = await openOwner();
    const [bought, buying, theirs] = [takeNumber(), takeNumber(), takeNumber()];
    const id = await insertNumber(ctx, bought);
    await insertPurchase(ctx, buying, { state: "unknown" });
    const others = await openOwner();
    await others.register(theirs);
    await expect(register(bought)).rejects.toMatchObject({
      code: "number_already_owned",
      extra: { phone_number_id: id },
    });
    await expect(register(buying)).rejects.toMatchObject({ code: "purchase_in_progress" });
    await expect(register(theirs)).rejects.toMatchObject({
      code: "number_unavailable",
      message: "This number cannot be registered here.",
      extra: {},
    });
    await expect(buyPhoneNumber(others.ctx, "default", { phone_number: theirs })).rejects.toMatchObject({
      code: "number_already_owned",
    });
    await database().purchaseOrder.deleteMany({ where: { organizationId: ctx.organizationId } });
    await database().phoneNumber.deleteMany({ where: { organizationId: ctx.organizationId } });
  });

  test("twenty at once against a limit of three: three, and seventeen read the sentence", async () => {
    const { ctx, register } = await openOwner({ numberLimit: 3 });
    const numbers = Array.from({ length: 20 }, () => takeNumber());
    const outcomes = await Promise.allSettled(numbers.map((number) => register(number)));
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused).toHaveLength(17);
    for (const { reason } of refused)
      expect(reason).toMatchObject({
        code: "number_limit_reached",
        message: "You have reached the maximum number of phone numbers for your organization.",
      });
    expect((await listPhoneNumbers(ctx, listPhoneNumbersQuery.parse({}))).data).toHaveLength(3);
  });

  test("one number registered and bought by four organizations at once is of one", async () => {
    for (let round = 0; round < 5; round += 1) {
      const phoneNumber = takeNumber();
      const owners = await Promise.all(Array.from({ length: 4 }, () => openOwner()));
      const outcomes = await Promise.allSettled(
        owners.map(({ ctx, register }, index) =>
          index % 2 === 0
            ? register(phoneNumber)
            : buyPhoneNumber(ctx, "default", { phone_number: phoneNumber }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const outcome of outcomes.filter((one) => one.status === "rejected"))
        expect(outcome.reason).toMatchObject({ code: "number_unavailable" });
      expect(await database().phoneNumber.count({ where: { phoneNumber, live: true } })).toBe(1);
    }
  });
});

describe("detaching it", () => {
  test("it leaves at once and for everybody, and no carrier hears of it", async () => {
    const { ctx, register, detach } = await openOwner({ numberLimit: 1 });
    const phoneNumber = takeNumber();
    const { id } = await register(phoneNumber);
    const before = await desk.control.requests();
    expect(await planRelease(ctx, { phoneNumber: phoneNumber, unassign: false })).toMatchObject({
      action: "detach",
      can_release: true,
      reason: null,
      monthly_saving: null,
      paid_until: null,
    });
    const { outcome, number } = await detach(phoneNumber);
    expect([outcome, number.status]).toEqual(["detached", "detached"]);
    expect(number.released_at).not.toBeNull();
    expect(await detach(id)).toEqual({ outcome, number });
    expect(await planRelease(ctx, { phoneNumber: id, unassign: false })).toMatchObject({
      can_release: false,
      reason: "Only an active number can be detached.",
    });
    expect(await actionsOf(id)).toEqual(["phone_number.registered", "phone_number.detached"]);
    expect(await database().releaseOrder.count({ where: { phoneNumberId: id } })).toBe(0);
    expect(await desk.control.requests()).toEqual(before);

    const others = await openOwner();
    expect(await others.register(phoneNumber)).toMatchObject({ status: "active" });
    await others.detach(phoneNumber);
    const again = await register(phoneNumber);
    expect(again.id).not.toBe(id);
    expect(await getPhoneNumber(ctx, phoneNumber)).toMatchObject({ id: again.id, status: "active" });
    expect(await getPhoneNumber(ctx, id)).toMatchObject({ status: "detached" });
  });

  test("a number in use stays, unless its slots are to be emptied first", async () => {
    const { ctx, register, detach } = await openOwner();
    const phoneNumber = takeNumber();
    const { id } = await register(phoneNumber);
    const wish = { agent_id: await openAgent(ctx), version: 1, replace: false };
    await assignSlot(ctx, { phoneNumber, direction: "outbound", ...wish });
    await expect(detach(phoneNumber)).rejects.toMatchObject({
      code: "number_in_use",
      message:
        "This number is in use by Anna (outbound). Unassign it first, or choose to unassign and detach.",
    });
    expect(await getPhoneNumber(ctx, phoneNumber)).toMatchObject({
      status: "active",
      outbound: { agent_id: wish.agent_id },
    });
    expect(await detach(phoneNumber, true)).toMatchObject({
      outcome: "detached",
      number: { outbound: null, outbound_agent_version_id: null },
    });
    expect((await actionsOf(id)).slice(-2)).toEqual(["phone_number.unassigned", "phone_number.detached"]);
  });

  test("ten at once detach it once", async () => {
    const { ctx, register, detach } = await openOwner();
    const phoneNumber = takeNumber();
    const { id } = await register(phoneNumber);
    const told = await Promise.all(Array.from({ length: 10 }, () => detach(phoneNumber)));
    expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(["detached"]));
    expect((await actionsOf(id)).filter((action) => action === "phone_number.detached")).toHaveLength(1);
    const totals = await database().numberTotal.aggregate({
      where: { organizationId: ctx.organizationId },
      _sum: { numbers: true },
    });
    expect(totals._sum.numbers).toBe(0);
  });
});

test("through the API: 201 with an ETag, once for each Idempotency-Key, then 200 and detached", async () => {
  const { ctx, trunkId } = await openOwner();
  const browser = await openBrowser(ctx);
  const phone_number = takeNumber();
  const register = (key: string) =>
    browser.call("POST", "/core/phone-numbers", {
      body: { phone_number, trunk_id: trunkId, label: "Front desk" },
      headers: { "idempotency-key": key },
    });
  const made = await register("one");
  expect([made.status, made.headers.get("etag")]).toEqual([201, '"1"']);
  // The answer is lost as by a crash: the rows still tell.
  await database().$executeRaw`
    UPDATE idempotency_record SET final_status = NULL, final_answer = NULL
    WHERE organization_id = ${ctx.organizationId}`;
  const again = await register("one");
  expect([again.status, again.text, again.headers.get("idempotent-replayed")]).toEqual([
    201,
    made.text,
    "true",
  ]);
  expect((await register("two")).body).toMatchObject({ code: "number_already_owned", status: 409 });
  const { trunkId: managed } = await openTrunk(ctx);
  const refused = await browser.call("POST", "/core/phone-numbers", {
    body: { phone_number: takeNumber(), trunk_id: managed },
  });
  expect([refused.status, refused.body.code]).toEqual([400, "trunk_is_managed"]);
  const plan = await browser.call("DELETE", `/core/phone-numbers/${phone_number}?dry_run=true`);
  expect([plan.status, plan.body.action]).toEqual([200, "detach"]);
  const stale = { headers: { "if-match": '"7"' } };
  expect((await browser.call("DELETE", `/core/phone-numbers/${phone_number}`, stale)).status).toBe(412);
  const detached = await browser.call("DELETE", `/core/phone-numbers/${encodeURIComponent(phone_number)}`);
  expect([detached.status, detached.body.status]).toEqual([200, "detached"]);
  const gone = await browser.call("GET", "/core/phone-numbers?status=released,detached");
  expect(gone.body.data.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
});

test("afterwards the books agree", async () => {
  await expectBooksAgree(desk.control);
});
