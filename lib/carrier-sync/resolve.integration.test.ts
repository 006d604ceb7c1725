import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chargeFirstPeriod, isoDate, renewDueNumbers } from "../billing";
import { asOrganizationId, type Ctx } from "../context";
import { database } from "../db/client";
import { inTransaction } from "../db/transaction";
import { type FailPoint, failPointControl } from "../fail-points";
import { newId } from "../ids";
import { carrierOf, getManagedAccountOrThrow } from "../managed-accounts";
import { scopesFor } from "../permissions";
import { assignSlot, buyPhoneNumber, getPhoneNumber } from "../phone-numbers";
import { voiceUrlOf } from "../phone-numbers/wiring";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { endLeases, settleEverything } from "../testing/oracle";
import { insertDrift, insertNumber, newCarrierNumberId } from "../testing/rows";
import { getDrift, listDrifts, resolveDrift, syncAccount } from ".";
import type { Drift, DriftAction } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;
/** Of the organization that runs the installation. */
let operator: Ctx;
let ctx: Ctx;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_FAIL_POINTS: "on", LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "3" });
});
beforeEach(async () => {
  await desk.control.reset();
  operator = await openOrganization();
  await database().organization.update({
    where: { id: operator.organizationId },
    data: { operatesInstallation: true },
  });
  ctx = await openOrganization();
});
afterEach(async () => {
  delete failPointControl.reach;
  await settleEverything();
  await database().killSwitch.deleteMany();
  await database().drift.deleteMany();
  await database().$executeRaw`DELETE FROM assignment`;
  await database().$executeRaw`
    UPDATE phone_number SET state = 'failed', locked = false, next_check_at = NULL WHERE state <> 'failed'`;
});
afterAll(async () => {
  expect((await desk.control.books()).violations).toEqual([]);
  await desk.close();
});

const sync = () => syncAccount(desk.managedAccountId, { kind: "job", id: "test", name: "Test" });
const resolve = (as: Ctx, driftId: string, action: DriftAction) => resolveDrift(as, { driftId, action });
const rowOf = (id: string) => database().phoneNumber.findUniqueOrThrow({ where: { id } });
const linesOf = (id: string) => database().ledgerLine.findMany({ where: { phoneNumberId: id } });
const actionsOf = async (objectId: string) =>
  (await database().auditEvent.findMany({ where: { objectId }, orderBy: { id: "asc" } })).map(
    ({ action }) => action,
  );

async function atCarrier(phoneNumber: string) {
  const { owned } = await desk.control.books();
  return owned.find((number) => number.phone_number === phoneNumber);
}

/** The only open difference there is, as `as` sees it after a comparison. */
async function compareAndFind(as: Ctx): Promise<Drift> {
  await sync();
  const { data } = await listDrifts(as, { status: "open", limit: 50 });
  expect(data).toHaveLength(1);
  return data[0] as Drift;
}

/** A number somebody bought in the carrier's console. */
async function findUnknown(): Promise<Drift> {
  await desk.control.own(takeNumber(), {
    friendly_name: "by hand",
    voice_url: "https://elsewhere.example.com/",
  });
  return await compareAndFind(operator);
}

/** A purchase that was refused here and carried out late by the carrier. */
async function findLost(price: object = {}): Promise<Drift & { phone_number_id: string }> {
  const phoneNumber = takeNumber();
  const late = { state: "failed" as const, carrierNumberId: null, purchasedAt: null, ...price };
  const id = await insertNumber(ctx, phoneNumber, late);
  await desk.control.own(phoneNumber, { friendly_name: (await rowOf(id)).tag ?? "" });
  return { ...(await compareAndFind(ctx)), phone_number_id: id };
}

async function findRewired(): Promise<Drift & { phone_number_id: string }> {
  const { number } = await buyPhoneNumber(ctx, "default", { phone_number: takeNumber() });
  const { sid = "" } = (await atCarrier(number.phone_number)) ?? {};
  await desk.configure(sid, { VoiceUrl: "https://elsewhere.example.com/", FriendlyName: "Sales" });
  return { ...(await compareAndFind(ctx)), phone_number_id: number.id };
}

async function expectOurs(as: Ctx, id: string, phoneNumber: string): Promise<void> {
  const row = await rowOf(id);
  expect(row).toMatchObject({ organizationId: as.organizationId, state: "active", live: true });
  expect(await atCarrier(phoneNumber)).toMatchObject({
    sid: row.carrierNumberId,
    friendly_name: row.tag,
    voice_url: voiceUrlOf(id),
  });
}

/** The process stops at a place, as a crash would have it, and never gets any further. */
function crashAt(place: FailPoint): void {
  failPointControl.reach = async (name) => {
    if (name !== place) return;
    delete failPointControl.reach;
    throw new Error("crash");
  };
}

describe("adopting", () => {
  test("a number nothing here knew: it gets a row, our mark, a price and its first charge", async () => {
    const drift = await findUnknown();
    expect(drift).toMatchObject({
      kind: "unknown_number",
      actions: ["adopt", "give_back", "accept"],
      expected: null,
      phone_number_id: null,
      monthly_cost: null,
    });
    const adopted = await resolve(operator, drift.id, "adopt");
    expect(adopted).toMatchObject({
      status: "settled",
      resolution: "adopted",
      actions: [],
      resolved_by: { kind: "user", name: "Tess Test" },
      monthly_cost: { amount: "1.15", currency: "USD" },
    });
    const id = adopted.phone_number_id ?? "";
    await expectOurs(operator, id, drift.phone_number);
    const account = await getManagedAccountOrThrow(desk.managedAccountId);
    const owned = await carrierOf(account).getNumber(drift.observed?.carrier_number_id ?? "");
    const capabilities = owned?.capabilities;
    expect(capabilities).toMatchObject({ voice: true });
    expect(await getPhoneNumber(operator, id)).toMatchObject({ status: "active", drift: null, capabilities });
    expect(await linesOf(id)).toHaveLength(1);
    expect(await actionsOf(id)).toEqual(["phone_number.quarantined", "phone_number.adopted"]);
    expect(await sync()).toMatchObject({ status: "completed", drifts_seen: 0 });
    const agent_id = await openAgent(operator);
    await assignSlot(operator, {
      phoneNumber: id,
      direction: "inbound",
      agent_id,
      version: "latest",
      replace: false,
    });
  });

  test("a lost purchase: charged from today, at the price it was ordered for", async () => {
    const drift = await findLost({ monthlyCost: "0.90" });
    await desk.control.settings({ prices: { US: { local: "2.00" } } });
    expect(await resolve(ctx, drift.id, "adopt")).toMatchObject({ resolution: "adopted" });
    await expectOurs(ctx, drift.phone_number_id, drift.phone_number);
    expect((await linesOf(drift.phone_number_id)).map(({ amount }) => amount.toString())).toEqual(["0.9"]);
  });

  describe("a number that was ours until it was gone", () => {
    const day = 24 * 60 * 60 * 1000;

    /** Bought so many days ago; only its first month was ever charged. */
    async function findAgain(boughtDaysAgo: number) {
      const phoneNumber = takeNumber();
      const purchasedAt = new Date(Date.now() - boughtDaysAgo * day);
      const id = await insertNumber(ctx, phoneNumber, { state: "gone", purchasedAt });
      const { organizationId } = ctx;
      const charge = { organizationId, phoneNumberId: id, purchasedAt, amount: "1.15", currency: "USD" };
      await inTransaction((tx) => chargeFirstPeriod(tx, charge));
      await desk.control.own(phoneNumber, { friendly_name: (await rowOf(id)).tag ?? "" });
      const drift = await compareAndFind(ctx);
      expect(await resolve(ctx, drift.id, "adopt")).toMatchObject({ resolution: "adopted" });
      return { id, purchasedAt };
    }

    test("is not charged twice for a month that is paid, and its months go on as they did", async () => {
      const { id, purchasedAt } = await findAgain(10);
      expect(await linesOf(id)).toHaveLength(1);
      expect(await rowOf(id)).toMatchObject({ state: "active", purchasedAt });
      expect(await renewDueNumbers()).toBe(0);
      expect(await linesOf(id)).toHaveLength(1);
    });

    test("is charged from today when its month has ended, and not for the time between", async () => {
      const { id, purchasedAt } = await findAgain(75);
      const starts = (await linesOf(id)).map(({ periodStart }) => isoDate(periodStart)).sort();
      const today = (await rowOf(id)).purchasedAt ?? purchasedAt;
      expect(starts).toEqual([isoDate(purchasedAt), isoDate(today)]);
      expect(today.getTime()).toBeGreaterThan(purchasedAt.getTime());
      expect(await renewDueNumbers()).toBe(0);
    });
  });

  test("a lost purchase that nobody knew the price of: what the carrier asks now", async () => {
    const drift = await findLost({ monthlyCost: null, currency: null });
    await desk.control.settings({ prices: { US: { local: "1.37" } } });
    await resolve(ctx, drift.id, "adopt");
    expect((await linesOf(drift.phone_number_id)).map(({ amount }) => amount.toString())).toEqual(["1.37"]);
  });

  test.each<FailPoint>(["adopt.claimed", "adopt.marked", "adopt.moved"])(
    "stopped at %s, the same request finishes it, once",
    async (place) => {
      const drift = await findUnknown();
      crashAt(place);
      await expect(resolve(operator, drift.id, "adopt")).rejects.toThrow("crash");
      expect((await getDrift(operator, drift.id)).status).toBe("open");
      // A comparison in between changes nothing about it.
      await sync();
      const adopted = await resolve(operator, drift.id, "adopt");
      expect(adopted).toMatchObject({ id: drift.id, resolution: "adopted" });
      await expectOurs(operator, adopted.phone_number_id ?? "", drift.phone_number);
      expect(await database().phoneNumber.count({ where: { phoneNumber: drift.phone_number } })).toBe(1);
      expect(await linesOf(adopted.phone_number_id ?? "")).toHaveLength(1);
      expect(await resolve(operator, drift.id, "adopt")).toEqual(adopted);
      expect(await sync()).toMatchObject({ drifts_seen: 0 });
    },
  );

  test("asked for ten times at once, it happens once", async () => {
    const drift = await findUnknown();
    const told = await Promise.allSettled(
      Array.from({ length: 10 }, () => resolve(operator, drift.id, "adopt")),
    );
    const good = told.flatMap((each) => (each.status === "fulfilled" ? [each.value.resolution] : []));
    expect(new Set(good)).toEqual(new Set(["adopted"]));
    for (const each of told)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "drift_settled" });
    expect(await database().phoneNumber.count({ where: { phoneNumber: drift.phone_number } })).toBe(1);
    expect(await database().ledgerLine.count({ where: { organizationId: operator.organizationId } })).toBe(1);
  });

  test("is refused without room in the limit, while buying is stopped and in safe mode, and nothing is done", async () => {
    const drift = await findUnknown();
    const before = await atCarrier(drift.phone_number);
    const expectRefused = async (code: string) => {
      await expect(resolve(operator, drift.id, "adopt")).rejects.toMatchObject({ code });
      expect(await database().phoneNumber.count({ where: { phoneNumber: drift.phone_number } })).toBe(0);
    };
    const where = { id: operator.organizationId };
    await database().organization.update({ where, data: { numberLimit: 0 } });
    await expectRefused("number_limit_reached");
    await database().organization.update({ where, data: { numberLimit: 50 } });
    await database().killSwitch.create({
      data: { id: newId("ks"), act: "buying", reason: "Under review.", setBy: {} },
    });
    await expectRefused("buying_stopped");
    await database().killSwitch.deleteMany();
    await database()
      .$executeRaw`UPDATE installation SET safe_mode_since = now(), safe_mode_reason = 'Restored.'`;
    await expectRefused("safe_mode");
    await database().$executeRaw`UPDATE installation SET safe_mode_since = NULL, safe_mode_reason = NULL`;
    expect(await atCarrier(drift.phone_number)).toEqual(before);
  });

  test("is refused when somebody else holds the digits", async () => {
    const drift = await findUnknown();
    await insertNumber(ctx, drift.phone_number, {
      source: "byoc",
      managedAccountId: null,
      carrierNumberId: null,
      tag: null,
    });
    await expect(resolve(operator, drift.id, "adopt")).rejects.toMatchObject({ code: "number_unavailable" });
  });

  test("a number the carrier has no longer: refused, and the next comparison settles it", async () => {
    const drift = await findUnknown();
    await desk.control.disown(drift.phone_number);
    await expect(resolve(operator, drift.id, "adopt")).rejects.toMatchObject({ code: "drift_action_unfit" });
    expect((await sync()).status).toBe("completed");
    expect(await getDrift(operator, drift.id)).toMatchObject({ resolution: "disappeared" });
  });

  test.each(["reset_after", "error_500_after", "hang_after"])(
    "with the carrier's answer lost (%s) it is read back",
    async (kind) => {
      const drift = await findUnknown();
      await desk.control.arm({ operation: "update", behaviour: { kind } });
      expect(await resolve(operator, drift.id, "adopt")).toMatchObject({ resolution: "adopted" });
    },
  );

  test.each(["reset_before", "status_429"])(
    "with the mark not made (%s) nothing is charged, and repeating does it",
    async (kind) => {
      const drift = await findUnknown();
      await desk.control.arm({ operation: "update", behaviour: { kind } });
      await expect(resolve(operator, drift.id, "adopt")).rejects.toMatchObject({
        code: expect.stringMatching(/^carrier_/),
      });
      expect(await database().ledgerLine.count({ where: { organizationId: operator.organizationId } })).toBe(
        0,
      );
      expect(await resolve(operator, drift.id, "adopt")).toMatchObject({ resolution: "adopted" });
    },
  );
});

describe("giving back", () => {
  const deletes = async () => (await desk.control.books()).deletes;

  test("a number nothing here knew: it gets a row and our mark first, and is then released like any other", async () => {
    const drift = await findUnknown();
    const sid = drift.observed?.carrier_number_id;
    const given = await resolve(operator, drift.id, "give_back");
    expect(given).toMatchObject({ status: "settled", resolution: "given_back", actions: [] });
    expect(await atCarrier(drift.phone_number)).toBeUndefined();
    expect((await deletes()).map((entry) => entry.sid)).toEqual([sid]);
    const id = given.phone_number_id ?? "";
    expect(await rowOf(id)).toMatchObject({ state: "released", carrierNumberId: sid, live: false });
    expect(await linesOf(id)).toEqual([]);
    expect(await actionsOf(id)).toEqual([
      "phone_number.quarantined",
      "phone_number.release_requested",
      "phone_number.released",
    ]);
    expect(await resolve(operator, drift.id, "give_back")).toEqual(given);
    expect(await deletes()).toHaveLength(1);
  });

  test("a lost purchase, by its own row, and over the limit too", async () => {
    const drift = await findLost();
    await database().organization.update({ where: { id: ctx.organizationId }, data: { numberLimit: 0 } });
    expect(await resolve(ctx, drift.id, "give_back")).toMatchObject({ resolution: "given_back" });
    expect(await rowOf(drift.phone_number_id)).toMatchObject({ state: "released" });
  });

  test.each<FailPoint>([
    "give-back.claimed",
    "give-back.marked",
    "give-back.moved",
    "release.answered",
    "release.confirming",
  ])("stopped at %s, it is given back all the same, once, by repeating it or by recovery", async (place) => {
    const drift = await findUnknown();
    crashAt(place);
    await expect(resolve(operator, drift.id, "give_back")).rejects.toThrow("crash");
    await endLeases();
    await settleEverything();
    await sync();
    const given = await resolve(operator, drift.id, "give_back");
    expect(given).toMatchObject({ id: drift.id, status: "settled", resolution: "given_back" });
    expect(await atCarrier(drift.phone_number)).toBeUndefined();
    expect(await deletes()).toHaveLength(1);
    expect(await database().phoneNumber.count({ where: { phoneNumber: drift.phone_number } })).toBe(1);
  });

  test("with the carrier's answer lost it is on its way, its card stays, and recovery finishes it", async () => {
    const drift = await findUnknown();
    await desk.control.arm({ operation: "release", behaviour: { kind: "reset_before" } });
    const underWay = await resolve(operator, drift.id, "give_back");
    expect(underWay).toMatchObject({ status: "open", resolution: null, actions: [] });
    await sync();
    expect(await resolve(operator, drift.id, "give_back")).toMatchObject({ status: "open", actions: [] });
    await expect(resolve(operator, drift.id, "adopt")).rejects.toMatchObject({ code: "drift_action_unfit" });
    await endLeases();
    await settleEverything();
    await sync();
    expect(await getDrift(operator, drift.id)).toMatchObject({
      status: "settled",
      resolution: "given_back",
      resolved_by: { kind: "user", name: "Tess Test" },
    });
    expect(await deletes()).toHaveLength(1);
  });

  test("refused by the carrier it waits for a person again", async () => {
    const drift = await findLost();
    await desk.control.arm({ operation: "release", behaviour: { kind: "refuse", code: 21404 } });
    await expect(resolve(ctx, drift.id, "give_back")).rejects.toMatchObject({ code: "carrier_refused" });
    expect(await rowOf(drift.phone_number_id)).toMatchObject({ state: "quarantined" });
    expect(await getDrift(ctx, drift.id)).toMatchObject({
      status: "open",
      actions: ["adopt", "give_back", "accept"],
    });
    expect(await resolve(ctx, drift.id, "give_back")).toMatchObject({ resolution: "given_back" });
  });

  test("a second number with our tag goes, and the one it was copied from stays", async () => {
    const { number } = await buyPhoneNumber(ctx, "default", { phone_number: takeNumber() });
    const copy = takeNumber();
    await desk.control.own(copy, { friendly_name: (await rowOf(number.id)).tag ?? "" });
    const drift = await compareAndFind(ctx);
    expect(drift).toMatchObject({ kind: "duplicate", phone_number: copy, actions: ["give_back", "accept"] });
    expect(await resolve(ctx, drift.id, "give_back")).toMatchObject({ resolution: "given_back" });
    expect(await atCarrier(copy)).toBeUndefined();
    await expectOurs(ctx, number.id, number.phone_number);
  });

  test("is refused while releasing is stopped, of a locked number, and without the right to release", async () => {
    const drift = await findLost();
    await database().killSwitch.create({
      data: { id: newId("ks"), act: "releasing", reason: "Under review.", setBy: {} },
    });
    await expect(resolve(ctx, drift.id, "give_back")).rejects.toMatchObject({ code: "releasing_stopped" });
    await database().killSwitch.deleteMany();
    const setLocked = (locked: boolean) =>
      database().phoneNumber.update({ where: { id: drift.phone_number_id }, data: { locked } });
    // It was locked before it was gone and found again.
    await setLocked(true);
    expect((await getDrift(ctx, drift.id)).actions).toEqual(["adopt", "accept"]);
    await expect(resolve(ctx, drift.id, "give_back")).rejects.toMatchObject({ code: "number_locked" });
    await setLocked(false);
    const clerk = { ...ctx, scopes: scopesFor("operator") };
    expect((await getDrift(clerk, drift.id)).actions).toEqual(["adopt", "accept"]);
    await expect(resolve(clerk, drift.id, "give_back")).rejects.toMatchObject({ code: "missing_scope" });
    expect(await deletes()).toEqual([]);
    expect(await atCarrier(drift.phone_number)).toBeDefined();
  });
});

describe("rewiring", () => {
  test("writes our tag and voice URL, reads them back and says who did it", async () => {
    const drift = await findRewired();
    expect(drift).toMatchObject({ kind: "rewired", actions: ["rewire", "accept"] });
    const done = await resolve(ctx, drift.id, "rewire");
    expect(done).toMatchObject({
      status: "settled",
      resolution: "rewired",
      resolved_by: { name: "Tess Test" },
    });
    await expectOurs(ctx, drift.phone_number_id, drift.phone_number);
    expect((await actionsOf(drift.phone_number_id)).at(-1)).toBe("phone_number.rewired");
    expect(await resolve(ctx, drift.id, "rewire")).toEqual(done);
    expect(await sync()).toMatchObject({ drifts_seen: 0 });
  });

  test("stopped after the carrier was told, repeating it finishes it", async () => {
    const drift = await findRewired();
    crashAt("rewire.written");
    await expect(resolve(ctx, drift.id, "rewire")).rejects.toThrow("crash");
    expect(await resolve(ctx, drift.id, "rewire")).toMatchObject({ resolution: "rewired" });
  });

  test("works in safe mode and with every kill switch set", async () => {
    const drift = await findRewired();
    for (const act of ["buying", "releasing"] as const)
      await database().killSwitch.create({
        data: { id: newId("ks"), act, reason: "Under review.", setBy: {} },
      });
    await database()
      .$executeRaw`UPDATE installation SET safe_mode_since = now(), safe_mode_reason = 'Restored.'`;
    const { resolution } = await resolve(ctx, drift.id, "rewire");
    await database().$executeRaw`UPDATE installation SET safe_mode_since = NULL, safe_mode_reason = NULL`;
    expect(resolution).toBe("rewired");
  });

  test("a comparison that read the number before it was rewired does not report it again", async () => {
    const drift = await findRewired();
    const { sid = "" } = (await atCarrier(drift.phone_number)) ?? {};
    await desk.configure(sid, { VoiceUrl: "https://elsewhere.example.com/again" });
    failPointControl.reach = async (name) => {
      if (name !== "sync.compared") return;
      delete failPointControl.reach;
      await resolve(ctx, drift.id, "rewire");
      await desk.configure(sid, { VoiceUrl: "https://elsewhere.example.com/again" });
    };
    await sync();
    expect((await listDrifts(ctx, { status: "open", limit: 50 })).data).toEqual([]);
  });
});

describe("accepting", () => {
  test("keeps it quiet while it stays as it is, and open again once it is otherwise", async () => {
    const drift = await findRewired();
    const accepted = await resolve(ctx, drift.id, "accept");
    expect(accepted).toMatchObject({ status: "accepted", resolution: "accepted", actions: ["rewire"] });
    expect(await actionsOf(drift.id)).toEqual(["drift.accepted"]);
    expect(await sync()).toMatchObject({ drifts_seen: 0 });
    expect(await getDrift(ctx, drift.id)).toMatchObject({ status: "accepted" });
    expect(await resolve(ctx, drift.id, "accept")).toMatchObject({ status: "accepted" });
    const { sid = "" } = (await atCarrier(drift.phone_number)) ?? {};
    await desk.configure(sid, { VoiceUrl: "https://elsewhere.example.com/other" });
    expect(await sync()).toMatchObject({ drifts_seen: 1 });
    expect(await getDrift(ctx, drift.id)).toMatchObject({
      status: "open",
      resolution: null,
      resolved_by: null,
      observed: { voice_url: "https://elsewhere.example.com/other" },
    });
    await resolve(ctx, drift.id, "accept");
    expect(await resolve(ctx, drift.id, "rewire")).toMatchObject({
      status: "settled",
      resolution: "rewired",
    });
  });
});

describe("detaching", () => {
  async function findMissing(): Promise<Drift & { phone_number_id: string }> {
    const { number } = await buyPhoneNumber(ctx, "default", { phone_number: takeNumber() });
    await desk.control.disown(number.phone_number);
    return { ...(await compareAndFind(ctx)), phone_number_id: number.id };
  }

  test("a missing number ends it at once, and the record stays", async () => {
    const drift = await findMissing();
    expect(drift).toMatchObject({ kind: "missing", observed: null, actions: ["detach"] });
    const done = await resolve(ctx, drift.id, "detach");
    expect(done).toMatchObject({ status: "settled", resolution: "detached" });
    expect(await rowOf(drift.phone_number_id)).toMatchObject({ state: "gone" });
    expect(await resolve(ctx, drift.id, "detach")).toEqual(done);
    expect(await sync()).toMatchObject({ drifts_seen: 0 });
    expect(await actionsOf(drift.id)).toEqual(["drift.detached"]);
  });

  test("one that is gone is taken note of", async () => {
    const drift = await findMissing();
    await database().$executeRaw`UPDATE drift SET first_seen_at = first_seen_at - interval '1 hour'`;
    await sync();
    expect(await getDrift(ctx, drift.id)).toMatchObject({
      status: "open",
      slots: { inbound: null, outbound: null },
    });
    expect(await resolve(ctx, drift.id, "detach")).toMatchObject({ resolution: "detached" });
  });

  test("one that the carrier has under another id by now stays, and only the card settles", async () => {
    const { number } = await buyPhoneNumber(ctx, "default", { phone_number: takeNumber() });
    const before = await rowOf(number.id);
    const driftId = await insertDrift(ctx, takeNumber(), {
      kind: "missing",
      phoneNumberId: number.id,
      carrierNumberId: newCarrierNumberId(),
      observed: {},
    });
    expect(await resolve(ctx, driftId, "detach")).toMatchObject({
      status: "settled",
      resolution: "detached",
    });
    expect(await rowOf(number.id)).toEqual(before);
  });

  test("one that the carrier has after all is refused", async () => {
    const { number } = await buyPhoneNumber(ctx, "default", { phone_number: takeNumber() });
    const { sid = "" } = (await atCarrier(number.phone_number)) ?? {};
    const driftId = await insertDrift(ctx, takeNumber(), {
      kind: "missing",
      carrierNumberId: sid,
      observed: {},
    });
    await expect(resolve(ctx, driftId, "detach")).rejects.toMatchObject({ code: "drift_action_unfit" });
    expect(await getPhoneNumber(ctx, number.id)).toMatchObject({ status: "active" });
  });
});

describe("whose it is", () => {
  test("another organization's difference is as if it never was, whatever is asked of it", async () => {
    const drift = await findRewired();
    const stranger = await openOrganization();
    for (const other of [stranger, operator]) {
      await expect(getDrift(other, drift.id)).rejects.toMatchObject({ code: "not_found" });
      for (const action of ["adopt", "give_back", "rewire", "accept", "detach"] as const)
        await expect(resolve(other, drift.id, action)).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await listDrifts(operator, { status: "open", limit: 50 })).data).toEqual([]);
    expect(await getDrift(ctx, drift.id)).toMatchObject({ status: "open" });
  });

  test("a number of nobody is shown to those who run the installation alone", async () => {
    const drift = await findUnknown();
    expect((await listDrifts(ctx, { status: "open", limit: 50 })).data).toEqual([]);
    await expect(getDrift(ctx, drift.id)).rejects.toMatchObject({ code: "not_found" });
    for (const action of ["adopt", "give_back", "accept"] as const)
      await expect(resolve(ctx, drift.id, action)).rejects.toMatchObject({ code: "not_found" });
  });

  test.each(["drf_none", "", "num_1", "' OR 1=1 --", "drf_%", `drf_${"x".repeat(22)}`])(
    "the id %o is of nothing",
    async (id) => {
      await findRewired();
      await expect(getDrift(ctx, id)).rejects.toMatchObject({ code: "not_found" });
      await expect(resolve(ctx, id, "accept")).rejects.toMatchObject({ code: "not_found" });
    },
  );

  test("an organization that is made up sees nothing", async () => {
    const drift = await findRewired();
    const nobody = { ...ctx, organizationId: asOrganizationId("org_none") };
    await expect(getDrift(nobody, drift.id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a viewer may look and decide nothing", async () => {
    const drift = await findRewired();
    const viewer = { ...ctx, scopes: scopesFor("viewer") };
    expect((await getDrift(viewer, drift.id)).actions).toEqual([]);
    await expect(resolve(viewer, drift.id, "accept")).rejects.toMatchObject({ code: "missing_scope" });
  });
});

describe("what does not fit", () => {
  test("is refused by name, and a settled difference says so", async () => {
    const drift = await findRewired();
    for (const action of ["adopt", "give_back", "detach"] as const)
      await expect(resolve(ctx, drift.id, action)).rejects.toMatchObject({
        code: "drift_action_unfit",
        extra: { actions: ["rewire", "accept"] },
      });
    await resolve(ctx, drift.id, "rewire");
    await expect(resolve(ctx, drift.id, "accept")).rejects.toMatchObject({ code: "drift_settled" });
  });
});

test("the list goes on where its page ended, oldest first", async () => {
  for (let count = 0; count < 5; count += 1) await insertDrift(ctx, takeNumber());
  const all = (await listDrifts(ctx, { status: "open", limit: 50 })).data.map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listDrifts(ctx, { status: "open", limit: 2, cursor });
    paged.push(...page.data.map(({ id }) => id));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect(paged).toEqual(all);
  expect(all).toHaveLength(5);
  await expect(listDrifts(ctx, { status: "open", limit: 2, cursor: "x" })).rejects.toMatchObject({
    code: "validation_failed",
  });
});
