import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { syncAccount } from "../carrier-sync";
import { database } from "../db/client";
import { type FailPoint, failPointControl } from "../fail-points";
import { newId } from "../ids";
import { carrierOf, getManagedAccountOrThrow } from "../managed-accounts";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { openBoughtNumber } from "../testing/numbers";
import { endLeases } from "../testing/oracle";
import { buyPhoneNumber, getPhoneNumber, recoverUnfinished, releasePhoneNumber } from ".";

/** Somebody else acts at the worst moment of a purchase or a release of ours, mostly in the carrier's console. */

let desk: Awaited<ReturnType<typeof openDesk>>;
let sql: Client;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_FAIL_POINTS: "on" });
  sql = new Client({ connectionString: desk.databaseUrl });
  await sql.connect();
});
afterEach(() => {
  delete failPointControl.reach;
});
afterAll(async () => {
  expect((await desk.control.books()).violations).toEqual([]);
  await sql.end();
  await desk.close();
});

/** Does something once this process reaches a place. */
function at(place: FailPoint, act: () => Promise<unknown>): void {
  failPointControl.reach = async (name) => {
    if (name === place) await act();
  };
}

const ownedSids = async (phoneNumber: string) =>
  (await desk.control.books()).owned
    .filter((number) => number.phone_number === phoneNumber)
    .map(({ sid }) => sid);

describe("a number bought in the console after it was offered to us", () => {
  test.each(["refuse", "update"] as const)(
    "is not bought, even where the carrier answers a second purchase with %s: it stays as it is",
    async (second_purchase) => {
      await desk.control.settings({ second_purchase });
      const ctx = await openOrganization({ numberLimit: 1 });
      const phoneNumber = takeNumber();
      at("buy.claimed", () => desk.control.own(phoneNumber, { friendly_name: "by hand" }));
      await expect(buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).rejects.toMatchObject({
        code: "number_unavailable",
      });
      const { owned, deletes } = await desk.control.books();
      expect(owned.find((number) => number.phone_number === phoneNumber)).toMatchObject({
        friendly_name: "by hand",
      });
      expect(deletes.filter((entry) => entry.phone_number === phoneNumber)).toEqual([]);
      expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
      expect(await database().ledgerLine.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
      expect(await database().phoneNumber.findFirstOrThrow({ where: { phoneNumber } })).toMatchObject({
        state: "failed",
        live: false,
      });
    },
  );
});

test("buying that is stopped just before the call is not carried out, and the claim is free again", async () => {
  const ctx = await openOrganization({ numberLimit: 1 });
  const { organizationId } = ctx;
  const phoneNumber = takeNumber();
  const stop = {
    id: newId("ks"),
    act: "buying" as const,
    organizationId,
    reason: "Under review.",
    setBy: {},
  };
  at("buy.looked-before", () => database().killSwitch.create({ data: stop, select: { id: true } }));
  await expect(buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).rejects.toMatchObject({
    code: "buying_stopped",
  });
  expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
  expect(await database().phoneNumber.count({ where: { organizationId, live: true } })).toBe(0);
});

test("a release that recovery settles first tells what the carrier said to recovery", async () => {
  const ctx = await openOrganization();
  const { id, phoneNumber } = await openBoughtNumber(ctx, takeNumber(), false);
  const refused = { kind: "refuse", code: 21404, message: "Port in progress" };
  await desk.control.arm({ operation: "release", phone_number: phoneNumber, times: 2, behaviour: refused });
  at("release.answered", async () => {
    delete failPointControl.reach;
    await endLeases();
    await recoverUnfinished();
  });
  await expect(releasePhoneNumber(ctx, { phoneNumber, unassign: false })).rejects.toMatchObject({
    code: "carrier_refused",
    message: "The carrier refused: Port in progress. The number stays with you as it was.",
    extra: { carrier_code: "21404" },
  });
  expect((await getPhoneNumber(ctx, id)).status).toBe("active");
  expect(
    await database().auditEvent.findMany({ where: { objectId: id, action: "phone_number.release_refused" } }),
  ).toMatchObject([{ actorId: "recovery" }]);
});

test("a number given back and bought again in the console is another one: our release does not touch it", async () => {
  const ctx = await openOrganization();
  const phoneNumber = takeNumber();
  await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
  const [ours] = await ownedSids(phoneNumber);
  await desk.control.disown(phoneNumber);
  await desk.control.own(phoneNumber, { friendly_name: "by hand" });
  const [theirs] = await ownedSids(phoneNumber);
  expect(theirs).not.toBe(ours);
  expect((await releasePhoneNumber(ctx, { phoneNumber, unassign: false })).outcome).toBe("released");
  expect(await ownedSids(phoneNumber)).toEqual([theirs]);
});

test("a number to be released that is marked as somebody else's meanwhile stays with us after all, for a person to see", async () => {
  const ctx = await openOrganization();
  const { id, phoneNumber } = await openBoughtNumber(ctx, takeNumber());
  const [sid = ""] = await ownedSids(phoneNumber);
  await desk.control.arm({
    operation: "release",
    phone_number: phoneNumber,
    behaviour: { kind: "reset_before" },
  });
  expect((await releasePhoneNumber(ctx, { phoneNumber, unassign: true })).outcome).toBe("releasing");
  const account = await getManagedAccountOrThrow(desk.managedAccountId);
  await carrierOf(account).markNumber(sid, { tag: "by hand", voiceUrl: "https://elsewhere.example.com/" });
  await endLeases();
  await recoverUnfinished();
  expect((await getPhoneNumber(ctx, id)).status).toBe("releasing");
  // A carrier may still act on what it was sent, and a read may lag: after all looks and the quiet window neither does.
  await database().$executeRaw`
    UPDATE phone_number SET lookups = 5, call_started_at = now() - interval '1 hour' WHERE id = ${id}`;
  await endLeases();
  await recoverUnfinished();
  expect(await getPhoneNumber(ctx, id)).toMatchObject({
    status: "active",
    inbound: { version: 1 },
    outbound: { version: 2 },
  });
  expect(await database().releaseOrder.findFirstOrThrow({ where: { phoneNumberId: id } })).toMatchObject({
    status: "refused",
    errorCode: "carrier_refused",
    errorDetail: expect.stringContaining("tag at the carrier is not ours any more"),
  });
  expect(await ownedSids(phoneNumber)).toEqual([sid]);
  await syncAccount(account.id, { kind: "job", id: "sync", name: "Comparison" });
  const drifts = await database().drift.findMany({ where: { phoneNumberId: id } });
  expect(drifts).toMatchObject([{ kind: "rewired", status: "open" }]);
});

describe("while the carrier takes its time", () => {
  const slow = { kind: "delay", ms: 3_000, when: "after" };

  /** Expects that a moment comes, before the carrier answers, at which no transaction waits for its client to go on. */
  async function expectNoneOpenBeforeAnswer(operation: "buy" | "release"): Promise<void> {
    await vi.waitFor(
      async () => {
        const { rows } = await sql.query(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
        );
        expect(rows).toEqual([]);
      },
      { timeout: 10_000, interval: 20 },
    );
    const asked = (await desk.control.requests()).filter((request) => request.operation === operation);
    expect(asked.at(-1)?.status).toBeNull();
  }

  test("no transaction is open: what was written before the call would be undone with it", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour: slow });
    const buying = buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
    await vi.waitFor(async () => expect(await ownedSids(phoneNumber)).toHaveLength(1), { timeout: 15_000 });
    await expectNoneOpenBeforeAnswer("buy");
    expect((await buying).outcome).toBe("bought");

    await desk.control.arm({ operation: "release", phone_number: phoneNumber, behaviour: slow });
    const releasing = releasePhoneNumber(ctx, { phoneNumber, unassign: false });
    await vi.waitFor(async () => expect(await ownedSids(phoneNumber)).toEqual([]), { timeout: 15_000 });
    await expectNoneOpenBeforeAnswer("release");
    expect((await releasing).outcome).toBe("released");
    expect((await getPhoneNumber(ctx, phoneNumber)).status).toBe("released");
  }, 60_000);
});
