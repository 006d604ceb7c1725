import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import type { Prisma } from "../db/generated/client";
import { failPointControl } from "../fail-points";
import { bareId, newId } from "../ids";
import { findSafeModeReason, isInSafeMode } from "../installation";
import { carrierOf, getManagedAccountOrThrow } from "../managed-accounts";
import { assignSlot, buyPhoneNumber, getPhoneNumber, releasePhoneNumber } from "../phone-numbers";
import { voiceUrlOf } from "../phone-numbers/wiring";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { settleEverything } from "../testing/oracle";
import { insertDrift, insertNumber, insertPurchase } from "../testing/rows";
import { getSyncOverview, syncAccount, syncEveryAccount } from ".";
import { listAccount } from "./list-account";
import { markSeen } from "./record";

let desk: Awaited<ReturnType<typeof openDesk>>;
let ctx: Ctx;
const takeNumber = createNumberPool();
const starter = { kind: "job", id: "test", name: "Test" } as const;

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_FAIL_POINTS: "on", LINEDESK_CARRIER_READ_TIMEOUT_SECONDS: "3" });
});
beforeEach(async () => {
  await desk.control.reset();
  await database().drift.deleteMany();
  ctx = await openOrganization();
});
afterEach(async () => {
  delete failPointControl.reach;
  await desk.control.disarm();
  await database().$executeRaw`UPDATE installation SET safe_mode_since = NULL, safe_mode_reason = NULL`;
  // What the carrier had is forgotten by it, so no row may expect it in the next test.
  await database().$executeRaw`DELETE FROM assignment`;
  await database().$executeRaw`
    UPDATE phone_number SET state = 'failed', locked = false, next_check_at = NULL WHERE state <> 'failed'`;
});
afterAll(async () => {
  expect((await desk.control.books()).violations).toEqual([]);
  await desk.close();
});

const sync = () => syncAccount(desk.managedAccountId, starter);
const drifts = (where: Prisma.DriftWhereInput = {}) =>
  database().drift.findMany({ where, orderBy: { phoneNumber: "asc" } });
const openDrifts = () => drifts({ status: "open" });
const rowOf = (id: string) => database().phoneNumber.findUniqueOrThrow({ where: { id } });

async function buy(more: object = {}): Promise<{ id: string; phoneNumber: string; sid: string }> {
  const phoneNumber = takeNumber();
  const { number } = await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber, ...more });
  return { id: number.id, phoneNumber, sid: await sidOf(phoneNumber) };
}

async function sidOf(phoneNumber: string): Promise<string> {
  const { owned } = await desk.control.books();
  return owned.find((number) => number.phone_number === phoneNumber)?.sid ?? "";
}

/** Everything the carrier was asked that is not a read. */
async function writesSince(count: number): Promise<string[]> {
  const asked = (await desk.control.requests()).slice(count);
  return asked.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
}

/** As if a comparison had seen the differences for the first time long ago. */
async function ageDrifts(): Promise<void> {
  await database().$executeRaw`UPDATE drift SET first_seen_at = first_seen_at - interval '1 hour'`;
}

test("a desk and a carrier that agree: nothing is found, and the run says what it saw", async () => {
  await buy();
  const held = await buy();
  await releasePhoneNumber(ctx, { phoneNumber: held.id, unassign: false, hold: 7 });
  expect(await sync()).toMatchObject({
    status: "completed",
    managed_account_id: desk.managedAccountId,
    started_by: { kind: "job", name: "Test" },
    numbers_seen: 2,
    drifts_seen: 0,
    error: null,
    finished_at: expect.any(String),
  });
  expect(await drifts()).toEqual([]);
});

describe("a number that nothing here knows", () => {
  test.each(["", "Sales", "linedesk.zzzzzz.1234567890123456789012.1234567890123456789012"])(
    "tagged %o: a card for those who run the installation, and it stays as it is",
    async (tag) => {
      const phoneNumber = takeNumber();
      await desk.control.own(phoneNumber, {
        friendly_name: tag,
        voice_url: "https://elsewhere.example.com/",
      });
      const before = (await desk.control.requests()).length;
      expect(await sync()).toMatchObject({ status: "completed", numbers_seen: 1, drifts_seen: 1 });
      expect(await drifts()).toMatchObject([
        {
          kind: "unknown_number",
          status: "open",
          organizationId: null,
          phoneNumberId: null,
          phoneNumber,
          carrierNumberId: await sidOf(phoneNumber),
          expected: {},
          observed: { tag, voice_url: "https://elsewhere.example.com/" },
          looks: 1,
        },
      ]);
      await sync();
      expect(await drifts()).toMatchObject([{ looks: 2, status: "open" }]);
      expect(await writesSince(before)).toEqual([]);
      expect(await database().phoneNumber.count({ where: { phoneNumber } })).toBe(0);
    },
  );

  test("gone again by itself, the card settles", async () => {
    const phoneNumber = takeNumber();
    await desk.control.own(phoneNumber);
    await sync();
    await desk.control.disown(phoneNumber);
    expect(await sync()).toMatchObject({ drifts_seen: 0 });
    expect(await drifts()).toMatchObject([
      { status: "settled", resolution: "disappeared", resolvedBy: null, resolvedAt: expect.any(Date) },
    ]);
  });

  test("registered by a customer on a trunk of their own, it is still unknown on our account", async () => {
    const phoneNumber = takeNumber();
    const byoc = { source: "byoc", managedAccountId: null, carrierNumberId: null, tag: null } as const;
    const id = await insertNumber(ctx, phoneNumber, byoc);
    await desk.control.own(phoneNumber);
    await sync();
    expect(await drifts()).toMatchObject([{ kind: "unknown_number", organizationId: null }]);
    expect(await rowOf(id)).toMatchObject({ state: "active", source: "byoc" });
  });
});

describe("a purchase of ours that the rows say we do not have", () => {
  test.each(["failed", "released", "gone"] as const)(
    "%s: its row counts again and waits for a person, uncharged",
    async (state) => {
      const phoneNumber = takeNumber();
      const id = await insertNumber(ctx, phoneNumber, {
        state,
        ...(state === "failed" ? { carrierNumberId: null, purchasedAt: null } : {}),
      });
      await desk.control.own(phoneNumber, { friendly_name: (await rowOf(id)).tag ?? "" });
      const before = (await desk.control.requests()).length;
      expect(await sync()).toMatchObject({ status: "completed", drifts_seen: 1 });
      const sid = await sidOf(phoneNumber);
      expect(await rowOf(id)).toMatchObject({ state: "quarantined", live: true, carrierNumberId: sid });
      expect(await drifts()).toMatchObject([
        {
          kind: "lost_purchase",
          organizationId: ctx.organizationId,
          phoneNumberId: id,
          carrierNumberId: sid,
        },
      ]);
      const audit = await database().auditEvent.findMany({ where: { objectId: id } });
      expect(audit).toMatchObject([
        { action: "phone_number.quarantined", actorKind: "job", surface: "worker" },
      ]);
      expect(await database().ledgerLine.count({ where: { phoneNumberId: id } })).toBe(0);
      // Seen again, it is the same card and the same row.
      await sync();
      expect(await drifts()).toMatchObject([{ kind: "lost_purchase", looks: 2, status: "open" }]);
      expect(await writesSince(before)).toEqual([]);
      expect(await isInSafeMode(database())).toBe(false);
    },
  );

  test("whose digits another row holds by now: only the card", async () => {
    const phoneNumber = takeNumber();
    const id = await insertNumber(ctx, phoneNumber, {
      state: "failed",
      carrierNumberId: null,
      purchasedAt: null,
    });
    await desk.control.own(phoneNumber, { friendly_name: (await rowOf(id)).tag ?? "" });
    const other = await insertPurchase(await openOrganization(), phoneNumber, { state: "unknown" });
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "failed", live: false });
    expect(await rowOf(other.numberId)).toMatchObject({ state: "unknown" });
    expect(await drifts()).toMatchObject([{ kind: "lost_purchase", phoneNumberId: id, status: "open" }]);
    // Free at last, the row follows.
    await database().phoneNumber.update({
      where: { id: other.numberId },
      data: { state: "failed", nextCheckAt: null },
    });
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "quarantined", live: true });
    expect(await openDrifts()).toMatchObject([{ kind: "lost_purchase", phoneNumberId: id }]);
  });

  test("found in another account than it was bought in: its row is of that one now", async () => {
    const former = { id: newId("mac"), carrier: "twilio", carrierAccountId: `AC${"7".repeat(32)}` } as const;
    await database().managedAccount.create({ data: { ...former, name: "Former account" } });
    const { id: formerTrunk } = await database().trunk.create({
      data: {
        id: newId("trk"),
        organizationId: ctx.organizationId,
        managedAccountId: former.id,
        name: "Former account",
      },
    });
    const phoneNumber = takeNumber();
    const bought = { state: "released", managedAccountId: former.id, trunkId: formerTrunk } as const;
    const id = await insertNumber(ctx, phoneNumber, bought);
    await desk.control.own(phoneNumber, { friendly_name: (await rowOf(id)).tag ?? "" });
    await sync();
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: "quarantined", managedAccountId: desk.managedAccountId });
    const trunk = await database().trunk.findUniqueOrThrow({ where: { id: row.trunkId } });
    expect(trunk).toMatchObject({
      organizationId: ctx.organizationId,
      managedAccountId: desk.managedAccountId,
    });
    await sync();
    expect(await openDrifts()).toMatchObject([{ kind: "lost_purchase", phoneNumberId: id, looks: 2 }]);
  });

  test("by its id, when the tag was changed too", async () => {
    const phoneNumber = takeNumber();
    await desk.control.own(phoneNumber, { friendly_name: "Sales" });
    const id = await insertNumber(ctx, phoneNumber, {
      state: "released",
      carrierNumberId: await sidOf(phoneNumber),
    });
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "quarantined" });
  });

  async function tagOf(organizationId: string): Promise<{ tag: string; numberId: string }> {
    const probe = await rowOf(await insertNumber(ctx, takeNumber(), { state: "failed" }));
    const [, installation] = (probe.tag ?? "").split(".");
    const numberId = newId("num");
    return { numberId, tag: ["linedesk", installation, bareId(organizationId), bareId(numberId)].join(".") };
  }

  test("without any record of it: the row is rebuilt from the tag, and nothing may be bought until somebody looked", async () => {
    const phoneNumber = takeNumber();
    const { tag, numberId } = await tagOf(ctx.organizationId);
    await desk.control.own(phoneNumber, { friendly_name: tag });
    await sync();
    expect(await rowOf(numberId)).toMatchObject({
      state: "quarantined",
      organizationId: ctx.organizationId,
      phoneNumber,
      tag,
      carrierNumberId: await sidOf(phoneNumber),
      managedAccountId: desk.managedAccountId,
      countryCode: "US",
      type: "local",
      purchasedAt: null,
      monthlyCost: null,
    });
    expect(await drifts()).toMatchObject([
      { kind: "lost_purchase", phoneNumberId: numberId, organizationId: ctx.organizationId },
    ]);
    // Everybody reads the reason, and whose number it is concerns one organization.
    expect(await findSafeModeReason(database())).toBe(
      "The carrier bills a number whose purchase is not on record here any more.",
    );
    await expect(buyPhoneNumber(ctx, "default", { phone_number: takeNumber() })).rejects.toMatchObject({
      code: "safe_mode",
    });
  });

  test("of an organization that is lost as well: a card for those who run the installation, safe mode once", async () => {
    const { tag } = await tagOf(newId("org"));
    await desk.control.own(takeNumber(), { friendly_name: tag });
    await sync();
    expect(await drifts()).toMatchObject([
      { kind: "lost_purchase", organizationId: null, phoneNumberId: null, status: "open" },
    ]);
    expect(await isInSafeMode(database())).toBe(true);
    // Whoever ended it has seen the card; it does not begin again by the same number.
    await database().$executeRaw`UPDATE installation SET safe_mode_since = NULL, safe_mode_reason = NULL`;
    await sync();
    expect(await isInSafeMode(database())).toBe(false);
  });
});

test("a quarantined number has a card of its organization", async () => {
  const phoneNumber = takeNumber();
  await desk.control.own(phoneNumber, { friendly_name: "by hand" });
  const sid = await sidOf(phoneNumber);
  const id = await insertNumber(ctx, phoneNumber, {
    state: "quarantined",
    carrierNumberId: sid,
    purchasedAt: null,
  });
  await sync();
  await sync();
  expect(await drifts()).toMatchObject([
    { kind: "quarantined", organizationId: ctx.organizationId, phoneNumberId: id, looks: 2 },
  ]);
});

describe("a number whose calls or tag were changed at the carrier", () => {
  test.each<[string, Record<string, string>]>([
    ["the voice URL", { VoiceUrl: "https://elsewhere.example.com/voice" }],
    ["the tag", { FriendlyName: "Sales" }],
    ["a trunk instead", { TrunkSid: `TK${"1".repeat(32)}` }],
    ["an application instead", { VoiceApplicationSid: `AP${"1".repeat(32)}` }],
  ])("%s: a card with both sides; changed back, it settles", async (_, change) => {
    const { id, phoneNumber, sid } = await buy();
    const { tag } = await rowOf(id);
    await desk.configure(sid, change);
    await sync();
    const [drift] = await drifts();
    expect(drift).toMatchObject({
      kind: "rewired",
      phoneNumber,
      organizationId: ctx.organizationId,
      phoneNumberId: id,
      expected: { tag, voice_url: voiceUrlOf(id), carrier_number_id: sid },
    });
    expect(drift?.observed).not.toMatchObject({ tag, voice_url: voiceUrlOf(id) });
    expect(await getPhoneNumber(ctx, id)).toMatchObject({
      status: "active",
      drift: { id: drift?.id, kind: "rewired" },
    });
    await desk.configure(sid, {
      VoiceUrl: voiceUrlOf(id),
      FriendlyName: tag ?? "",
      TrunkSid: "",
      VoiceApplicationSid: "",
    });
    await sync();
    expect(await drifts()).toMatchObject([{ status: "settled", resolution: "disappeared" }]);
  });

  test("changed once more, the card says what is so now", async () => {
    const { sid } = await buy();
    for (const place of ["first", "second"]) {
      await desk.configure(sid, { VoiceUrl: `https://elsewhere.example.com/${place}` });
      await sync();
      expect(await drifts()).toMatchObject([
        { observed: { voice_url: `https://elsewhere.example.com/${place}` } },
      ]);
    }
  });
});

describe("two of the carrier's numbers that claim to be one of ours", () => {
  test("by a copied tag: a card about the second, and the first stays as it is", async () => {
    const { id } = await buy();
    const copy = takeNumber();
    await desk.control.own(copy, { friendly_name: (await rowOf(id)).tag ?? "" });
    await sync();
    await sync();
    expect(await drifts()).toMatchObject([
      {
        kind: "duplicate",
        phoneNumber: copy,
        carrierNumberId: await sidOf(copy),
        phoneNumberId: id,
        looks: 2,
      },
    ]);
    expect(await rowOf(id)).toMatchObject({ state: "active" });
  });

  test("bought again in the console under the same digits: our own is missing first, the new one is unknown after", async () => {
    const { id, phoneNumber } = await buy();
    await desk.control.settings({ released_numbers: "back_in_stock" });
    await desk.control.disown(phoneNumber);
    await desk.control.own(phoneNumber, { friendly_name: "by hand" });
    await sync();
    expect(await openDrifts()).toMatchObject([{ kind: "missing", phoneNumberId: id }]);
    await ageDrifts();
    await sync();
    await sync();
    expect((await openDrifts()).map(({ kind }) => kind).sort()).toEqual(["missing", "unknown_number"]);
    expect(await rowOf(id)).toMatchObject({ state: "gone" });
    await desk.control.settings({ released_numbers: "held" });
  });
});

describe("a number that the carrier does not list", () => {
  test("is missing at the first look, and gone at the second after the quiet window, with its slots kept on the card", async () => {
    const agentId = await openAgent(ctx, "Anna", 2);
    const { id, phoneNumber, sid } = await buy();
    await assignSlot(ctx, {
      phoneNumber: id,
      direction: "inbound",
      agent_id: agentId,
      version: 1,
      replace: false,
    });
    await desk.control.disown(phoneNumber);
    const before = (await desk.control.requests()).length;
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "active" });
    // Again, but too soon: nothing is decided.
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "active" });
    expect(await drifts()).toMatchObject([
      { kind: "missing", status: "open", looks: 2, carrierNumberId: sid, observed: {} },
    ]);
    await ageDrifts();
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "gone", live: false });
    expect(await database().assignment.count({ where: { phoneNumberId: id } })).toBe(0);
    const slot = { agent_id: agentId, agent_name: "Anna", version: 1, follows_latest: false };
    expect(await drifts()).toMatchObject([
      { status: "open", expected: { state: "gone", slots: { inbound: slot, outbound: null } } },
    ]);
    const actions = (
      await database().auditEvent.findMany({ where: { objectId: id }, orderBy: { id: "asc" } })
    ).map(({ action }) => action);
    expect(actions.slice(-2)).toEqual(["phone_number.unassigned", "phone_number.gone"]);
    // Its card stays until a person has read it.
    await sync();
    expect(await openDrifts()).toMatchObject([{ kind: "missing" }]);
    expect(await writesSince(before)).toEqual([]);
  });

  test("read once as not there and then there again is never gone", async () => {
    const { id, phoneNumber } = await buy();
    await desk.control.settings({ list_lag_ms: 600_000 });
    const notFound = { kind: "refuse", status: 404, code: 20404 };
    await desk.control.arm({ operation: "fetch", phone_number: phoneNumber, times: 1, behaviour: notFound });
    await sync();
    expect(await drifts()).toMatchObject([{ kind: "missing", status: "open" }]);
    await ageDrifts();
    await sync();
    expect(await drifts()).toMatchObject([{ status: "settled", resolution: "disappeared" }]);
    // The next time it seems missing is a first time again.
    await desk.control.arm({ operation: "fetch", phone_number: phoneNumber, times: 1, behaviour: notFound });
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "active" });
    await desk.control.settings({ list_lag_ms: 0 });
  });

  test("not listed yet but there: nothing is the matter", async () => {
    await desk.control.settings({ list_lag_ms: 600_000 });
    await buy();
    expect(await sync()).toMatchObject({ status: "completed", numbers_seen: 0, drifts_seen: 0 });
    expect(await drifts()).toEqual([]);
    await desk.control.settings({ list_lag_ms: 0 });
  });

  test("held to be released: recovery finishes it as released", async () => {
    const { id, phoneNumber } = await buy();
    await releasePhoneNumber(ctx, { phoneNumber: id, unassign: false, hold: 7 });
    await desk.control.disown(phoneNumber);
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "held" });
    await ageDrifts();
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "releasing" });
    await settleEverything();
    expect(await rowOf(id)).toMatchObject({ state: "released" });
    expect(await openDrifts()).toEqual([]);
    expect((await desk.control.requests()).filter(({ method }) => method === "DELETE")).toEqual([]);
  });

  test("quarantined: it is gone, and nobody needs to decide any more", async () => {
    const id = await insertNumber(ctx, takeNumber(), { state: "quarantined", purchasedAt: null });
    await database()
      .$executeRaw`UPDATE phone_number SET created_at = now() - interval '1 day' WHERE id = ${id}`;
    await sync();
    await ageDrifts();
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "gone", live: false });
    expect(await openDrifts()).toEqual([]);
  });

  test("once gone and there again after all: quarantined, for a person", async () => {
    const { id, phoneNumber } = await buy();
    const { tag } = await rowOf(id);
    await desk.control.settings({ released_numbers: "back_in_stock" });
    await desk.control.disown(phoneNumber);
    await sync();
    await ageDrifts();
    await sync();
    await desk.control.own(phoneNumber, { friendly_name: tag });
    await sync();
    expect(await rowOf(id)).toMatchObject({ state: "quarantined" });
    expect(await openDrifts()).toMatchObject([{ kind: "lost_purchase", phoneNumberId: id }]);
    await desk.control.settings({ released_numbers: "held" });
  });
});

describe("what recovery has in hand", () => {
  test.each(["claimed", "calling", "unknown"] as const)(
    "a purchase that is %s is no difference",
    async (state) => {
      const phoneNumber = takeNumber();
      const { numberId, tag } = await insertPurchase(ctx, phoneNumber, { state });
      await desk.control.own(phoneNumber, { friendly_name: tag });
      await sync();
      expect(await drifts()).toEqual([]);
      expect(await rowOf(numberId)).toMatchObject({ state });
    },
  );

  test("nor a release on its way, whether the carrier has carried it out or not", async () => {
    const { id, phoneNumber } = await buy();
    await desk.control.arm({ operation: "release", behaviour: { kind: "reset_before" } });
    await releasePhoneNumber(ctx, { phoneNumber: id, unassign: false });
    await sync();
    await desk.control.disown(phoneNumber);
    await sync();
    expect(await drifts()).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ state: "releasing" });
  });
});

describe("a list that changes underneath", () => {
  test("bought or released after the page was read: no difference", async () => {
    const leaving = await buy();
    let changed = false;
    failPointControl.reach = async (name) => {
      if (name !== "sync.listed" || changed) return;
      changed = true;
      await releasePhoneNumber(ctx, { phoneNumber: leaving.id, unassign: false });
      await buy();
    };
    expect(await sync()).toMatchObject({ status: "completed", drifts_seen: 0 });
    expect(changed).toBe(true);
    expect(await drifts()).toEqual([]);
  });

  test("changed back between the two looks: nothing is written down", async () => {
    const { id, sid } = await buy();
    await desk.configure(sid, { VoiceUrl: "https://elsewhere.example.com/voice" });
    failPointControl.reach = async (name) => {
      if (name === "sync.compared") await desk.configure(sid, { VoiceUrl: voiceUrlOf(id) });
    };
    await sync();
    expect(await drifts()).toEqual([]);
  });
});

describe("a carrier that cannot be read", () => {
  test.each(["list", "fetch"])(
    "at %s: the run failed and says why; nothing is recorded and nothing settled",
    async (operation) => {
      const known = takeNumber();
      await desk.control.own(known);
      await sync();
      await desk.control.disown(known);
      await desk.control.own(takeNumber());
      await desk.control.arm({ operation, times: 0, behaviour: { kind: "error_500_before" } });
      expect(await sync()).toMatchObject({
        status: "failed",
        error: expect.stringContaining("The carrier could not be read"),
        finished_at: expect.any(String),
      });
      expect(await drifts()).toMatchObject([{ phoneNumber: known, status: "open", looks: 1 }]);
      await desk.control.disarm();
      expect(await sync()).toMatchObject({ status: "completed" });
      expect((await drifts({ phoneNumber: known })).map(({ status }) => status)).toEqual(["settled"]);
    },
  );
});

describe("something odd at the carrier", () => {
  async function openRun() {
    const { id, startedAt } = await database().carrierSync.create({
      data: {
        id: newId("syn"),
        managedAccountId: desk.managedAccountId,
        startedBy: starter,
        leaseUntil: new Date(Date.now() + 60_000),
      },
    });
    return { id, managedAccountId: desk.managedAccountId, startedAt };
  }
  const carrier = async () => carrierOf(await getManagedAccountOrThrow(desk.managedAccountId));
  afterEach(async () => {
    await database().carrierSync.deleteMany({ where: { status: "running" } });
  });

  test("an entry that cannot be read is neither missing nor settled", async () => {
    const { id, sid, phoneNumber } = await buy();
    const driftId = await insertDrift(ctx, takeNumber(), { phoneNumber, carrierNumberId: sid });
    const run = await openRun();
    const unreadable = [sid, null];
    const odd = { ...(await carrier()), listNumbers: async () => ({ numbers: [], unreadable, after: null }) };
    const { seen, suspicions, unlisted } = await listAccount(run, odd);
    expect([...seen]).toEqual([sid]);
    expect(suspicions).toEqual([]);
    expect(unlisted.map((row) => row.id)).not.toContain(id);
    const { lastSeenAt, looks } = await database().drift.findUniqueOrThrow({ where: { id: driftId } });
    expect(lastSeenAt.getTime()).toBeGreaterThanOrEqual(run.startedAt.getTime());
    expect(looks).toBe(1);
  });

  test("a list that goes in circles ends", async () => {
    const run = await openRun();
    const places = ["?Page=1", "?Page=2", "?Page=1"].values();
    const listNumbers = async () => ({ numbers: [], unreadable: [], after: places.next().value ?? null });
    await expect(listAccount(run, { ...(await carrier()), listNumbers })).rejects.toMatchObject({
      name: "CarrierError",
      kind: "unknown",
    });
    expect(places.next().done).toBe(true);
  });

  test("a tag that the database could not keep is a card like any other", async () => {
    await desk.control.own(takeNumber(), { friendly_name: "half \uD83D and none \0" });
    expect(await sync()).toMatchObject({ status: "completed", drifts_seen: 1 });
    expect(await openDrifts()).toMatchObject([{ observed: { tag: "half \uFFFD and none \uFFFD" } }]);
  });

  test("one number that cannot be written down keeps nobody from the next, nor its own card from staying", async () => {
    const numbers = [takeNumber(), takeNumber()];
    for (const phoneNumber of numbers) {
      const id = await insertNumber(ctx, phoneNumber, {
        state: "failed",
        carrierNumberId: null,
        purchasedAt: null,
      });
      await desk.control.own(phoneNumber, { friendly_name: (await rowOf(id)).tag ?? "" });
    }
    const refused: unknown[] = [];
    failPointControl.reach = async (name, about) => {
      if (name !== "sync.quarantined" || refused.length > 0) return;
      refused.push(about);
      throw new Error("The database refuses this one.");
    };
    expect(await sync()).toMatchObject({ status: "completed", drifts_seen: 1 });
    const [written] = await openDrifts();
    expect(numbers.filter((phoneNumber) => !refused.includes(phoneNumber))).toEqual([written?.phoneNumber]);
    expect(await sync()).toMatchObject({ status: "completed", drifts_seen: 2 });
    failPointControl.reach = async (name) => {
      if (name === "sync.gone") throw new Error("The database refuses this one.");
    };
    for (const phoneNumber of numbers) await desk.control.disown(phoneNumber);
    await sync();
    await ageDrifts();
    expect(await sync()).toMatchObject({ status: "completed", drifts_seen: 2 });
  });

  test("any number of differences is counted as seen", async () => {
    const known = [await insertDrift(ctx, takeNumber()), await insertDrift(ctx, takeNumber())];
    const others = Array.from({ length: 11_000 }, (_, index) => `drf_other${index}`);
    await markSeen(database(), [known[0] ?? "", ...others, known[1] ?? ""]);
    expect((await drifts()).map(({ looks }) => looks)).toEqual([2, 2]);
  });
});

describe("one comparison of an account at a time", () => {
  test("asked for twice at once, one runs and the other is told of it", async () => {
    await desk.control.own(takeNumber());
    const told = await Promise.all([sync(), sync(), sync()]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(await drifts()).toMatchObject([{ looks: 1 }]);
  });

  test("one whose process died is ended as failed and another takes over", async () => {
    const id = newId("syn");
    const data = { id, managedAccountId: desk.managedAccountId, startedBy: starter };
    await database().carrierSync.create({ data: { ...data, leaseUntil: new Date(Date.now() + 60_000) } });
    expect(await sync()).toMatchObject({ id, status: "running" });
    await database().carrierSync.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1000) } });
    expect(await sync()).toMatchObject({ status: "completed" });
    expect(await database().carrierSync.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: "failed",
      error: expect.stringContaining("took over"),
    });
  });

  test("one that was overtaken while it slept writes nothing any more", async () => {
    await desk.control.own(takeNumber());
    failPointControl.reach = async (name) => {
      if (name !== "sync.compared") return;
      delete failPointControl.reach;
      await database()
        .$executeRaw`UPDATE carrier_sync SET lease_until = now() - interval '1 second' WHERE status = 'running'`;
      await sync();
    };
    expect(await sync()).toMatchObject({ status: "failed" });
    expect(await drifts()).toMatchObject([{ looks: 1 }]);
  });
});

describe("the overview", () => {
  test("names each account, its newest comparison and the next; people of other organizations stay unnamed", async () => {
    const by = {
      kind: "user",
      id: newId("usr"),
      name: "Ada Admin",
      organizationId: ctx.organizationId,
    } as const;
    const [done] = await syncEveryAccount(by);
    const [account] = (await getSyncOverview(ctx)).data;
    expect(account).toMatchObject({
      managed_account_id: desk.managedAccountId,
      latest: {
        ...done,
        started_by: { kind: "user", name: "Ada Admin" },
        numbers_seen: null,
        drifts_seen: null,
      },
      last_completed_at: done?.finished_at,
    });
    const next = new Date(account?.next_at ?? "").getTime();
    expect(next).toBeGreaterThan(new Date(done?.started_at ?? "").getTime());
    expect(next % 900_000).toBe(0);
    const [others] = (await getSyncOverview(await openOrganization())).data;
    expect(others?.latest?.started_by).toEqual({ kind: "user", name: "Another organization" });
  });

  test("what the account has and answers is told to those who run the installation alone", async () => {
    const operator = await openOrganization({ operator: true });
    const latestFor = async (as: Ctx) => (await getSyncOverview(as)).data[0]?.latest;
    await desk.control.own(takeNumber());
    await sync();
    expect(await latestFor(operator)).toMatchObject({ numbers_seen: 1, drifts_seen: 1, error: null });
    expect(await latestFor(ctx)).toMatchObject({ numbers_seen: null, drifts_seen: null, error: null });
    const message = `Account ${"of somebody ".repeat(100)}`;
    const behaviour = { kind: "refuse", status: 401, code: 20003, message };
    await desk.control.arm({ operation: "list", times: 0, behaviour });
    await sync();
    const told = (await latestFor(operator))?.error ?? "";
    expect(told).toMatch(/^The carrier could not be read: ./);
    expect(told.length).toBeLessThanOrEqual(500);
    expect(await latestFor(ctx)).toMatchObject({
      status: "failed",
      error: "The carrier could not be read.",
      numbers_seen: null,
    });
  });
});
