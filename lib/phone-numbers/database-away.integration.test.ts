import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { closeDatabase, database } from "../db/client";
import { openBrowser } from "../testing/browser";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { endLeases, expectBooksAgree, settleEverything } from "../testing/oracle";
import { openOutage } from "../testing/outage";
import { buyPhoneNumber, recoverUnfinished, releasePhoneNumber } from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;
let outage: Awaited<ReturnType<typeof openOutage>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_QUIET_WINDOW_SECONDS: "3" });
  outage = await openOutage(desk.databaseUrl);
});
afterEach(async () => {
  await outage.comeBack();
  await endLeases();
  await settleEverything(30_000);
  await expectBooksAgree(desk.control);
});
afterAll(async () => {
  await outage.close();
  await desk.close();
});

const seenByCarrier = async () => (await desk.control.requests()).length;

describe("the database is away", () => {
  test("before anything happened: 503, and the carrier hears nothing", async () => {
    const browser = await openBrowser(await openOrganization());
    const before = await seenByCarrier();
    await outage.goAway();
    const calls: [string, string, object?][] = [
      ["GET", "/core/phone-numbers"],
      ["POST", "/core/managed-accounts/default/purchase-number", { phone_number: takeNumber() }],
      ["DELETE", "/core/phone-numbers/num_1"],
      ["POST", "/core/agents", { name: "Anna" }],
      ["GET", "/readyz"],
    ];
    for (const [method, address, body] of calls) {
      const reply = await browser.call(method, address, { body });
      expect(reply.status, `${method} ${address}: ${reply.text}`).toBe(503);
      expect(reply.text).not.toMatch(/postgres|prisma|127\.0\.0\.1/i);
      if (address !== "/readyz") expect(reply.headers.get("retry-after")).toBe("2");
    }
    expect(await seenByCarrier()).toBe(before);
    await outage.comeBack();
    expect((await browser.call("GET", "/core/phone-numbers")).status).toBe(200);
  });

  test.each(["before", "after"] as const)(
    "while the carrier is selling (%s its wait): nobody says that nothing was done, and recovery finds it",
    async (when) => {
      const ctx = await openOrganization();
      const phoneNumber = takeNumber();
      await desk.control.arm({
        operation: "buy",
        phone_number: phoneNumber,
        behaviour: { kind: "delay", ms: 1_500, when },
      });
      const buying = buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
      await vi.waitFor(async () => expect(await desk.control.purchasesSent(phoneNumber)).toBe(1), {
        timeout: 15_000,
      });
      await outage.goAway();
      expect((await buying).outcome).toBe("checking");
      await outage.comeBack();
      await endLeases();
      await settleEverything(30_000);
      const row = await database().phoneNumber.findFirstOrThrow({ where: { phoneNumber } });
      expect(row.state).toBe("active");
      expect(await database().ledgerLine.count({ where: { phoneNumberId: row.id } })).toBe(1);
      expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
    },
  );

  test("while the carrier takes a number back: on its way, and released once it can be written", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
    await desk.control.arm({
      operation: "release",
      phone_number: phoneNumber,
      behaviour: { kind: "delay", ms: 1_500, when: "after" },
    });
    const releasing = releasePhoneNumber(ctx, { phoneNumber, unassign: false });
    await vi.waitFor(
      async () =>
        expect((await desk.control.books()).deletes.some((entry) => entry.phone_number === phoneNumber)).toBe(
          true,
        ),
      { timeout: 15_000 },
    );
    await outage.goAway();
    expect((await releasing).outcome).toBe("releasing");
    await outage.comeBack();
    await endLeases();
    await recoverUnfinished();
    expect((await database().phoneNumber.findFirstOrThrow({ where: { phoneNumber } })).state).toBe(
      "released",
    );
  });

  test("connections cut again and again during thirty purchases: every answer true, books exact", async () => {
    const ctx = await openOrganization();
    const numbers = Array.from({ length: 30 }, () => takeNumber());
    const buying = Promise.allSettled(
      numbers.map((phone_number) => buyPhoneNumber(ctx, "default", { phone_number })),
    );
    let over = false;
    void buying.then(() => {
      over = true;
    });
    let cuts = 0;
    // At least three cuts, then as long as there is something to disturb.
    while (cuts < 3 || !over) {
      await outage.cutConnections();
      cuts += 1;
      await desk.control.books();
      if (cuts > 200) break;
    }
    const results = await buying;
    await outage.comeBack();
    await endLeases();
    await settleEverything(45_000);
    const { owned } = await desk.control.books();
    for (const [index, result] of results.entries()) {
      const phoneNumber = numbers[index] ?? "";
      const ours = owned.some((number) => number.phone_number === phoneNumber);
      if (result.status === "fulfilled" && result.value.outcome === "bought") expect(ours).toBe(true);
      if (result.status === "rejected") expect(ours, `${phoneNumber}: ${result.reason}`).toBe(false);
      expect(await desk.control.purchasesSent(phoneNumber)).toBeLessThanOrEqual(1);
    }
  }, 120_000);
});

test("a lock held too long by somebody else is told as 503, not as a fault of ours, and nothing is sent", async () => {
  const ctx = await openOrganization();
  const browser = await openBrowser(ctx);
  const phoneNumber = takeNumber();
  const holder = new Client({ connectionString: desk.databaseUrl });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM organization WHERE id = $1 FOR UPDATE", [ctx.organizationId]);
  const body = { phone_number: phoneNumber };
  const reply = await browser.call("POST", "/core/managed-accounts/default/purchase-number", { body });
  await holder.query("ROLLBACK");
  await holder.end();
  expect([reply.status, reply.body.code]).toEqual([503, "service_unavailable"]);
  expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
  await closeDatabase();
}, 30_000);
