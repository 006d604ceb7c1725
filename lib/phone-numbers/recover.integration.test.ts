import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "../db/client";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { endLeases, expectBooksAgree, settleEverything } from "../testing/oracle";
import { insertPurchase } from "../testing/rows";
import { buyPhoneNumber, recoverUnfinished } from ".";
import { confirmPurchase, postponePurchase, refusePurchase } from "./settle-purchase";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_QUIET_WINDOW_SECONDS: "6" });
});
afterEach(async () => {
  await desk.control.disarm();
  await expectBooksAgree(desk.control);
});
afterAll(() => desk.close());

const rowOf = (id: string) => database().phoneNumber.findUniqueOrThrow({ where: { id } });
const orderOf = (id: string) => database().purchaseOrder.findUniqueOrThrow({ where: { id } });
const soldOut = { code: "number_unavailable", detail: "Sold.", carrierCode: null } as const;

describe("a process that died", () => {
  test("before it asked the carrier: the claim is freed at once, and with it its place in the limit", async () => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const phoneNumber = takeNumber();
    const { numberId, orderId } = await insertPurchase(ctx, phoneNumber, { state: "claimed" });
    const before = (await desk.control.requests()).length;
    await recoverUnfinished();
    expect((await desk.control.requests()).length).toBe(before);
    expect(await rowOf(numberId)).toMatchObject({ state: "failed", live: false, nextCheckAt: null });
    expect(await orderOf(orderId)).toMatchObject({ status: "refused", errorCode: "service_unavailable" });
    expect((await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).outcome).toBe("bought");
  });

  test("after the carrier sold: found by its tag, active, charged once, slots as wished", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx);
    const phoneNumber = takeNumber();
    const { numberId, orderId, tag } = await insertPurchase(ctx, phoneNumber, {
      state: "calling",
      wishes: { inbound: { agent_id: agentId, version: "latest" } },
    });
    await desk.control.own(phoneNumber, { friendly_name: tag });
    await recoverUnfinished();
    expect(await rowOf(numberId)).toMatchObject({ state: "active", nextCheckAt: null, leaseUntil: null });
    expect(await orderOf(orderId)).toMatchObject({ status: "bought", errorCode: null });
    expect(await database().ledgerLine.count({ where: { phoneNumberId: numberId } })).toBe(1);
    expect(await database().assignment.count({ where: { phoneNumberId: numberId, agentId } })).toBe(1);
    expect(await recoverUnfinished()).toBe(0);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
  });

  test("after the carrier sold, and the wished agent went away: the number is ours, the slot empty", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const wishes = { inbound: { agent_id: "agt_gone", version: "latest" } };
    const { numberId, tag } = await insertPurchase(ctx, phoneNumber, { state: "calling", wishes });
    await desk.control.own(phoneNumber, { friendly_name: tag });
    await recoverUnfinished();
    expect((await rowOf(numberId)).state).toBe("active");
    expect(await database().assignment.count({ where: { phoneNumberId: numberId } })).toBe(0);
  });

  test.each(["before", "after"] as const)(
    "killed while the carrier answers slowly, having sold %s the wait: recovered here, bought once",
    async (when) => {
      const ctx = await openOrganization();
      const phoneNumber = takeNumber();
      const delay = { kind: "delay", ms: 3_000, when };
      await desk.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour: delay });
      const script = fileURLToPath(new URL("../testing/buy-and-wait.ts", import.meta.url));
      const child = spawn(process.execPath, ["--import", "tsx", script, ctx.organizationId, phoneNumber], {
        env: process.env,
        stdio: "ignore",
      });
      await vi.waitFor(async () => expect(await desk.control.purchasesSent(phoneNumber)).toBe(1), {
        timeout: 45_000,
        interval: 50,
      });
      child.kill("SIGKILL");
      const [, signal] = await once(child, "exit");
      expect(signal).toBe("SIGKILL");

      const left = await database().phoneNumber.findFirstOrThrow({ where: { phoneNumber } });
      expect(left.state).toBe("calling");
      // Not before its lease ends: the process might still be alive.
      await recoverUnfinished();
      expect((await rowOf(left.id)).fence).toBe(left.fence);
      await endLeases();
      await settleEverything(45_000);
      const settled = await rowOf(left.id);
      const { owned } = await desk.control.books();
      const sid = owned.find((number) => number.phone_number === phoneNumber)?.sid;
      expect(settled).toMatchObject({ state: "active", carrierNumberId: sid });
      expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
      expect(await database().ledgerLine.count({ where: { phoneNumberId: left.id } })).toBe(1);
    },
    120_000,
  );
});

describe("a purchase nobody heard of again", () => {
  test("counts as not made only after the whole quiet window and six looks", async () => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const cases = [
      { lookups: 5, calledSecondsAgo: 3, state: "unknown" },
      { lookups: 4, calledSecondsAgo: 600, state: "unknown" },
      { lookups: 0, calledSecondsAgo: 600, state: "unknown" },
      { lookups: 5, calledSecondsAgo: 7, state: "failed" },
      { lookups: 30, calledSecondsAgo: 7, state: "failed" },
    ] as const;
    for (const { state, ...left } of cases) {
      const { numberId, orderId } = await insertPurchase(ctx, takeNumber(), { state: "unknown", ...left });
      await recoverUnfinished();
      const row = await rowOf(numberId);
      expect({ ...left, state: row.state }).toEqual({ ...left, state });
      const settled = state === "failed" ? { lookups: left.lookups } : { lookups: left.lookups + 1 };
      expect(row).toMatchObject(settled);
      if (state === "unknown") expect(row.nextCheckAt).not.toBeNull();
      else
        expect(await orderOf(orderId)).toMatchObject({ status: "refused", errorCode: "number_unavailable" });
    }
    await settleEverything(45_000);
  }, 90_000);

  test("a carrier that cannot be read gives no verdict, however long it takes", async () => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const left = { state: "unknown", lookups: 5, calledSecondsAgo: 3600 } as const;
    const { numberId, tag } = await insertPurchase(ctx, takeNumber(), left);
    for (const kind of ["error_500_before", "reset_before", "garble", "status_429"]) {
      await desk.control.arm({ operation: "list", times: 0, behaviour: { kind } });
      await endLeases();
      expect(await recoverUnfinished()).toBe(1);
      expect(await rowOf(numberId), kind).toMatchObject({ state: "unknown", lookups: 5, live: true });
      await desk.control.disarm();
    }
    await desk.control.own((await rowOf(numberId)).phoneNumber, { friendly_name: tag });
    await endLeases();
    await recoverUnfinished();
    expect((await rowOf(numberId)).state).toBe("active");
  });
});

describe("who may write", () => {
  test("ten recoveries at once settle a purchase once", async () => {
    const ctx = await openOrganization();
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      const phoneNumber = takeNumber();
      const { numberId, tag } = await insertPurchase(ctx, phoneNumber, { state: "unknown" });
      await desk.control.own(phoneNumber, { friendly_name: tag });
      ids.push(numberId);
    }
    const taken = await Promise.all(Array.from({ length: 10 }, () => recoverUnfinished()));
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(12);
    const events = await database().auditEvent.groupBy({
      by: ["objectId"],
      where: { objectId: { in: ids }, action: "phone_number.purchased" },
      _count: true,
    });
    expect(events.map((event) => event._count)).toEqual(Array(12).fill(1));
  });

  test("with an old fence nothing is written: not bought, not refused, not postponed", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const { numberId, orderId, tag } = await insertPurchase(ctx, phoneNumber, { state: "calling" });
    const stale = { numberId, orderId, phoneNumber, fence: 1 };
    await desk.control.own(phoneNumber, { friendly_name: tag });
    await database().phoneNumber.update({ where: { id: numberId }, data: { fence: 2 } });
    const owned = {
      carrierNumberId: `PN${"9".repeat(32)}`,
      phoneNumber,
      tag,
      voiceUrl: "",
      capabilities: null,
      createdAt: null,
    };
    expect(await confirmPurchase(ctx, stale, owned)).toBe(false);
    expect(await refusePurchase(ctx, stale, soldOut)).toBe(false);
    expect(await postponePurchase(ctx, stale)).toBeNull();
    expect(await rowOf(numberId)).toMatchObject({ state: "calling", fence: 2, carrierNumberId: null });
    expect((await orderOf(orderId)).status).toBe("pending");
    await endLeases();
    await recoverUnfinished();
    expect((await rowOf(numberId)).state).toBe("active");
  });

  test("a request that is overtaken by recovery tells what recovery found", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const behaviour = { kind: "delay", ms: 2_500, when: "after" };
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour });
    const buying = buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
    await vi.waitFor(async () => {
      const { owned } = await desk.control.books();
      expect(owned.some((number) => number.phone_number === phoneNumber)).toBe(true);
    });
    await endLeases();
    await recoverUnfinished();
    expect(await buying).toMatchObject({ outcome: "bought", number: { status: "active" } });
    const { id } = (await buying).number;
    expect(await database().ledgerLine.count({ where: { phoneNumberId: id } })).toBe(1);
    const purchased = { objectId: id, action: "phone_number.purchased" };
    expect(await database().auditEvent.count({ where: purchased })).toBe(1);
  });
});
