import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { scopesFor } from "../permissions";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { actionsOf, openBoughtNumber } from "../testing/numbers";
import { expectBooksAgree } from "../testing/oracle";
import { outcomeOf } from "../testing/outcome";
import { openOwnTrunk } from "../testing/rows";
import {
  getPhoneNumber,
  planRelease,
  registerPhoneNumber,
  releasePhoneNumber,
  undoRelease,
  updatePhoneNumber,
} from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectBooksAgree(desk.control);
  await desk.close();
});

const openNumber = (ctx: Ctx) => openBoughtNumber(ctx, takeNumber());
const setLock = (ctx: Ctx, phoneNumber: string, locked: boolean, expectedVersion?: number) =>
  updatePhoneNumber(ctx, { phoneNumber, changes: { locked }, expectedVersion });
const release = (ctx: Ctx, phoneNumber: string, more: object = {}) =>
  releasePhoneNumber(ctx, { phoneNumber, unassign: true, ...more });

describe("a locked number", () => {
  test("is neither released nor held nor detached; a plan says why", async () => {
    const ctx = await openOrganization();
    const { id } = await openNumber(ctx);
    const own = await registerPhoneNumber(ctx, {
      phone_number: takeNumber(),
      trunk_id: await openOwnTrunk(ctx),
    });
    for (const { number, verb } of [
      { number: await setLock(ctx, id, true), verb: "release" },
      { number: await setLock(ctx, own.id, true), verb: "detach" },
    ]) {
      expect(number.locked).toBe(true);
      await expect(release(ctx, number.id)).rejects.toMatchObject({
        code: "number_locked",
        message: `This number is locked. Unlock it before you ${verb} it.`,
      });
      expect(await planRelease(ctx, { phoneNumber: number.id, unassign: true })).toMatchObject({
        can_release: false,
        reason: `This number is locked. Unlock it before you ${verb} it.`,
      });
      expect(await getPhoneNumber(ctx, number.id)).toEqual(number);
    }
    await expect(release(ctx, id, { hold: 7 })).rejects.toMatchObject({ code: "number_locked" });
    await setLock(ctx, id, false);
    expect((await release(ctx, id)).outcome).toBe("released");
  });

  test("can be edited as ever, and locking it twice is locking it once", async () => {
    const ctx = await openOrganization();
    const { id } = await openNumber(ctx);
    const locked = await setLock(ctx, id, true);
    expect(await setLock(ctx, id, true)).toEqual(locked);
    const labelled = await updatePhoneNumber(ctx, { phoneNumber: id, changes: { label: "Support" } });
    expect(labelled).toMatchObject({ locked: true, label: "Support" });
    expect((await actionsOf(id)).filter((action) => action === "phone_number.updated")).toHaveLength(2);
    const updated = { objectId: id, action: "phone_number.updated" };
    const event = await database().auditEvent.findFirstOrThrow({ where: updated, orderBy: { id: "asc" } });
    expect([event.before, event.after]).toMatchObject([{ locked: false }, { locked: true }]);
  });

  test("PostgreSQL itself keeps it from leaving", async () => {
    const ctx = await openOrganization();
    const { id } = await openNumber(ctx);
    await database().assignment.deleteMany({ where: { phoneNumberId: id } });
    await setLock(ctx, id, true);
    const sql = new Client({ connectionString: desk.databaseUrl });
    await sql.connect();
    for (const state of ["held", "releasing"]) {
      const leave = "UPDATE phone_number SET state = $2::number_state, next_check_at = now() WHERE id = $1";
      expect(await outcomeOf(sql, leave, [id, state])).toBe("phone_number_locked_stays");
    }
    await sql.end();
  });
});

describe("who may lock and unlock", () => {
  test("an operator locks, but does not unlock", async () => {
    const ctx = await openOrganization();
    const { id } = await openNumber(ctx);
    const operator = { ...ctx, scopes: scopesFor("operator") };
    const locked = await setLock(operator, id, true);
    await expect(setLock(operator, id, false)).rejects.toMatchObject({
      code: "missing_scope",
      extra: { scopes: ["phone_numbers:release"] },
    });
    expect(await getPhoneNumber(ctx, id)).toEqual(locked);
    await expect(setLock({ ...ctx, scopes: scopesFor("viewer") }, id, true)).rejects.toMatchObject({
      code: "missing_scope",
    });
  });

  test("nobody by an old version, of another organization, or once the number is not active", async () => {
    const [ctx, others] = [await openOrganization(), await openOrganization()];
    const { id } = await openNumber(ctx);
    const { version } = await getPhoneNumber(ctx, id);
    await expect(setLock(ctx, id, true, version - 1)).rejects.toMatchObject({ code: "stale_edit" });
    await expect(setLock(others, id, true)).rejects.toMatchObject({ code: "not_found" });
    await release(ctx, id, { hold: 7 });
    await expect(setLock(ctx, id, true)).rejects.toMatchObject({ code: "number_not_active" });
    await undoRelease(ctx, { phoneNumber: id });
    expect((await setLock(ctx, id, true)).locked).toBe(true);
  });

  test("locking while somebody releases: locked and here, or gone, never both", async () => {
    const ctx = await openOrganization();
    for (let round = 0; round < 6; round += 1) {
      const { id } = await openNumber(ctx);
      const acts = [() => setLock(ctx, id, true), () => release(ctx, id, round % 3 ? {} : { hold: 7 })];
      const results = await Promise.allSettled((round % 2 ? acts : acts.reverse()).map((act) => act()));
      const codes = results.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
      const { locked, status } = await getPhoneNumber(ctx, id);
      expect(codes).toEqual([locked ? "number_locked" : "number_not_active"]);
      expect(status === "active").toBe(locked);
    }
  });
});
