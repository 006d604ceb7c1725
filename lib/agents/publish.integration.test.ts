import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { assignSlot, getPhoneNumber } from "../phone-numbers";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { insertNumber } from "../testing/rows";
import { createVersion, listAgents, listVersions, publishVersion } from ".";
import { listAgentsQuery, listVersionsQuery } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();
const config = { endpoint: { type: "sip" as const, url: "sip:new@agents.example.com" } };

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function openNumber(ctx: Ctx): Promise<string> {
  const phoneNumber = takeNumber();
  await insertNumber(ctx, phoneNumber);
  return phoneNumber;
}

type Wish = { agent_id: string; version?: number; direction?: "inbound" | "outbound" };

const assign = (ctx: Ctx, phoneNumber: string, wish: Wish) =>
  assignSlot(ctx, { phoneNumber, direction: "inbound", version: "latest", replace: false, ...wish });

describe("following and pinning", () => {
  test("a new version moves what follows and leaves what is pinned; an older one published late moves nothing", async () => {
    const ctx = await openOrganization();
    const [agent_id, phoneNumber] = [await openAgent(ctx), await openNumber(ctx)];
    await assign(ctx, phoneNumber, { agent_id });
    await assign(ctx, phoneNumber, { agent_id, version: 1, direction: "outbound" });
    await createVersion(ctx, agent_id, { config });
    await createVersion(ctx, agent_id, { config });
    await publishVersion(ctx, agent_id, 3, { direction: "inbound" });
    const slots = {
      inbound: { version: 3, follows_latest: true },
      outbound: { version: 1, follows_latest: false },
    };
    expect(await getPhoneNumber(ctx, phoneNumber)).toMatchObject(slots);
    await publishVersion(ctx, agent_id, 2, { direction: "inbound" });
    expect(await getPhoneNumber(ctx, phoneNumber)).toMatchObject(slots);
  });
});

describe("publishing onto numbers", () => {
  test("both directions of many, and its own slots off others; other agents' slots are left alone", async () => {
    const ctx = await openOrganization();
    const [anna, ben] = [await openAgent(ctx, "Anna"), await openAgent(ctx, "Ben")];
    const [one, two, three] = [await openNumber(ctx), await openNumber(ctx), await openNumber(ctx)];
    await assign(ctx, one, { agent_id: ben });
    await assign(ctx, three, { agent_id: anna });
    await assign(ctx, three, { agent_id: ben, direction: "outbound" });
    const numbers = await publishVersion(ctx, anna, 1, {
      phone_numbers: [one, two, one],
      unassign_phone_numbers: [three],
      direction: "both",
    });
    expect(numbers.map((number) => number.phone_number).sort()).toEqual([one, two, three].sort());
    for (const phoneNumber of [one, two])
      expect(await getPhoneNumber(ctx, phoneNumber)).toMatchObject({
        inbound: { agent_id: anna, version: 1, follows_latest: false },
        outbound: { agent_id: anna, version: 1, follows_latest: false },
      });
    expect(await getPhoneNumber(ctx, three)).toMatchObject({ inbound: null, outbound: { agent_id: ben } });
  });

  test("with one number that is not there, or not active: nothing is published and nothing assigned", async () => {
    const ctx = await openOrganization();
    const [agentId, good] = [await openAgent(ctx, "Anna", 0), await openNumber(ctx)];
    await createVersion(ctx, agentId, { config });
    const quarantined = takeNumber();
    await insertNumber(ctx, quarantined, { state: "quarantined" });
    for (const [bad, code] of [
      [takeNumber(), "not_found"],
      [quarantined, "number_not_active"],
    ] as const) {
      const publishing = publishVersion(ctx, agentId, 1, {
        phone_numbers: [good, bad],
        direction: "inbound",
      });
      await expect(publishing).rejects.toMatchObject({ code });
      expect(await database().agent.findUniqueOrThrow({ where: { id: agentId } })).toMatchObject({
        latestVersion: null,
      });
      expect(await getPhoneNumber(ctx, good)).toMatchObject({ inbound: null, version: 1 });
    }
    expect(
      (await publishVersion(ctx, agentId, "latest", { phone_numbers: [good], direction: "inbound" }))[0]
        ?.inbound,
    ).toMatchObject({ version: 1 });
  });

  test("two agents onto the same numbers in opposite order, thirty rounds: no deadlock reaches anybody", async () => {
    const ctx = await openOrganization();
    const agents = [await openAgent(ctx, "Anna"), await openAgent(ctx, "Ben")];
    const numbers: string[] = [];
    for (let count = 0; count < 6; count += 1) numbers.push(await openNumber(ctx));
    for (let round = 0; round < 30; round += 1) {
      const orders = [numbers, [...numbers].reverse()];
      await Promise.all(
        agents.map((agent, index) =>
          publishVersion(ctx, agent, 1, { phone_numbers: orders[index], direction: "both" }),
        ),
      );
      const holders = await Promise.all(
        numbers.map(async (number) => (await getPhoneNumber(ctx, number)).inbound?.agent_id),
      );
      expect(new Set(holders).size).toBe(1);
    }
  }, 60_000);
});

describe("versions", () => {
  test("twenty drafts asked for at once are twenty versions, numbered without a gap", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx);
    const made = await Promise.all(
      Array.from({ length: 20 }, () => createVersion(ctx, agentId, { base_version: 1 })),
    );
    const numbers = made.map(({ version }) => version).sort((one, two) => one - two);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    const published = await listVersions(ctx, agentId, listVersionsQuery.parse({ published: "true" }));
    expect(published.data.map(({ version }) => version)).toEqual([1]);
  });

  test("published by ten at once it is published once, and the history says so once", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 0);
    const { id } = await createVersion(ctx, agentId, { config });
    await Promise.all(
      Array.from({ length: 10 }, () => publishVersion(ctx, agentId, 1, { direction: "inbound" })),
    );
    const where = { objectId: id, action: "agent_version.published" };
    expect(await database().auditEvent.count({ where })).toBe(1);
    expect(await database().agent.findUniqueOrThrow({ where: { id: agentId } })).toMatchObject({
      latestVersion: 1,
    });
  });

  test("agents and versions are walked page by page, none twice, none missing", async () => {
    const ctx = await openOrganization();
    for (let count = 0; count < 7; count += 1) await openAgent(ctx, `Agent ${count}`, count === 0 ? 5 : 0);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAgents(
        ctx,
        listAgentsQuery.parse({ limit: "3", ...(cursor ? { cursor } : {}) }),
      );
      names.push(...page.data.map((agent) => agent.name));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(names).toEqual(["Agent 6", "Agent 5", "Agent 4", "Agent 3", "Agent 2", "Agent 1", "Agent 0"]);
    const [first] = (await listAgents(ctx, listAgentsQuery.parse({ name: "agent 0" }))).data;
    const page = await listVersions(ctx, first?.id ?? "", listVersionsQuery.parse({ limit: "2" }));
    const rest = listVersionsQuery.parse({ cursor: page.next_cursor });
    const versions = [...page.data, ...(await listVersions(ctx, first?.id ?? "", rest)).data];
    expect(versions.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
  });
});
