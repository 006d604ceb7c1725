import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { assignSlot, buyPhoneNumber, getPhoneNumber, listPhoneNumbers, unassignSlot } from "../phone-numbers";
import { listPhoneNumbersQuery } from "../phone-numbers/schema";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { insertNumber } from "../testing/rows";
import {
  compareVersions,
  createAgent,
  createVersion,
  deleteAgent,
  getAgent,
  getVersion,
  listAgents,
  listVersions,
  publishVersion,
  updateAgent,
  updateVersion,
} from ".";
import { type AgentBody, agentBody, listAgentsQuery, listVersionsQuery } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();
const config = { endpoint: { type: "sip" as const, url: "sip:new@agents.example.com" } };

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const fields = (more: Partial<AgentBody> = {}) => agentBody.parse({ name: "Anna", ...more });

const historyOf = async (objectId: string) =>
  await database().auditEvent.findMany({
    where: { objectId },
    orderBy: { id: "asc" },
    select: { action: true, before: true, after: true },
  });

async function openNumber(ctx: Ctx): Promise<string> {
  const phoneNumber = takeNumber();
  await insertNumber(ctx, phoneNumber);
  return phoneNumber;
}

const assign = (
  ctx: Ctx,
  phoneNumber: string,
  agentId: string,
  direction: "inbound" | "outbound" = "inbound",
  version: number | "latest" = "latest",
) => assignSlot(ctx, { phoneNumber, direction, agent_id: agentId, version, replace: false });

describe("what an agent is made of", () => {
  test("what is left out gets its default, when it is made and when it is replaced", async () => {
    const ctx = await openOrganization();
    const made = await createAgent(ctx, fields({ active: false, is_demo: true, metadata: { team: ["a"] } }));
    expect(made).toMatchObject({
      name: "Anna",
      description: null,
      active: false,
      is_demo: true,
      metadata: { team: ["a"] },
      latest_version: null,
      revision: 1,
      versions: [],
      phone_numbers: [],
    });
    const replaced = await updateAgent(ctx, { agentId: made.id, fields: fields({ description: "Sales" }) });
    expect(replaced).toMatchObject({
      description: "Sales",
      active: true,
      is_demo: false,
      metadata: {},
      revision: 2,
      created_at: made.created_at,
    });
    expect(replaced.updated_at >= made.updated_at).toBe(true);
    expect(await historyOf(made.id)).toEqual([
      { action: "agent.created", before: null, after: expect.objectContaining({ is_demo: true }) },
      {
        action: "agent.updated",
        before: expect.objectContaining({ active: false, metadata: { team: ["a"] } }),
        after: { name: "Anna", description: "Sales", active: true, is_demo: false, metadata: {} },
      },
    ]);
  });

  test("replaced by the same, nothing changes and nothing is told", async () => {
    const ctx = await openOrganization();
    const made = await createAgent(ctx, fields({ metadata: { b: 1, a: { d: 2, c: [3] } } }));
    const again = fields({ metadata: { a: { c: [3], d: 2 }, b: 1 } });
    expect(await updateAgent(ctx, { agentId: made.id, fields: again })).toEqual(made);
    expect(await historyOf(made.id)).toHaveLength(1);
  });

  test("of ten who edit what they saw, one does; the others are told how it is now", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx);
    const edits = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        updateAgent(ctx, { agentId, fields: fields({ name: `Anna ${index}` }), expectedRevision: 1 }),
      ),
    );
    const won = edits.filter((edit) => edit.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const edit of edits.filter((one) => one.status === "rejected"))
      expect(edit.reason).toMatchObject({
        code: "stale_edit",
        extra: { agent: { name: won[0]?.value.name, revision: 2 } },
      });
  });

  test("it is shown with its newest twenty versions and fifty numbers, and numbers only to who may read them", async () => {
    const ctx = await openOrganization({ numberLimit: 60 });
    const agentId = await openAgent(ctx);
    for (let count = 0; count < 24; count += 1) await createVersion(ctx, agentId, { base_version: 1 });
    for (let count = 0; count < 51; count += 1) await assign(ctx, await openNumber(ctx), agentId);
    const shown = await getAgent(ctx, agentId);
    expect(shown).toMatchObject({ inbound_numbers: 51, outbound_numbers: 0, latest_version: 1 });
    expect(shown.versions.map(({ version }) => version)).toEqual(
      Array.from({ length: 20 }, (_, index) => 25 - index),
    );
    const newest = await listPhoneNumbers(ctx, listPhoneNumbersQuery.parse({}));
    expect(shown.phone_numbers).toEqual(newest.data);
    const reader = { ...ctx, scopes: new Set(["agents:read" as const]) };
    expect(await getAgent(reader, agentId)).toEqual({ ...shown, phone_numbers: null });
  }, 60_000);
});

describe("the list of agents", () => {
  test("is narrowed by what they are made of and by when they changed", async () => {
    const ctx = await openOrganization();
    const anna = await createAgent(
      ctx,
      fields({ metadata: { team: "support", tags: ["a", "b"], level: 2 } }),
    );
    const ben = await createAgent(ctx, fields({ name: "Ben", is_demo: true, metadata: { team: "sales" } }));
    const cleo = await createAgent(ctx, fields({ name: "Cleo", active: false }));
    const found = async (query: Record<string, string>) =>
      (await listAgents(ctx, listAgentsQuery.parse(query))).data.map(({ name }) => name);
    expect(await found({ is_demo: "true" })).toEqual(["Ben"]);
    expect(await found({ is_demo: "False", active: "True" })).toEqual(["Anna"]);
    expect(await found({ metadata: '{"team":"support"}' })).toEqual(["Anna"]);
    expect(await found({ metadata: '{"tags":["b"],"level":2}' })).toEqual(["Anna"]);
    expect(await found({ metadata: '{"team":"support","level":3}' })).toEqual([]);
    expect(await found({ metadata: "{}" })).toEqual(["Cleo", "Ben", "Anna"]);
    expect(await found({ created_after: anna.created_at, created_before: cleo.created_at })).toEqual(
      anna.created_at < ben.created_at && ben.created_at < cleo.created_at ? ["Ben"] : [],
    );
    const edited = await updateAgent(ctx, { agentId: anna.id, fields: fields({ name: "Anna II" }) });
    const before = new Date(Date.parse(edited.updated_at) - 1).toISOString();
    expect(await found({ updated_after: before })).toContain("Anna II");
    expect(await found({ updated_before: anna.updated_at })).toEqual([]);
    expect(await found({ created_after: "0001-01-01T00:00:00+14:00" })).toHaveLength(3);
  });
});

describe("deleting an agent", () => {
  test("it is found nowhere any more, and its history stays", async () => {
    const ctx = await openOrganization();
    const [agentId, phoneNumber] = [await openAgent(ctx, "Anna", 2), await openNumber(ctx)];
    await createVersion(ctx, agentId, { config });
    await assign(ctx, phoneNumber, agentId);
    await unassignSlot(ctx, { phoneNumber, direction: "inbound" });
    await deleteAgent(ctx, { agentId });
    expect((await listAgents(ctx, listAgentsQuery.parse({}))).data).toEqual([]);
    const attempts = [
      () => getAgent(ctx, agentId),
      () => updateAgent(ctx, { agentId, fields: fields() }),
      () => deleteAgent(ctx, { agentId }),
      () => listVersions(ctx, agentId, listVersionsQuery.parse({})),
      () => getVersion(ctx, agentId, 1),
      () => createVersion(ctx, agentId, { config }),
      () => updateVersion(ctx, { agentId, version: "latest", config }),
      () => compareVersions(ctx, agentId, { from_version: 1, to_version: 2 }),
      () => publishVersion(ctx, agentId, 3, { direction: "inbound" }),
      () => assign(ctx, phoneNumber, agentId),
      () =>
        buyPhoneNumber(ctx, "default", {
          phone_number: takeNumber(),
          inbound: { agent_id: agentId, version: 1 },
        }),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({
        code: "not_found",
        message: "There is no such agent.",
      });
    expect(await database().agentVersion.count({ where: { agentId } })).toBe(3);
    expect((await historyOf(agentId)).map(({ action }) => action)).toEqual([
      "agent.created",
      "agent.deleted",
    ]);
  });

  test("while it answers or calls it stays, and is told how often it does", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx);
    const [one, two] = [await openNumber(ctx), await openNumber(ctx)];
    await assign(ctx, one, agentId);
    await assign(ctx, two, agentId);
    await assign(ctx, two, agentId, "outbound");
    await expect(deleteAgent(ctx, { agentId })).rejects.toMatchObject({
      code: "agent_in_use",
      message: "Anna answers 2 numbers and calls from 1 number. Unassign it there first.",
      extra: { inbound_numbers: 2, outbound_numbers: 1 },
    });
    expect(await getAgent(ctx, agentId)).toMatchObject({ latest_version: 1, revision: 1 });
    await publishVersion(ctx, agentId, 1, { unassign_phone_numbers: [one, two], direction: "both" });
    await expect(deleteAgent(ctx, { agentId, expectedRevision: 2 })).rejects.toMatchObject({
      code: "stale_edit",
    });
    await deleteAgent(ctx, { agentId, expectedRevision: 1 });
  });

  test("against an assignment of the same moment, thirty rounds: the first of the two, never both, never a defect", async () => {
    const ctx = await openOrganization();
    const phoneNumber = await openNumber(ctx);
    for (let round = 0; round < 30; round += 1) {
      const agentId = await openAgent(ctx);
      const assigning = () => assign(ctx, phoneNumber, agentId, "inbound", round % 3 === 0 ? 1 : "latest");
      const deleting = () => deleteAgent(ctx, { agentId });
      const isAssignedFirst = round % 2 === 0;
      const race = isAssignedFirst ? [assigning, deleting] : [deleting, assigning];
      const [first, second] = await startInOrder(agentId, race);
      expect(first?.status).toBe("fulfilled");
      expect(second).toMatchObject({
        status: "rejected",
        reason: { code: isAssignedFirst ? "agent_in_use" : "not_found" },
      });
      const holder = (await getPhoneNumber(ctx, phoneNumber)).inbound?.agent_id;
      expect(holder).toBe(isAssignedFirst ? agentId : undefined);
      await unassignSlot(ctx, { phoneNumber, direction: "inbound" });
    }
  }, 60_000);

  /** Starts each once the one before it stands at the agent's row, which is kept locked until all of them do. */
  async function startInOrder(agentId: string, work: (() => Promise<unknown>)[]) {
    const gate = new Client({ connectionString: desk.databaseUrl });
    await gate.connect();
    const started: Promise<unknown>[] = [];
    try {
      await gate.query("BEGIN");
      await gate.query("SELECT 1 FROM agent WHERE id = $1 FOR UPDATE", [agentId]);
      for (const begin of work) {
        started.push(begin());
        await vi.waitFor(async () => expect(await countWaiting()).toBe(started.length), {
          timeout: 10_000,
          interval: 5,
        });
      }
      await gate.query("COMMIT");
      return await Promise.allSettled(started);
    } finally {
      await gate.end();
    }
  }

  async function countWaiting(): Promise<number> {
    const [row] = await database().$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row?.waiting ?? 0;
  }

  test("against a publication of the same moment: whichever is first, nobody holds a deleted agent", async () => {
    const ctx = await openOrganization();
    const phoneNumber = await openNumber(ctx);
    for (let round = 0; round < 10; round += 1) {
      const agentId = await openAgent(ctx, "Anna", 0);
      await createVersion(ctx, agentId, { config });
      const publish = { phone_numbers: [phoneNumber], direction: "inbound" as const };
      const [published, deleted] = await Promise.allSettled([
        publishVersion(ctx, agentId, 1, publish),
        deleteAgent(ctx, { agentId }),
      ]);
      expect([published.status, deleted.status].sort()).toEqual(["fulfilled", "rejected"]);
      const row = await database().agent.findUniqueOrThrow({ where: { id: agentId } });
      expect(row.latestVersion === null).toBe(deleted.status === "fulfilled");
    }
  });
});
