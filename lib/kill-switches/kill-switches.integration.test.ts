import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import type { AppError } from "../errors";
import { newId } from "../ids";
import { scopesFor } from "../permissions";
import { buyPhoneNumber, releasePhoneNumber } from "../phone-numbers";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { expectBooksAgree } from "../testing/oracle";
import { codeOf } from "../testing/outcome";
import { liftKillSwitch, listKillSwitches, requireReleasing, setKillSwitch } from ".";
import type { SetKillSwitchBody } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;
let operator: Ctx;
let admin: Ctx;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
  operator = await openOrganization({ operator: true });
  admin = await openOrganization({ role: "admin" });
});
afterEach(async () => {
  await desk.control.disarm();
  await database().killSwitch.deleteMany();
});
afterAll(() => desk.close());

const buy = (ctx: Ctx, phoneNumber = takeNumber()) =>
  buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
const release = (ctx: Ctx, phoneNumber: string) => releasePhoneNumber(ctx, { phoneNumber, unassign: false });
const stop = (ctx: Ctx, input: Partial<SetKillSwitchBody> = {}) =>
  setKillSwitch(ctx, { act: "buying", reach: "organization", reason: "Prices are under review.", ...input });
const withRole = (ctx: Ctx, role: Parameters<typeof scopesFor>[0]): Ctx => ({
  ...ctx,
  scopes: scopesFor(role),
});
const auditOf = (ctx: Ctx, objectId: string) =>
  database().auditEvent.findMany({
    where: { organizationId: ctx.organizationId, objectId },
    orderBy: { id: "asc" },
    select: { action: true, actorId: true, after: true, before: true },
  });

describe("what is stopped", () => {
  test("buying: nothing is claimed, the carrier hears nothing, releasing goes on, and lifted it sells again", async () => {
    const { number } = await buy(admin);
    const { id } = await stop(admin);
    const phoneNumber = takeNumber();
    const refused = await buy(admin, phoneNumber).catch((error: AppError) => error);
    expect(refused).toMatchObject({
      code: "buying_stopped",
      message: "Buying numbers is stopped: Prices are under review. Nothing was done.",
    });
    expect(await database().phoneNumber.count({ where: { phoneNumber } })).toBe(0);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    expect(await codeOf(release(admin, number.id))).toBe("done");
    await liftKillSwitch(admin, id);
    expect(await codeOf(buy(admin, phoneNumber))).toBe("done");
    await expectBooksAgree(desk.control);
  });

  test("releasing: the number stays as it is, and buying goes on", async () => {
    const { number } = await buy(admin);
    await stop(admin, { act: "releasing", reason: "Under review" });
    const refused = await release(admin, number.id).catch((error: AppError) => error);
    expect(refused).toMatchObject({
      code: "releasing_stopped",
      message: "Releasing numbers is stopped: Under review. Nothing was done.",
    });
    const row = await database().phoneNumber.findUniqueOrThrow({ where: { id: number.id } });
    expect(row.state).toBe("active");
    expect(await codeOf(buy(admin))).toBe("done");
    await expectBooksAgree(desk.control);
  });

  test.each([
    [
      "one organization",
      (): Partial<SetKillSwitchBody> => ({ organization_id: admin.organizationId }),
      ["done", "buying_stopped"],
    ],
    [
      "an account",
      (): Partial<SetKillSwitchBody> => ({ reach: "managed_account", managed_account_id: "default" }),
      ["buying_stopped", "buying_stopped"],
    ],
    [
      "everything",
      (): Partial<SetKillSwitchBody> => ({ reach: "installation" }),
      ["buying_stopped", "buying_stopped"],
    ],
  ])("by the operator for %s", async (_, reach, expected) => {
    await stop(operator, reach());
    expect([await codeOf(buy(operator)), await codeOf(buy(admin))]).toEqual(expected);
  });

  test("a switch on one account leaves another alone", async () => {
    const other = await database().managedAccount.create({
      data: { id: newId("mac"), carrier: "twilio", carrierAccountId: "ACother", name: "Other" },
    });
    const reach = { reach: "managed_account", managed_account_id: other.id } as const;
    await stop(operator, reach);
    await stop(operator, { ...reach, act: "releasing" });
    const { number } = await buy(admin);
    expect(await codeOf(release(admin, number.id))).toBe("done");
    const there = { organizationId: admin.organizationId, managedAccountId: other.id };
    expect(await codeOf(requireReleasing(database(), there))).toBe("releasing_stopped");
  });

  test("by another process: the very next purchase is refused", async () => {
    const elsewhere = new Client({ connectionString: desk.databaseUrl });
    await elsewhere.connect();
    try {
      for (let round = 0; round < 5; round += 1) {
        await elsewhere.query(
          "INSERT INTO kill_switch (id, act, reason, set_by) VALUES ('ks_elsewhere', 'buying', 'Stop.', '{}')",
        );
        expect(await codeOf(buy(admin))).toBe("buying_stopped");
        await elsewhere.query("DELETE FROM kill_switch WHERE id = 'ks_elsewhere'");
        expect(await codeOf(buy(admin))).toBe("done");
      }
    } finally {
      await elsewhere.end();
    }
  });

  test("a purchase that has claimed its number and not called the carrier yet is given up", async () => {
    const phoneNumber = takeNumber();
    // The look before the purchase is where it waits, claimed.
    await desk.control.arm({
      operation: "list",
      phone_number: phoneNumber,
      behaviour: { kind: "delay", ms: 1_000, when: "before" },
    });
    const buying = buy(admin, phoneNumber).catch((error: AppError) => error);
    const claimed = { phoneNumber, state: "claimed" as const };
    await vi.waitFor(async () => expect(await database().phoneNumber.count({ where: claimed })).toBe(1));
    await stop(admin);
    const refused = await buying;
    expect(refused).toMatchObject({ code: "buying_stopped" });
    const row = await database().phoneNumber.findFirstOrThrow({
      where: { phoneNumber },
      select: { state: true, orders: { select: { id: true, status: true, errorCode: true } } },
    });
    const [order] = row.orders;
    expect(row).toMatchObject({
      state: "failed",
      orders: [{ status: "refused", errorCode: "buying_stopped" }],
    });
    expect((refused as AppError).extra.purchase_order_id).toBe(order?.id);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    await expectBooksAgree(desk.control);
  });
});

describe("who may", () => {
  test("stopping is for those who may manage carrier accounts, going on for those who may release", async () => {
    const staff = withRole(admin, "operator");
    const { id, can_lift } = await stop(staff);
    expect(can_lift).toBe(false);
    expect(await codeOf(liftKillSwitch(staff, id))).toBe("missing_scope");
    expect(await codeOf(stop(withRole(admin, "viewer")))).toBe("missing_scope");
    const [listed] = (await listKillSwitches(admin)).data;
    expect(listed).toMatchObject({ id, can_lift: true });
    expect(await codeOf(liftKillSwitch(admin, id))).toBe("done");
    expect(await codeOf(liftKillSwitch(admin, id))).toBe("not_found");
  });

  test("beyond their own organization only those who run the installation", async () => {
    const other = await openOrganization();
    expect(await codeOf(stop(admin, { reach: "installation" }))).toBe("missing_scope");
    expect(await codeOf(stop(admin, { reach: "managed_account", managed_account_id: "default" }))).toBe(
      "missing_scope",
    );
    expect(await codeOf(stop(admin, { organization_id: other.organizationId }))).toBe("not_found");
    expect(await codeOf(stop(admin, { organization_id: newId("org") }))).toBe("not_found");
    expect(await codeOf(stop(operator, { organization_id: newId("org") }))).toBe("not_found");
    expect(await codeOf(stop(operator, { reach: "managed_account", managed_account_id: "mac_none" }))).toBe(
      "not_found",
    );
    expect(await database().killSwitch.count()).toBe(0);
    expect(await codeOf(stop(admin, { organization_id: admin.organizationId }))).toBe("done");
  });

  test("what the operator has set is seen by whom it stops, lifted by the operator alone, and not taken over", async () => {
    const { id } = await stop(operator, { organization_id: admin.organizationId, reason: "Unpaid." });
    const [seen] = (await listKillSwitches(admin)).data;
    expect(seen).toMatchObject({
      id,
      reach: "organization",
      name: "Test organization",
      reason: "Unpaid.",
      set_by: { kind: "user", name: "Whoever runs this installation" },
      can_lift: false,
    });
    expect(await stop(admin, { reason: "Our own." })).toMatchObject({
      id,
      reason: "Unpaid.",
      can_lift: false,
    });
    expect(await codeOf(liftKillSwitch(admin, id))).toBe("missing_scope");
    expect(await database().killSwitch.count()).toBe(1);
    expect(await codeOf(liftKillSwitch(operator, id))).toBe("done");
  });

  test("what an organization has set for itself the operator takes over by setting it too", async () => {
    const { id } = await stop(admin);
    expect(await stop(operator, { organization_id: admin.organizationId, reason: "Unpaid." })).toMatchObject({
      id,
    });
    expect(await codeOf(liftKillSwitch(admin, id))).toBe("missing_scope");
  });

  test("another organization's is as if it never was", async () => {
    const other = await openOrganization();
    const { id } = await stop(other);
    expect((await listKillSwitches(admin)).data).toEqual([]);
    expect(await codeOf(liftKillSwitch(admin, id))).toBe("not_found");
    expect((await listKillSwitches(operator)).data).toMatchObject([{ id, can_lift: true }]);
  });
});

describe("once more", () => {
  test("the same replaces the reason, also from two sides at once", async () => {
    const { id, created_at } = await stop(admin, { reason: "First." });
    expect(await stop(admin, { reason: "Second." })).toMatchObject({ id, reason: "Second.", created_at });
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        stop(operator, { reach: "installation", reason: `Reason ${index}.` }),
      ),
    );
    expect(new Set(all.map((killSwitch) => killSwitch.id)).size).toBe(1);
    expect(await database().killSwitch.count()).toBe(2);
  });

  test("of two who lift it, one does, and the other is told it is gone", async () => {
    const { id } = await stop(admin);
    const outcomes = await Promise.all([1, 2].map(() => codeOf(liftKillSwitch(admin, id))));
    expect(outcomes.sort()).toEqual(["done", "not_found"]);
  });
});

test("each change is in the log of the organization that made it, so that no other reads a person's name there", async () => {
  const own = await stop(admin, { reason: "Ours." });
  const theirs = await stop(operator, { organization_id: admin.organizationId, act: "releasing" });
  const everywhere = await stop(operator, { reach: "installation" });
  for (const { id } of [own, theirs, everywhere]) await liftKillSwitch(operator, id);
  const byOperator = { actorId: operator.actor.id };
  const before = { act: "buying", reason: "Ours." };
  expect(await auditOf(admin, own.id)).toMatchObject([
    { action: "kill_switch.set", actorId: admin.actor.id, after: before },
  ]);
  expect(await auditOf(operator, own.id)).toMatchObject([
    { action: "kill_switch.lifted", ...byOperator, before },
  ]);
  expect(await auditOf(admin, theirs.id)).toEqual([]);
  expect(await auditOf(operator, theirs.id)).toMatchObject([byOperator, byOperator]);
  expect(await auditOf(admin, everywhere.id)).toEqual([]);
  expect(await auditOf(operator, everywhere.id)).toMatchObject([byOperator, byOperator]);
});
