import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { endLeases } from "../testing/oracle";
import { openProxy } from "../testing/proxy";
import { insertPurchase } from "../testing/rows";
import { buyPhoneNumber, recoverUnfinished } from ".";

/** Numbers the carrier account has for other reasons than a purchase of ours. They are somebody's. */

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

let proxy: Awaited<ReturnType<typeof openProxy>>;

beforeAll(async () => {
  proxy = await openProxy();
  desk = await openDesk({ TWILIO_BASE_URL: proxy.url });
  proxy.forwardTo(desk.carrierUrl);
});
afterAll(async () => {
  const { deletes, violations } = await desk.control.books();
  await proxy.close();
  await desk.close();
  expect(deletes).toEqual([]);
  expect(violations).toEqual([]);
});

describe("a number bought in the carrier's console", () => {
  test("is off the shelf: refused, nothing sent, left as it is", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    await desk.control.own(phoneNumber, {
      friendly_name: "by hand",
      voice_url: "https://elsewhere.example.com",
    });
    await expect(buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).rejects.toMatchObject({
      code: "number_unavailable",
    });
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    const { owned } = await desk.control.books();
    expect(owned.find((number) => number.phone_number === phoneNumber)).toMatchObject({
      friendly_name: "by hand",
      voice_url: "https://elsewhere.example.com",
    });
  });
});

describe("a number that was there before the call, found only afterwards", () => {
  test.each(["refuse", "update"] as const)(
    "tagged otherwise, while the carrier answers a second purchase with %s: not ours, not charged, not given back",
    async (second_purchase) => {
      await desk.control.settings({ second_purchase });
      const ctx = await openOrganization();
      const phoneNumber = takeNumber();
      const { numberId } = await insertPurchase(ctx, phoneNumber, {
        state: "unknown",
        lookups: 5,
        calledSecondsAgo: 900,
      });
      await desk.control.own(phoneNumber, { friendly_name: "by hand" });
      await recoverUnfinished();
      const row = await database().phoneNumber.findUniqueOrThrow({ where: { id: numberId } });
      expect(row).toMatchObject({ state: "failed", carrierNumberId: null });
      expect(await database().ledgerLine.count({ where: { phoneNumberId: numberId } })).toBe(0);
      expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    },
  );

  test("tagged otherwise: as long as ours may still come, nothing is decided", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const { numberId } = await insertPurchase(ctx, phoneNumber, { state: "unknown", calledSecondsAgo: 5 });
    await desk.control.own(phoneNumber, { friendly_name: "by hand" });
    await recoverUnfinished();
    const row = await database().phoneNumber.findUniqueOrThrow({ where: { id: numberId } });
    expect(row).toMatchObject({ state: "unknown", lookups: 1 });
    await database().phoneNumber.update({
      where: { id: numberId },
      data: { lookups: 9, callStartedAt: new Date(0) },
    });
    await endLeases();
    await recoverUnfinished();
  });

  test("with our own tag, but older than the call: quarantined, refused, not charged", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    // The call lies an hour ahead of what the carrier says the number's date is.
    const { numberId, orderId, tag } = await insertPurchase(ctx, phoneNumber, {
      state: "calling",
      calledSecondsAgo: -3600,
    });
    await desk.control.own(phoneNumber, { friendly_name: tag });
    await recoverUnfinished();
    const row = await database().phoneNumber.findUniqueOrThrow({ where: { id: numberId } });
    const { owned } = await desk.control.books();
    const sid = owned.find((number) => number.phone_number === phoneNumber)?.sid;
    expect(row).toMatchObject({ state: "quarantined", carrierNumberId: sid, live: true });
    expect(await database().purchaseOrder.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({
      status: "refused",
      errorCode: "number_unavailable",
    });
    expect(await database().ledgerLine.count({ where: { phoneNumberId: numberId } })).toBe(0);
    // It stays where it is, and nobody can buy it meanwhile.
    expect(await recoverUnfinished()).toBe(0);
    await expect(
      buyPhoneNumber(await openOrganization(), "default", { phone_number: phoneNumber }),
    ).rejects.toMatchObject({ code: "number_unavailable" });
  });
});

describe("the carrier says 201 to a purchase that was an update", () => {
  test.each([
    ["keeps somebody else's tag", { friendly_name: "by hand" }],
    ["was made long before", { date_created: "Mon, 02 Jan 2023 03:04:05 +0000" }],
  ])("of a number that %s: refused, quarantined, neither charged nor given back", async (_, change) => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const phoneNumber = takeNumber();
    proxy.rewrite(({ method, body }) =>
      method === "POST" ? { body: JSON.stringify({ ...JSON.parse(body), ...change }) } : {},
    );
    await expect(buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).rejects.toMatchObject({
      code: "number_unavailable",
    });
    proxy.rewrite(() => ({}));
    const row = await database().phoneNumber.findFirstOrThrow({
      where: { organizationId: ctx.organizationId },
    });
    expect(row).toMatchObject({ state: "quarantined", live: true, purchasedAt: null });
    const { owned } = await desk.control.books();
    expect(owned.find((number) => number.phone_number === phoneNumber)?.sid).toBe(row.carrierNumberId);
    expect(await database().ledgerLine.count({ where: { phoneNumberId: row.id } })).toBe(0);
    expect(
      await database().purchaseOrder.findFirstOrThrow({ where: { phoneNumberId: row.id } }),
    ).toMatchObject({
      status: "refused",
      errorCode: "number_unavailable",
    });
    const { actions } = await auditOf(row.id);
    expect(actions).toEqual(["phone_number.purchase_requested", "phone_number.purchase_refused"]);
  });
});

describe("an answer nobody understands", () => {
  const page = "<html><body>Sign in to the hotel's network</body></html>";

  test.each<[string, { status?: number; body?: string; headers?: Record<string, string> }]>([
    ["a page with 200", { status: 200, body: page, headers: { "content-type": "text/html" } }],
    ["nothing with 201", { status: 201, body: "" }],
    ["an empty object", { status: 201, body: "{}" }],
    ["null", { status: 201, body: "null" }],
    ["an id that is none", { status: 201, body: '{"sid":"<script>","phone_number":"+14155550100"}' }],
    ["a redirect", { status: 302, body: "", headers: { location: "http://127.0.0.1:9/" } }],
    ["a page with 404", { status: 404, body: page, headers: { "content-type": "text/html" } }],
    ["a refusal without a code", { status: 400, body: '{"message":"No."}' }],
    ["a code that is text", { status: 400, body: '{"code":"21422","message":"No.","status":400}' }],
    ["a proxy's 502", { status: 502, body: page }],
    ["five megabytes", { status: 201, body: JSON.stringify({ sid: "x".repeat(5_000_000) }) }],
  ])("%s: nobody says bought or refused, and recovery finds what was bought", async (_, answer) => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    proxy.rewrite(({ method }) => (method === "POST" ? answer : {}));
    const { outcome, number } = await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
    proxy.rewrite(() => ({}));
    expect(outcome).toBe("checking");
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
    await endLeases();
    await recoverUnfinished();
    expect((await auditOf(number.id)).actions.at(-1)).toBe("phone_number.purchased");
    expect(await database().ledgerLine.count({ where: { phoneNumberId: number.id } })).toBe(1);
  });
});

async function auditOf(objectId: string): Promise<{ actions: string[] }> {
  const events = await database().auditEvent.findMany({ where: { objectId }, orderBy: { id: "asc" } });
  return { actions: events.map((event) => event.action) };
}
