import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { deleteAgent } from "../agents";
import { isoDate, nextRenewal } from "../billing";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { enterSafeMode } from "../installation";
import { scopesFor } from "../permissions";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { actionsOf, openBoughtNumber } from "../testing/numbers";
import { expectBooksAgree, settleEverything } from "../testing/oracle";
import { insertNumber, openOwnTrunk } from "../testing/rows";
import { endSafeModeNow, stopReleasing } from "../testing/stops";
import {
  assignSlot,
  buyPhoneNumber,
  getPhoneNumber,
  planRelease,
  recoverUnfinished,
  registerPhoneNumber,
  releasePhoneNumber,
  undoRelease,
} from ".";
import type { Hold } from "./hold";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await settleEverything();
  await expectBooksAgree(desk.control);
});
afterAll(() => desk.close());

const openNumber = (ctx: Ctx, inUse = true) => openBoughtNumber(ctx, takeNumber(), inUse);
const hold = (ctx: Ctx, phoneNumber: string, days: Hold = 7, more: object = {}) =>
  releasePhoneNumber(ctx, { phoneNumber, unassign: true, hold: days, ...more });
const releaseNow = (ctx: Ctx, phoneNumber: string) =>
  releasePhoneNumber(ctx, { phoneNumber, unassign: false });
const undo = (ctx: Ctx, phoneNumber: string, expectedVersion?: number) =>
  undoRelease(ctx, { phoneNumber, expectedVersion });
const deletesOf = async (phoneNumber: string) =>
  (await desk.control.books()).deletes.filter((entry) => entry.phone_number === phoneNumber).length;
const ordersOf = (phoneNumberId: string) =>
  database().releaseOrder.findMany({ where: { phoneNumberId }, orderBy: { createdAt: "asc" } });
const dayMs = 24 * 60 * 60 * 1000;

describe("a hold", () => {
  test("empties the slots and keeps the number: charged, counted, answering nobody, told with who held it", async () => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const { phoneNumber, id, agentId } = await openNumber(ctx);
    const before = await getPhoneNumber(ctx, id);
    const { outcome, number } = await hold(ctx, phoneNumber);
    expect(outcome).toBe("held");
    expect(number).toMatchObject({
      status: "held",
      inbound: null,
      outbound: null,
      renews_on: before.renews_on,
    });
    expect(number.version).toBeGreaterThan(before.version);
    const { release } = number;
    expect(release).toMatchObject({
      requested_by: ctx.actor.name,
      was: [
        { direction: "inbound", agent_id: agentId, agent_name: "Anna", version: 1 },
        { direction: "outbound", agent_id: agentId, agent_name: "Anna", version: "latest" },
      ],
    });
    expect(Date.parse(release?.release_at ?? "") - Date.parse(release?.requested_at ?? "")).toBe(7 * dayMs);
    expect(await getPhoneNumber(ctx, id)).toEqual(number);
    expect(await recoverUnfinished()).toBe(0);
    expect(await deletesOf(phoneNumber)).toBe(0);
    await expect(buyPhoneNumber(ctx, "default", { phone_number: takeNumber() })).rejects.toMatchObject({
      code: "number_limit_reached",
    });
    const wish = { direction: "inbound", agent_id: agentId, version: "latest", replace: true } as const;
    await expect(assignSlot(ctx, { phoneNumber, ...wish })).rejects.toMatchObject({
      code: "number_not_active",
    });
    expect((await actionsOf(id)).slice(-2)).toEqual(["phone_number.unassigned", "phone_number.release_held"]);
    const held = { objectId: id, action: "phone_number.release_held" };
    expect(await database().auditEvent.findFirstOrThrow({ where: held })).toMatchObject({
      after: { release_at: release?.release_at },
    });
  });

  test("before the renewal ends half a day before the next month is charged", async () => {
    const ctx = await openOrganization();
    const purchasedAt = new Date(Date.now() - 40 * dayMs);
    const id = await insertNumber(ctx, takeNumber(), { purchasedAt });
    const planned = await planRelease(ctx, { phoneNumber: id, unassign: false, hold: "before_renewal" });
    const { number } = await hold(ctx, id, "before_renewal");
    const requestedAt = new Date(number.release?.requested_at ?? "");
    const end = new Date(nextRenewal(purchasedAt, requestedAt).getTime() - dayMs / 2).toISOString();
    expect(number.release?.release_at).toBe(end);
    expect(planned).toMatchObject({ release_at: end, before_renewal_at: end, can_release: true });
    expect(planned.paid_until).toBe(isoDate(nextRenewal(purchasedAt, requestedAt)));
    await database().releaseOrder.deleteMany({ where: { phoneNumberId: id } });
    await database().phoneNumber.delete({ where: { id } });
  });

  test("repeated is answered as it is; another one is refused until the first is undone", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx);
    const { version } = await getPhoneNumber(ctx, id);
    const first = await hold(ctx, phoneNumber, 7, { expectedVersion: version });
    expect(await hold(ctx, phoneNumber, 7, { expectedVersion: version })).toEqual(first);
    for (const other of [8, "before_renewal"] as const)
      await expect(hold(ctx, phoneNumber, other)).rejects.toMatchObject({ code: "number_not_active" });
    expect(await planRelease(ctx, { phoneNumber, unassign: false, hold: 8 })).toMatchObject({
      can_release: false,
      reason: "This number waits to be released already. Undo that first, or release it now.",
    });
    expect(await planRelease(ctx, { phoneNumber, unassign: false, hold: 7 })).toMatchObject({
      can_release: true,
      release_at: first.number.release?.release_at,
    });
    expect(await ordersOf(id)).toHaveLength(1);
  });

  test("released without a hold goes at once, by its own order", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx);
    await hold(ctx, phoneNumber, 30);
    expect(await planRelease(ctx, { phoneNumber, unassign: false })).toMatchObject({
      can_release: true,
      release_at: null,
    });
    const { outcome, number } = await releaseNow(ctx, phoneNumber);
    expect([outcome, await deletesOf(phoneNumber)]).toEqual(["released", 1]);
    const [order, ...others] = await ordersOf(id);
    expect(others).toEqual([]);
    expect(order?.status).toBe("released");
    expect(order?.releaseAt.getTime()).toBeLessThan((order?.createdAt.getTime() ?? 0) + dayMs);
    expect(number.release).toMatchObject({ id: order?.id, release_at: order?.releaseAt.toISOString() });
    expect(await hold(ctx, id)).toMatchObject({ outcome: "released" });
    expect((await actionsOf(id)).slice(-3)).toEqual([
      "phone_number.release_held",
      "phone_number.release_requested",
      "phone_number.released",
    ]);
  });

  test("a number brought along has none", async () => {
    const ctx = await openOrganization();
    const trunkId = await openOwnTrunk(ctx);
    const own = await registerPhoneNumber(ctx, { phone_number: takeNumber(), trunk_id: trunkId });
    const input = { phoneNumber: own.id, unassign: false, hold: 7 };
    for (const attempt of [() => releasePhoneNumber(ctx, input), () => planRelease(ctx, input)])
      await expect(attempt()).rejects.toMatchObject({
        code: "validation_failed",
        extra: { errors: [{ path: "hold" }] },
      });
    expect((await getPhoneNumber(ctx, own.id)).status).toBe("active");
    expect(await planRelease(ctx, { phoneNumber: own.id, unassign: false })).toMatchObject({
      action: "detach",
      release_at: null,
      before_renewal_at: null,
    });
  });

  test("of a number in use, a stale one, another's or without the right: nothing is done", async () => {
    const [ctx, others] = [await openOrganization(), await openOrganization()];
    const { phoneNumber, id } = await openNumber(ctx);
    const before = await getPhoneNumber(ctx, id);
    const operator = { ...ctx, scopes: scopesFor("operator") };
    const stale = { expectedVersion: before.version - 1 };
    for (const [attempt, code] of [
      [() => hold(ctx, phoneNumber, 7, { unassign: false }), "number_in_use"],
      [() => hold(ctx, phoneNumber, 7, stale), "stale_edit"],
      [() => hold(others, phoneNumber), "not_found"],
      [() => hold(others, id), "not_found"],
      [() => hold(operator, phoneNumber), "missing_scope"],
    ] as const)
      await expect(attempt()).rejects.toMatchObject({ code });
    expect(await getPhoneNumber(ctx, id)).toEqual(before);
    expect(await ordersOf(id)).toEqual([]);
  });

  test("ten at once are one; of other lengths none is added", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx);
    const told = await Promise.all(Array.from({ length: 10 }, () => hold(ctx, phoneNumber)));
    expect(new Set(told.map(({ number }) => JSON.stringify(number))).size).toBe(1);
    expect(await ordersOf(id)).toHaveLength(1);
    expect((await actionsOf(id)).filter((action) => action === "phone_number.release_held")).toHaveLength(1);
    const different = await Promise.allSettled([3, 4, 5].map((days) => hold(ctx, phoneNumber, days)));
    for (const { status } of different) expect(status).toBe("rejected");
  });
});

describe("an undo", () => {
  test("puts everything back as it was", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx);
    await database().phoneNumber.update({
      where: { id },
      data: { label: "Support", outboundShareable: true },
    });
    const before = await getPhoneNumber(ctx, id);
    const { number } = await hold(ctx, phoneNumber);
    const after = await undo(ctx, phoneNumber, number.version);
    const { version, updated_at } = after;
    expect(after).toEqual({ ...before, version, updated_at });
    expect(version).toBeGreaterThan(number.version);
    expect(await getPhoneNumber(ctx, id)).toEqual(after);
    expect(await ordersOf(id)).toMatchObject([{ status: "undone", errorCode: null }]);
    expect(await database().phoneNumber.findUniqueOrThrow({ where: { id } })).toMatchObject({
      nextCheckAt: null,
      leaseUntil: null,
    });
    expect((await actionsOf(id)).slice(-3)).toEqual([
      "phone_number.release_undone",
      "phone_number.assigned",
      "phone_number.assigned",
    ]);
    expect(await undo(ctx, id, before.version)).toEqual(after);
    expect(await ordersOf(id)).toHaveLength(1);
  });

  test("an agent that was deleted meanwhile stays away, and the hold says that it is gone", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, agentId } = await openNumber(ctx);
    await hold(ctx, phoneNumber);
    await deleteAgent(ctx, { agentId });
    const { release } = await getPhoneNumber(ctx, phoneNumber);
    expect(release?.was).toMatchObject([{ agent_id: agentId, agent_name: null }, { agent_name: null }]);
    expect(await undo(ctx, phoneNumber)).toMatchObject({ status: "active", inbound: null, outbound: null });
  });

  test("a number can be held and kept again and again, and is then told from its newest order", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx);
    for (const days of [1, 2, 3]) {
      const { number } = await hold(ctx, phoneNumber, days);
      const [newest] = (await ordersOf(id)).reverse();
      expect(number.release?.id).toBe(newest?.id);
      expect((await undo(ctx, phoneNumber)).release).toBeNull();
    }
    expect((await ordersOf(id)).map(({ status }) => status)).toEqual(["undone", "undone", "undone"]);
  });

  test("nothing waits: active, released or under way to the carrier", async () => {
    const ctx = await openOrganization();
    const { phoneNumber } = await openNumber(ctx);
    await expect(undo(ctx, phoneNumber)).rejects.toMatchObject({ code: "number_not_held" });
    await desk.control.arm({
      operation: "release",
      phone_number: phoneNumber,
      behaviour: { kind: "reset_before" },
    });
    await hold(ctx, phoneNumber);
    expect((await releaseNow(ctx, phoneNumber)).outcome).toBe("releasing");
    await expect(undo(ctx, phoneNumber)).rejects.toMatchObject({ code: "number_not_held" });
    await database().$executeRaw`UPDATE phone_number SET next_check_at = now() WHERE state = 'releasing'`;
    await settleEverything();
    await expect(undo(ctx, phoneNumber)).rejects.toMatchObject({ code: "number_not_held" });
    expect((await getPhoneNumber(ctx, phoneNumber)).status).toBe("released");
  });

  test("a stale one, another's or without the right leaves the number held", async () => {
    const [ctx, others] = [await openOrganization(), await openOrganization()];
    const { phoneNumber, id } = await openNumber(ctx);
    const { number } = await hold(ctx, phoneNumber);
    const operator = { ...ctx, scopes: scopesFor("operator") };
    for (const [attempt, code] of [
      [() => undo(ctx, phoneNumber, number.version - 1), "stale_edit"],
      [() => undo(others, phoneNumber), "not_found"],
      [() => undo(others, id), "not_found"],
      [() => undo(operator, phoneNumber), "missing_scope"],
    ] as const)
      await expect(attempt()).rejects.toMatchObject({ code });
    expect(await getPhoneNumber(ctx, id)).toEqual(number);
  });
});

describe("at the same time", () => {
  test("hold and hold, of other lengths: one stands, the other is told so", async () => {
    const ctx = await openOrganization();
    for (let round = 0; round < 5; round += 1) {
      const { phoneNumber, id } = await openNumber(ctx, false);
      const both = await Promise.allSettled([hold(ctx, phoneNumber, 3), hold(ctx, phoneNumber, 4)]);
      const codes = both.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
      expect(codes).toEqual(["number_not_active"]);
      expect(await ordersOf(id)).toMatchObject([{ status: "pending" }]);
    }
  });

  test("undo and a release at once: kept with its slots, or released, never half of each", async () => {
    const ctx = await openOrganization();
    for (let round = 0; round < 10; round += 1) {
      const { phoneNumber, id } = await openNumber(ctx);
      await hold(ctx, phoneNumber);
      const both = round % 2 ? [undo, releaseNow] : [releaseNow, undo];
      const results = await Promise.allSettled(both.map((act) => act(ctx, phoneNumber)));
      const codes = results.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
      const { status, inbound } = await getPhoneNumber(ctx, id);
      if (status === "active") expect([codes, inbound?.version]).toEqual([["number_in_use"], 1]);
      else expect([codes, status]).toEqual([["number_not_held"], "released"]);
      expect(await deletesOf(phoneNumber)).toBe(status === "active" ? 0 : 1);
    }
  });

  test("hold and undo: whoever comes second meets what the first left", async () => {
    const ctx = await openOrganization();
    for (let round = 0; round < 5; round += 1) {
      const { phoneNumber, id } = await openNumber(ctx);
      const [held, undone] = await Promise.allSettled([hold(ctx, phoneNumber), undo(ctx, phoneNumber)]);
      expect(held.status).toBe("fulfilled");
      const { status, inbound } = await getPhoneNumber(ctx, id);
      expect([status, inbound?.version]).toEqual(
        undone.status === "fulfilled" ? ["active", 1] : ["held", undefined],
      );
    }
  });
});

describe("while money stands still", () => {
  test("a stopped release makes no hold, but one that waits can be undone", async () => {
    const ctx = await openOrganization();
    const [waiting, another] = [await openNumber(ctx), await openNumber(ctx)];
    await hold(ctx, waiting.id);
    const lift = await stopReleasing({ organizationId: ctx.organizationId });
    for (const attempt of [() => hold(ctx, another.id), () => releaseNow(ctx, waiting.id)])
      await expect(attempt()).rejects.toMatchObject({ code: "releasing_stopped" });
    expect((await getPhoneNumber(ctx, another.id)).inbound).not.toBeNull();
    expect((await undo(ctx, waiting.id)).status).toBe("active");
    await lift();
    expect((await hold(ctx, another.id)).outcome).toBe("held");
  });

  test("in safe mode nothing is held, released or undone", async () => {
    const ctx = await openOrganization();
    const [waiting, another] = [await openNumber(ctx), await openNumber(ctx)];
    await hold(ctx, waiting.id);
    await enterSafeMode("The database went back in time.");
    for (const attempt of [
      () => hold(ctx, another.id),
      () => releaseNow(ctx, waiting.id),
      () => undo(ctx, waiting.id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "safe_mode" });
    await endSafeModeNow();
    expect((await getPhoneNumber(ctx, waiting.id)).status).toBe("held");
    expect((await undo(ctx, waiting.id)).status).toBe("active");
  });
});
