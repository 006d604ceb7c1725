import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createVersion } from "../agents";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { newId } from "../ids";
import { scopesFor } from "../permissions";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { insertNumber } from "../testing/rows";
import { assignSlot, getPhoneNumber, unassignSlot, updatePhoneNumber } from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();
const config = { endpoint: { type: "sip" as const, url: "sip:new@agents.example.com" } };

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  // Assigning, sharing and labelling are ours alone: the carrier never heard of any of it.
  const asked = await desk.control.requests();
  await desk.close();
  expect(asked).toEqual([]);
});

async function openNumber(ctx: Ctx): Promise<string> {
  const phoneNumber = takeNumber();
  await insertNumber(ctx, phoneNumber);
  return phoneNumber;
}

type Wish = {
  agent_id: string;
  version?: number | "latest";
  direction?: "inbound" | "outbound";
  replace?: boolean;
};

const assign = (ctx: Ctx, phoneNumber: string, wish: Wish, expectedVersion?: number) =>
  assignSlot(ctx, {
    phoneNumber,
    direction: "inbound",
    version: "latest",
    replace: false,
    ...wish,
    expectedVersion,
  });

const lastAudit = (ctx: Ctx) =>
  database().auditEvent.findFirstOrThrow({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: "desc" },
  });

describe("one slot", () => {
  test("each direction apart; a repeat changes neither version nor time nor history", async () => {
    const ctx = await openOrganization();
    const [agent_id, phoneNumber] = [await openAgent(ctx, "Anna", 2), await openNumber(ctx)];
    const first = await assign(ctx, phoneNumber, { agent_id });
    expect(first).toMatchObject({
      inbound: { version: 2, follows_latest: true },
      outbound: null,
      version: 2,
    });
    const history = await database().auditEvent.count();
    expect(await assign(ctx, phoneNumber, { agent_id })).toEqual(first);
    expect(await unassignSlot(ctx, { phoneNumber, direction: "outbound" })).toEqual(first);
    expect(await database().auditEvent.count()).toBe(history);
    const pinned = await assign(ctx, phoneNumber, { agent_id, version: 2 });
    expect(pinned).toMatchObject({ inbound: { version: 2, follows_latest: false }, version: 3 });
    expect(pinned.updated_at > first.updated_at).toBe(true);
    expect((await lastAudit(ctx)).before).toEqual({ inbound: { agent_id, version: "latest" } });
  });

  test("another agent's slot is taken only with replace; the history says from whom", async () => {
    const ctx = await openOrganization();
    const [anna, ben, phoneNumber] = [
      await openAgent(ctx, "Anna"),
      await openAgent(ctx, "Ben"),
      await openNumber(ctx),
    ];
    await assign(ctx, phoneNumber, { agent_id: anna });
    await expect(assign(ctx, phoneNumber, { agent_id: ben })).rejects.toMatchObject({
      code: "slot_occupied",
      message: "Anna holds the inbound slot of this number.",
      extra: { slot: { agent_id: anna } },
    });
    const replaced = await assign(ctx, phoneNumber, { agent_id: ben, version: 1, replace: true });
    expect(replaced.inbound).toMatchObject({ agent_id: ben, agent_name: "Ben", version: 1 });
    expect(await lastAudit(ctx)).toMatchObject({
      action: "phone_number.assigned",
      actorKind: "user",
      actorId: ctx.actor.id,
      actorName: "Tess Test",
      surface: "core_api",
      requestId: ctx.requestId,
      before: { inbound: { agent_id: anna, version: "latest" } },
      after: { inbound: { agent_id: ben, version: 1 } },
    });
  });

  test("fifty at once: the last word is one of them, and the version counts every change", async () => {
    const ctx = await openOrganization();
    const phoneNumber = await openNumber(ctx);
    const agents = [await openAgent(ctx, "Anna"), await openAgent(ctx, "Ben")];
    const { id } = await getPhoneNumber(ctx, phoneNumber);
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        assign(ctx, phoneNumber, { agent_id: agents[index % 2] ?? "", replace: true }),
      ),
    );
    const after = await getPhoneNumber(ctx, phoneNumber);
    expect(agents).toContain(after.inbound?.agent_id);
    const changes = await database().auditEvent.count({
      where: { objectId: id, action: "phone_number.assigned" },
    });
    expect(after.version).toBe(1 + changes);
  });

  test("of ten edits of the same version one passes", async () => {
    const ctx = await openOrganization();
    const [agent_id, phoneNumber] = [await openAgent(ctx), await openNumber(ctx)];
    const edits = Array.from({ length: 10 }, (_, index) =>
      index % 2
        ? assign(ctx, phoneNumber, { agent_id }, 1)
        : updatePhoneNumber(ctx, { phoneNumber, changes: { label: `edit ${index}` }, expectedVersion: 1 }),
    );
    const results = await Promise.allSettled(edits);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "stale_edit" });
    expect((await getPhoneNumber(ctx, phoneNumber)).version).toBe(2);
  });

  test("drafts, missing versions, foreign and missing agents are refused, and nothing changes", async () => {
    const [ctx, others] = [await openOrganization(), await openOrganization()];
    const [anna, phoneNumber] = [await openAgent(ctx), await openNumber(ctx)];
    await createVersion(ctx, anna, { config });
    const fresh = await openAgent(ctx, "New", 0);
    const cases: [Wish, string][] = [
      [{ agent_id: anna, version: 2 }, "version_not_published"],
      [{ agent_id: anna, version: 3 }, "not_found"],
      [{ agent_id: fresh }, "version_not_published"],
      [{ agent_id: await openAgent(others) }, "not_found"],
      [{ agent_id: newId("agt") }, "not_found"],
    ];
    for (const [wish, code] of cases)
      await expect(assign(ctx, phoneNumber, wish)).rejects.toMatchObject({ code });
    await expect(assign(others, phoneNumber, { agent_id: anna })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await getPhoneNumber(ctx, phoneNumber)).toMatchObject({ inbound: null, version: 1 });
  });

  test("a viewer changes nothing", async () => {
    const ctx = await openOrganization();
    const [agent_id, phoneNumber] = [await openAgent(ctx), await openNumber(ctx)];
    const viewer = { ...ctx, scopes: scopesFor("viewer") };
    for (const attempt of [
      assign(viewer, phoneNumber, { agent_id }),
      unassignSlot(viewer, { phoneNumber, direction: "inbound" }),
      updatePhoneNumber(viewer, { phoneNumber, changes: { label: "x" } }),
    ])
      await expect(attempt).rejects.toMatchObject({
        code: "missing_scope",
        extra: { scopes: ["phone_numbers:manage"] },
      });
    expect((await getPhoneNumber(ctx, phoneNumber)).version).toBe(1);
  });
});

describe("sharing and labels", () => {
  test("are set, kept when said again, cleared by null or blanks, and written down", async () => {
    const ctx = await openOrganization();
    const phoneNumber = await openNumber(ctx);
    const set = (changes: { label?: string | null; outbound_shareable?: boolean }) =>
      updatePhoneNumber(ctx, { phoneNumber, changes });
    const before = await getPhoneNumber(ctx, phoneNumber);
    expect(before.outbound_shareable).toBe(false);
    const shared = await set({ outbound_shareable: true, label: "Front desk" });
    expect(shared).toMatchObject({
      outbound_shareable: true,
      label: "Front desk",
      version: 2,
      updated_at: before.updated_at,
    });
    expect(await set({ outbound_shareable: true })).toEqual(shared);
    expect(await set({ label: "" })).toMatchObject({ label: null, outbound_shareable: true, version: 3 });
    expect(await set({ label: null })).toMatchObject({ version: 3 });
    expect(await lastAudit(ctx)).toMatchObject({
      action: "phone_number.updated",
      before: { label: "Front desk", outbound_shareable: true },
      after: { label: null, outbound_shareable: true },
    });
  });
});
