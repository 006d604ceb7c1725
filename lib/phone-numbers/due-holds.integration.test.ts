import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { type FailPoint, failPointControl } from "../fail-points";
import { newId } from "../ids";
import { enterSafeMode } from "../installation";
import { carrierOf, getManagedAccountOrThrow } from "../managed-accounts";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { actionsOf, openBoughtNumber } from "../testing/numbers";
import { endHolds, endLeases, expectBooksAgree, settleEverything } from "../testing/oracle";
import { insertPurchase, moveToLostAccount } from "../testing/rows";
import { endSafeModeNow, stopReleasing } from "../testing/stops";
import { getPhoneNumber, recoverUnfinished, releasePhoneNumber, undoRelease } from ".";

/** What recovery does with numbers whose hold ends, and with releases, while it must not. */

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk({
    LINEDESK_QUIET_WINDOW_SECONDS: "6",
    LINEDESK_FAIL_POINTS: "on",
    LINEDESK_LOCAL_CARRIER: "true",
  });
});
afterEach(async () => {
  delete failPointControl.reach;
  await desk.control.disarm();
  await endLeases();
  await settleEverything();
  await expectBooksAgree(desk.control);
});
afterAll(() => desk.close());

/** A bought number with Anna in both slots until it was held for a week. */
async function openHeld(ctx: Ctx) {
  const number = await openBoughtNumber(ctx, takeNumber());
  await releasePhoneNumber(ctx, { phoneNumber: number.id, unassign: true, hold: 7 });
  return number;
}

const rowOf = (id: string) => database().phoneNumber.findUniqueOrThrow({ where: { id } });
const orderOf = (phoneNumberId: string) =>
  database().releaseOrder.findFirstOrThrow({ where: { phoneNumberId } });
const deletesOf = async (phoneNumber: string) =>
  (await desk.control.books()).deletes.filter((entry) => entry.phone_number === phoneNumber).length;
const releasesSent = async () =>
  (await desk.control.requests()).filter(({ operation }) => operation === "release").length;

/** By the database, whatever the clock here says and however long this process slept since. */
async function expectToWaitAMinute(id: string): Promise<void> {
  const [row] = await database().$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM next_check_at - now())::float8 AS seconds FROM phone_number WHERE id = ${id}`;
  expect(row?.seconds).toBeGreaterThan(30);
  expect(row?.seconds).toBeLessThanOrEqual(60);
}

/** Does something in the middle, the first time a process gets to this place. */
function whenReached(place: FailPoint, act: () => Promise<unknown>): void {
  failPointControl.reach = async (name) => {
    if (name !== place) return;
    delete failPointControl.reach;
    await act();
  };
}

describe("a hold that ends", () => {
  test("is a release like any other: meant, sent once, confirmed", async () => {
    const ctx = await openOrganization();
    const { id, phoneNumber } = await openHeld(ctx);
    await endHolds();
    await Promise.all([recoverUnfinished(), recoverUnfinished()]);
    expect(await getPhoneNumber(ctx, id)).toMatchObject({
      status: "released",
      inbound: null,
      renews_on: null,
    });
    expect(await deletesOf(phoneNumber)).toBe(1);
    expect(await orderOf(id)).toMatchObject({ status: "released", errorCode: null });
    expect((await actionsOf(id)).slice(-3)).toEqual([
      "phone_number.release_held",
      "phone_number.release_requested",
      "phone_number.released",
    ]);
    const requested = { objectId: id, action: "phone_number.release_requested" };
    expect(await database().auditEvent.findFirstOrThrow({ where: requested })).toMatchObject({
      actorKind: "job",
      actorId: "recovery",
    });
  });

  test("ends when its order says so, whenever somebody looks", async () => {
    const { id } = await openHeld(await openOrganization());
    await database().$executeRaw`UPDATE phone_number SET next_check_at = now() WHERE id = ${id}`;
    const before = await rowOf(id);
    expect(await recoverUnfinished()).toBe(0);
    expect(await rowOf(id)).toEqual(before);
  });

  test("refused by the carrier: active again with its slots as they were, and the reason kept", async () => {
    const ctx = await openOrganization();
    const { id, phoneNumber } = await openHeld(ctx);
    const behaviour = { kind: "refuse", code: 21404, message: "Port in progress" };
    await desk.control.arm({ operation: "release", phone_number: phoneNumber, behaviour });
    await endHolds();
    await recoverUnfinished();
    expect(await getPhoneNumber(ctx, id)).toMatchObject({
      status: "active",
      inbound: { version: 1, follows_latest: false },
      outbound: { version: 2, follows_latest: true },
      release: null,
    });
    expect(await orderOf(id)).toMatchObject({ status: "refused", carrierCode: "21404" });
  });

  test("of a number the carrier no longer has: released, and nothing is sent", async () => {
    const { id, phoneNumber } = await openHeld(await openOrganization());
    await desk.control.disown(phoneNumber);
    const sent = await releasesSent();
    await endHolds();
    await recoverUnfinished();
    expect((await rowOf(id)).state).toBe("released");
    expect(await releasesSent()).toBe(sent);
  });

  test("of a number somebody else has marked meanwhile: it stays held, can be undone, and goes once it is ours again", async () => {
    const ctx = await openOrganization();
    const [{ id }, undone] = [await openHeld(ctx), await openHeld(ctx)];
    const { carrierNumberId, tag } = await rowOf(id);
    const carrier = carrierOf(await getManagedAccountOrThrow("default"));
    const theirs = { tag: "Sales", voiceUrl: "https://example.com/voice" };
    for (const sid of [carrierNumberId, (await rowOf(undone.id)).carrierNumberId])
      await carrier.markNumber(sid ?? "", theirs);
    const sent = await releasesSent();
    await endHolds();
    expect(await recoverUnfinished()).toBe(2);
    expect(await rowOf(id)).toMatchObject({ state: "held", lookups: 1 });
    expect(await orderOf(id)).toMatchObject({ status: "pending" });
    expect(await releasesSent()).toBe(sent);
    expect(await undoRelease(ctx, { phoneNumber: undone.id })).toMatchObject({
      status: "active",
      inbound: { version: 1 },
    });
    await carrier.markNumber(carrierNumberId ?? "", { tag: tag ?? "", voiceUrl: "" });
    await endHolds();
    await recoverUnfinished();
    expect((await rowOf(id)).state).toBe("released");
    expect(await releasesSent()).toBe(sent + 1);
  });

  test("while the carrier cannot be read: it stays held, is asked again after a twentieth of the quiet window, and goes then", async () => {
    const { id } = await openHeld(await openOrganization());
    await desk.control.arm({ operation: "fetch", times: 0, behaviour: { kind: "error_500_before" } });
    await endHolds();
    const [before] = await database().$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
    await recoverUnfinished();
    const { state, lookups, nextCheckAt } = await rowOf(id);
    expect([state, lookups]).toEqual(["held", 0]);
    expect(nextCheckAt?.getTime()).toBeGreaterThanOrEqual((before?.now.getTime() ?? 0) + 6000 / 20);
    await desk.control.disarm();
    await endHolds();
    await recoverUnfinished();
    expect((await rowOf(id)).state).toBe("released");
  });

  test("at an account without credentials: it stays held, and can be undone", async () => {
    const ctx = await openOrganization();
    const { id } = await openHeld(ctx);
    const giveBack = await moveToLostAccount(id);
    await endHolds();
    expect(await recoverUnfinished()).toBe(1);
    expect((await rowOf(id)).state).toBe("held");
    expect((await undoRelease(ctx, { phoneNumber: id })).status).toBe("active");
    await giveBack();
  });

  test("while it is undone: kept with its slots or released, whoever commits first", async () => {
    const ctx = await openOrganization();
    for (let round = 0; round < 10; round += 1) {
      const { id, phoneNumber } = await openHeld(ctx);
      await endHolds();
      const recovery = () => recoverUnfinished().then(() => "recovered");
      const undo = () => undoRelease(ctx, { phoneNumber: id }).then(() => "undone");
      const both = round % 2 ? [undo(), recovery()] : [recovery(), undo()];
      const results = await Promise.allSettled(both);
      const codes = results.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
      const { status, inbound } = await getPhoneNumber(ctx, id);
      if (status === "active") expect([codes, inbound?.version]).toEqual([[], 1]);
      else expect([codes, status]).toEqual([["number_not_held"], "released"]);
      expect(await deletesOf(phoneNumber)).toBe(status === "active" ? 0 : 1);
    }
  });

  test("undone between being taken and being started: nothing is sent", async () => {
    const ctx = await openOrganization();
    const { id } = await openHeld(ctx);
    await endHolds();
    const sent = await releasesSent();
    whenReached("recovery.taken", () => undoRelease(ctx, { phoneNumber: id }));
    expect(await recoverUnfinished()).toBe(1);
    expect(await getPhoneNumber(ctx, id)).toMatchObject({ status: "active", inbound: { version: 1 } });
    expect(await releasesSent()).toBe(sent);
  });
});

describe("releasing is stopped", () => {
  test("a hold that ends waits a minute at a time, and can still be undone", async () => {
    const ctx = await openOrganization();
    const [undone, released] = [await openHeld(ctx), await openHeld(ctx)];
    const lift = await stopReleasing();
    await endHolds();
    const sent = await releasesSent();
    expect(await recoverUnfinished()).toBe(2);
    for (const { id } of [undone, released]) {
      expect((await rowOf(id)).state).toBe("held");
      await expectToWaitAMinute(id);
    }
    expect((await undoRelease(ctx, { phoneNumber: undone.id })).status).toBe("active");
    await lift();
    await endHolds();
    await recoverUnfinished();
    expect((await rowOf(released.id)).state).toBe("released");
    expect(await releasesSent()).toBe(sent + 1);
  });

  test("for another organization or account: this one goes on", async () => {
    const [ctx, other] = [await openOrganization(), await openOrganization()];
    const { id } = await openHeld(ctx);
    const lift = await stopReleasing({ organizationId: other.organizationId });
    await endHolds();
    await recoverUnfinished();
    expect((await rowOf(id)).state).toBe("released");
    await lift();
  });

  test("a release on its way is not sent again, but what the carrier no longer has counts as released", async () => {
    const ctx = await openOrganization();
    const lost = { operation: "release", times: 2, behaviour: { kind: "reset_before" } };
    await desk.control.arm(lost);
    const [waiting, gone] = [await openHeld(ctx), await openHeld(ctx)];
    for (const { id } of [waiting, gone]) await releasePhoneNumber(ctx, { phoneNumber: id, unassign: false });
    const lift = await stopReleasing({ managedAccountId: desk.managedAccountId });
    await desk.control.disown(gone.phoneNumber);
    const sent = await releasesSent();
    await endLeases();
    await recoverUnfinished();
    expect([(await rowOf(waiting.id)).state, (await rowOf(gone.id)).state]).toEqual([
      "releasing",
      "released",
    ]);
    await expectToWaitAMinute(waiting.id);
    expect(await releasesSent()).toBe(sent);
    await lift();
  });

  test("while recovery is reading: it sends nothing any more", async () => {
    const { id } = await openHeld(await openOrganization());
    await endHolds();
    let lift = async () => {};
    whenReached("recovery.release-read", async () => {
      lift = await stopReleasing();
    });
    const sent = await releasesSent();
    await recoverUnfinished();
    expect((await rowOf(id)).state).toBe("releasing");
    expect(await releasesSent()).toBe(sent);
    await lift();
  });
});

test("whose number was taken by another process while it read sends nothing and writes nothing", async () => {
  const { id } = await openHeld(await openOrganization());
  await endHolds();
  whenReached("recovery.release-read", async () => {
    await database().$executeRaw`
      UPDATE phone_number SET fence = fence + 1, next_check_at = now() + interval '1 minute' WHERE id = ${id}`;
  });
  const sent = await releasesSent();
  await recoverUnfinished();
  expect(await rowOf(id)).toMatchObject({ state: "releasing", lookups: 0 });
  expect(await releasesSent()).toBe(sent);
});

test("a purchase in doubt is settled while buying is stopped: it buys nothing", async () => {
  const ctx = await openOrganization();
  const phoneNumber = takeNumber();
  const { numberId, tag } = await insertPurchase(ctx, phoneNumber, { state: "unknown" });
  await desk.control.own(phoneNumber, { friendly_name: tag });
  const stop = { id: newId("ks"), act: "buying" as const, reason: "Under review.", setBy: {} };
  await database().killSwitch.create({ data: stop });
  await recoverUnfinished();
  await database().killSwitch.delete({ where: { id: stop.id } });
  expect((await rowOf(numberId)).state).toBe("active");
  expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
});

test("in safe mode recovery takes nothing, asks nothing and decides nothing", async () => {
  const ctx = await openOrganization();
  const held = await openHeld(ctx);
  const releasing = await openHeld(ctx);
  const lost = {
    operation: "release",
    phone_number: releasing.phoneNumber,
    behaviour: { kind: "reset_before" },
  };
  await desk.control.arm(lost);
  await releasePhoneNumber(ctx, { phoneNumber: releasing.id, unassign: false });
  const claimed = await insertPurchase(ctx, takeNumber(), { state: "claimed" });
  const lookedFor = { state: "unknown", lookups: 9, calledSecondsAgo: 3600 } as const;
  const unknown = await insertPurchase(ctx, takeNumber(), lookedFor);
  const ids = [held.id, releasing.id, claimed.numberId, unknown.numberId];
  await endHolds();
  await endLeases();
  await enterSafeMode("The database went back in time.");
  const before = await Promise.all(ids.map(rowOf));
  const asked = (await desk.control.requests()).length;
  expect(await recoverUnfinished()).toBe(0);
  expect(await Promise.all(ids.map(rowOf))).toEqual(before);
  expect((await desk.control.requests()).length).toBe(asked);
  await endSafeModeNow();
  expect(await recoverUnfinished()).toBe(4);
  const states = await Promise.all(ids.map(async (id) => (await rowOf(id)).state));
  expect(states).toEqual(["released", "released", "failed", "failed"]);
});
