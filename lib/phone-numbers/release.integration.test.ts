import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { enterSafeMode } from "../installation";
import { scopesFor } from "../permissions";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { actionsOf, openBoughtNumber } from "../testing/numbers";
import { endLeases, expectBooksAgree } from "../testing/oracle";
import { insertNumber, moveToLostAccount } from "../testing/rows";
import { endSafeModeNow, stopReleasing } from "../testing/stops";
import {
  assignSlot,
  buyPhoneNumber,
  getPhoneNumber,
  planRelease,
  recoverUnfinished,
  releasePhoneNumber,
} from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "3" });
});
afterEach(() => desk.control.disarm());
afterAll(() => desk.close());

const openNumber = (ctx: Ctx, inUse = true) => openBoughtNumber(ctx, takeNumber(), inUse);
const release = (ctx: Ctx, phoneNumber: string, unassign = true, expectedVersion?: number) =>
  releasePhoneNumber(ctx, { phoneNumber, unassign, expectedVersion });
const deletesOf = async (phoneNumber: string) =>
  (await desk.control.books()).deletes.filter((entry) => entry.phone_number === phoneNumber).length;

describe("giving a number back", () => {
  test("repeated, at once or later, is one DELETE and the same answer", async () => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const { phoneNumber, id } = await openNumber(ctx);
    const told = await Promise.all(Array.from({ length: 10 }, () => release(ctx, phoneNumber)));
    for (const { outcome } of told) expect(["released", "releasing"]).toContain(outcome);
    expect(await release(ctx, id)).toMatchObject({ outcome: "released", number: { status: "released" } });
    expect(await deletesOf(phoneNumber)).toBe(1);
    expect(await database().releaseOrder.findMany({ where: { phoneNumberId: id } })).toMatchObject([
      { status: "released", errorCode: null },
    ]);
    expect(await buyPhoneNumber(ctx, "default", { phone_number: takeNumber() })).toMatchObject({
      outcome: "bought",
    });
  });

  test("needs the right to; an operator is told which", async () => {
    const ctx = await openOrganization();
    const { phoneNumber } = await openNumber(ctx);
    const operator = { ...ctx, scopes: scopesFor("operator") };
    for (const attempt of [
      release(operator, phoneNumber),
      planRelease(operator, { phoneNumber: phoneNumber, unassign: false }),
    ])
      await expect(attempt).rejects.toMatchObject({
        code: "missing_scope",
        extra: { scopes: ["phone_numbers:release"] },
      });
    expect(await deletesOf(phoneNumber)).toBe(0);
  });

  test("a number in use names who uses it and stays", async () => {
    const ctx = await openOrganization();
    const { phoneNumber } = await openNumber(ctx);
    const before = await getPhoneNumber(ctx, phoneNumber);
    await expect(release(ctx, phoneNumber, false)).rejects.toMatchObject({
      code: "number_in_use",
      message: expect.stringMatching(/Anna \((in|out)bound\) and Anna \((in|out)bound\)/),
    });
    expect(await getPhoneNumber(ctx, phoneNumber)).toEqual(before);
    expect(await deletesOf(phoneNumber)).toBe(0);
  });

  test("a stale edit releases nothing", async () => {
    const ctx = await openOrganization();
    const { phoneNumber } = await openNumber(ctx);
    const { version } = await getPhoneNumber(ctx, phoneNumber);
    await expect(release(ctx, phoneNumber, true, version - 1)).rejects.toMatchObject({ code: "stale_edit" });
    expect(await deletesOf(phoneNumber)).toBe(0);
    expect((await release(ctx, phoneNumber, true, version)).outcome).toBe("released");
  });

  test("another organization's number is as if it never was", async () => {
    const [ctx, others] = [await openOrganization(), await openOrganization()];
    const { phoneNumber, id } = await openNumber(others);
    for (const named of [phoneNumber, id, takeNumber()])
      await expect(release(ctx, named)).rejects.toMatchObject({
        code: "not_found",
        message: "There is no such phone number.",
      });
    expect(await deletesOf(phoneNumber)).toBe(0);
  });

  test("a number that was imported is never released", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const id = await insertNumber(ctx, phoneNumber, { source: "imported" });
    await expect(release(ctx, phoneNumber)).rejects.toMatchObject({ code: "number_not_managed" });
    expect(await planRelease(ctx, { phoneNumber: phoneNumber, unassign: false })).toMatchObject({
      can_release: false,
    });
    expect(
      (await desk.control.requests()).filter(
        (request) => request.operation === "release" && request.path.includes(id),
      ),
    ).toEqual([]);
    await database().phoneNumber.delete({ where: { id } });
  });

  test("a number the carrier no longer has counts as released, because that was the intent", async () => {
    const ctx = await openOrganization();
    const { phoneNumber } = await openNumber(ctx, false);
    await desk.control.disown(phoneNumber);
    expect((await release(ctx, phoneNumber)).outcome).toBe("released");
  });
});

describe("a release that cannot be sent", () => {
  test("is planned as one, while releasing is stopped and in safe mode", async () => {
    const ctx = await openOrganization();
    const { phoneNumber } = await openNumber(ctx, false);
    const plan = () => planRelease(ctx, { phoneNumber, unassign: false });
    const lift = await stopReleasing({ organizationId: ctx.organizationId });
    expect(await plan()).toMatchObject({
      can_release: false,
      reason: "Releasing numbers is stopped: Under review. Nothing was done.",
    });
    await lift();
    await enterSafeMode("The database went back in time.");
    const unsafe = await plan();
    await endSafeModeNow();
    expect(unsafe).toMatchObject({
      can_release: false,
      reason: expect.stringContaining("The database went back in time."),
    });
    expect(await plan()).toMatchObject({ can_release: true, reason: null });
  });

  test("without credentials for its account, nothing is done, nor held, and a release of before is told again", async () => {
    const ctx = await openOrganization();
    const [waiting, gone] = [await openNumber(ctx), await openNumber(ctx)];
    await release(ctx, gone.id);
    const before = await getPhoneNumber(ctx, waiting.id);
    const input = { phoneNumber: waiting.id, unassign: true };
    const moveBack = [await moveToLostAccount(waiting.id), await moveToLostAccount(gone.id)];
    for (const hold of [undefined, 7]) {
      await expect(releasePhoneNumber(ctx, { ...input, hold })).rejects.toMatchObject({
        code: "carrier_unreachable",
        message: expect.stringContaining("Nothing was done."),
      });
      expect(await planRelease(ctx, { ...input, hold })).toMatchObject({
        can_release: false,
        reason: expect.stringContaining("no credentials"),
      });
    }
    expect((await release(ctx, gone.id)).outcome).toBe("released");
    for (const move of moveBack) await move();
    expect(await getPhoneNumber(ctx, waiting.id)).toEqual(before);
    expect((await release(ctx, waiting.id)).outcome).toBe("released");
  });
});

describe("a release that goes wrong", () => {
  test("refused: active again with its slots as they were, and the reason told and kept", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx);
    const before = await getPhoneNumber(ctx, phoneNumber);
    const behaviour = { kind: "refuse", code: 21404, message: "Port in progress" };
    await desk.control.arm({ operation: "release", phone_number: phoneNumber, behaviour });
    await expect(release(ctx, phoneNumber)).rejects.toMatchObject({
      code: "carrier_refused",
      message: "The carrier refused: Port in progress. The number stays with you as it was.",
      extra: { carrier_code: "21404" },
    });
    const after = await getPhoneNumber(ctx, phoneNumber);
    expect(after).toMatchObject({ status: "active", inbound: before.inbound, outbound: before.outbound });
    expect(after.renews_on).toBe(before.renews_on);
    expect(await database().releaseOrder.findFirstOrThrow({ where: { phoneNumberId: id } })).toMatchObject({
      status: "refused",
      errorCode: "carrier_refused",
      carrierCode: "21404",
    });
    expect((await actionsOf(id)).slice(-5)).toEqual([
      "phone_number.unassigned",
      "phone_number.release_requested",
      "phone_number.release_refused",
      "phone_number.assigned",
      "phone_number.assigned",
    ]);
    expect((await release(ctx, phoneNumber)).outcome).toBe("released");
  });

  test.each([
    ["reset before", { kind: "reset_before" }],
    ["reset after", { kind: "reset_after" }],
    ["500 before", { kind: "error_500_before" }],
    ["500 after", { kind: "error_500_after" }],
    ["hangs, done", { kind: "hang_after" }],
    ["hangs, not done", { kind: "hang_before" }],
    ["too busy", { kind: "status_429" }],
  ])("%s: on its way until a read says more, then released, deleted once", async (_, behaviour) => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx);
    await desk.control.arm({ operation: "release", phone_number: phoneNumber, behaviour });
    expect(await release(ctx, phoneNumber)).toMatchObject({
      outcome: "releasing",
      number: { status: "releasing" },
    });
    expect(await database().assignment.count({ where: { phoneNumberId: id } })).toBe(0);
    await endLeases();
    await Promise.all([recoverUnfinished(), recoverUnfinished()]);
    expect(await getPhoneNumber(ctx, id)).toMatchObject({ status: "released", renews_on: null });
    expect(await deletesOf(phoneNumber)).toBe(1);
    expect((await actionsOf(id)).filter((action) => action === "phone_number.released")).toHaveLength(1);
  });

  test("refused when recovery tries again: active with its slots", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx);
    await desk.control.arm({
      operation: "release",
      phone_number: phoneNumber,
      behaviour: { kind: "reset_before" },
    });
    await release(ctx, phoneNumber);
    const behaviour = { kind: "refuse", code: 21404 };
    await desk.control.arm({ operation: "release", phone_number: phoneNumber, behaviour });
    await endLeases();
    await recoverUnfinished();
    expect(await getPhoneNumber(ctx, id)).toMatchObject({
      status: "active",
      inbound: { version: 1, follows_latest: false },
      outbound: { version: 2, follows_latest: true },
    });
  });

  test("a carrier that cannot be read is asked nothing irreversible", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx, false);
    await desk.control.arm({
      operation: "release",
      phone_number: phoneNumber,
      behaviour: { kind: "reset_before" },
    });
    await release(ctx, phoneNumber);
    await desk.control.arm({ operation: "fetch", times: 0, behaviour: { kind: "error_500_before" } });
    await endLeases();
    await recoverUnfinished();
    expect((await getPhoneNumber(ctx, id)).status).toBe("releasing");
    expect(await deletesOf(phoneNumber)).toBe(0);
    await desk.control.disarm();
    await endLeases();
    await recoverUnfinished();
    expect((await getPhoneNumber(ctx, id)).status).toBe("released");
  });

  test("the looks its purchase took long ago do not slow a release down", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, id } = await openNumber(ctx, false);
    await database().phoneNumber.update({ where: { id }, data: { lookups: 5 } });
    await desk.control.arm({
      operation: "release",
      phone_number: phoneNumber,
      behaviour: { kind: "reset_before" },
    });
    await release(ctx, phoneNumber);
    expect(await database().phoneNumber.findUniqueOrThrow({ where: { id } })).toMatchObject({ lookups: 0 });
    await endLeases();
    await recoverUnfinished();
  });

  test("afterwards the books agree", () => expectBooksAgree(desk.control));
});

describe("assigning while releasing", () => {
  test("fifty rounds: never both, whoever wins", async () => {
    const ctx = await openOrganization({ numberLimit: 60 });
    const agentId = await openAgent(ctx);
    let [assigned, released] = [0, 0];
    for (let round = 0; round < 50; round += 1) {
      const phoneNumber = takeNumber();
      const { number } = await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
      const assign = assignSlot(ctx, {
        phoneNumber,
        direction: "inbound",
        agent_id: agentId,
        version: "latest",
        replace: true,
      });
      const both =
        round % 2 ? [assign, release(ctx, phoneNumber, false)] : [release(ctx, phoneNumber, false), assign];
      const codes = (await Promise.allSettled(both)).flatMap((result) =>
        result.status === "rejected" ? [result.reason.code] : [],
      );
      for (const code of codes) expect(["number_in_use", "number_not_active"]).toContain(code);
      const { status, inbound } = await getPhoneNumber(ctx, number.id);
      expect(["active with a slot", "released"]).toContain(inbound ? `${status} with a slot` : status);
      if (inbound) assigned += 1;
      else released += 1;
      expect(await deletesOf(phoneNumber)).toBe(inbound ? 0 : 1);
    }
    expect(assigned + released).toBe(50);
  }, 90_000);
});
