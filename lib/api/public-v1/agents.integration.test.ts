import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../../context";
import { database } from "../../db/client";
import { expectData, expectError, openCustomer } from "../../testing/customer";
import { openAgent, openDesk, openOrganization } from "../../testing/desk";
import { createNumberPool } from "../../testing/local-carrier";
import { insertNumber } from "../../testing/rows";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

type Direction = "inbound" | "outbound";

/** A number in the agent's slots; returns what lists say of it. */
async function giveNumber(ctx: Ctx, agentId: string, directions: Direction[], createdAt = new Date()) {
  const phone_number = takeNumber();
  const id = await insertNumber(ctx, phone_number, { createdAt });
  const slot = { organizationId: ctx.organizationId, phoneNumberId: id, agentId };
  await database().assignment.createMany({ data: directions.map((direction) => ({ ...slot, direction })) });
  return { id, phone_number };
}

describe("the list of agents", () => {
  test("of an organization without agents is empty, with the defaults", async () => {
    const { call } = await openCustomer();
    expect(expectData(await call("GET", "/agents"))).toEqual({
      data: [],
      pagination: { total: 0, limit: 50, offset: 0, has_more: false },
    });
  });

  test("shows each agent, newest first, with the numbers it answers and calls from", async () => {
    const { ctx, call } = await openCustomer();
    const [anna, ben] = [await openAgent(ctx, "Anna"), await openAgent(ctx, "Ben", 0)];
    const older = await giveNumber(ctx, anna, ["inbound", "outbound"], new Date(Date.UTC(2026, 0, 1)));
    const newer = await giveNumber(ctx, anna, ["inbound"], new Date(Date.UTC(2026, 0, 2)));
    await openAgent(await openOrganization(), "Somebody else's");
    const { data } = expectData(await call("GET", "/agents"));
    const moments = { created_at: expect.any(String), updated_at: expect.any(String) };
    expect(data).toEqual([
      {
        id: ben,
        name: "Ben",
        description: null,
        status: "draft",
        inbound_phone_numbers: [],
        outbound_phone_numbers: [],
        ...moments,
      },
      {
        id: anna,
        name: "Anna",
        description: null,
        status: "active",
        inbound_phone_numbers: [newer, older],
        outbound_phone_numbers: [older],
        ...moments,
      },
    ]);
  });

  test("is narrowed by status and by a part of the name, both counted", async () => {
    const { ctx, call } = await openCustomer();
    await openAgent(ctx, "Front 100% desk");
    await openAgent(ctx, "Front door", 0);
    const off = await openAgent(ctx, "Switched off");
    await database().agent.update({ where: { id: off }, data: { active: false } });
    const gone = await openAgent(ctx, "Front gone");
    await database().agent.update({
      where: { id: gone },
      data: { deletedAt: new Date(), latestVersion: null },
    });
    const names = async (query: string) => {
      const { data, pagination } = expectData(await call("GET", `/agents?${query}`));
      expect(pagination.total).toBe(data.length);
      return data.map(({ name }: { name: string }) => name);
    };
    expect(await names("")).toEqual(["Switched off", "Front door", "Front 100% desk"]);
    expect(await names("status=active")).toEqual(["Front 100% desk"]);
    expect(await names("status=draft")).toEqual(["Switched off", "Front door"]);
    expect(await names("status=creating")).toEqual([]);
    expect(await names("status=failed")).toEqual([]);
    expect(await names("name=FRONT")).toEqual(["Front door", "Front 100% desk"]);
    expect(await names("name=%25")).toEqual(["Front 100% desk"]);
    expect(await names("name=front&status=draft")).toEqual(["Front door"]);
  });

  test("is walked by position, none twice and none missing", async () => {
    const { ctx, call } = await openCustomer();
    for (const name of ["One", "Two", "Three", "Four", "Five"]) await openAgent(ctx, name, 0);
    const pages = [];
    for (const offset of [0, 2, 4, 6])
      pages.push((await call("GET", `/agents?limit=2&offset=${offset}`)).body);
    expect(pages.flatMap(({ data }) => data.map(({ name }: { name: string }) => name))).toEqual([
      "Five",
      "Four",
      "Three",
      "Two",
      "One",
    ]);
    expect(pages.map(({ pagination }) => pagination)).toEqual([
      { total: 5, limit: 2, offset: 0, has_more: true },
      { total: 5, limit: 2, offset: 2, has_more: true },
      { total: 5, limit: 2, offset: 4, has_more: false },
      { total: 5, limit: 2, offset: 6, has_more: false },
    ]);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["offset=-1", "offset"],
    ["status=deleted", "status"],
    ["cursor=x", "cursor"],
  ])("%s is a field error", async (query, path) => {
    const { call } = await openCustomer();
    const error = expectError(await call("GET", `/agents?${query}`), 422, "validation_error");
    expect(error.details.errors).toMatchObject([{ path }]);
  });

  test("leaves numbers out for a key that may not read them", async () => {
    const { ctx, call } = await openCustomer({ scopes: ["agents:read"] });
    const id = await openAgent(ctx);
    await giveNumber(ctx, id, ["inbound"]);
    const [agent] = expectData(await call("GET", "/agents")).data;
    expect(agent.id).toBe(id);
    expect(Object.keys(agent)).not.toContain("inbound_phone_numbers");
    expect(Object.keys(agent)).not.toContain("outbound_phone_numbers");
    expectError(await call("GET", `/telephony/agents/${id}/numbers`), 403, "forbidden");
  });
});

describe("the numbers of an agent", () => {
  test("are told by direction, newest first", async () => {
    const { ctx, call } = await openCustomer();
    const [anna, ben] = [await openAgent(ctx, "Anna"), await openAgent(ctx, "Ben")];
    const both = await giveNumber(ctx, anna, ["inbound", "outbound"], new Date(Date.UTC(2026, 0, 1)));
    const answered = await giveNumber(ctx, anna, ["inbound"], new Date(Date.UTC(2026, 0, 2)));
    const shared = await giveNumber(ctx, anna, ["outbound"], new Date(Date.UTC(2026, 0, 3)));
    const slot = { organizationId: ctx.organizationId, phoneNumberId: shared.id, agentId: ben };
    await database().assignment.create({ data: { ...slot, direction: "inbound" } });
    const read = async (id: string) => expectData(await call("GET", `/telephony/agents/${id}/numbers`)).data;
    expect(await read(anna)).toMatchObject({
      agent_id: anna,
      inbound: [answered, { ...both, inbound_agent_id: anna, outbound_agent_id: anna }],
      outbound: [{ ...shared, inbound_agent_id: ben, outbound_agent_id: anna }, both],
    });
    expect(await read(ben)).toMatchObject({ agent_id: ben, inbound: [shared], outbound: [] });
    expect(await read(await openAgent(ctx, "Idle", 0))).toMatchObject({ inbound: [], outbound: [] });
  });
});

describe("an agent that is not there, is deleted or is another organization's", () => {
  test.each(["numbers", "webhook-url"])("has no %s: 404", async (what) => {
    const { ctx, call } = await openCustomer();
    const deleted = await openAgent(ctx);
    await database().agent.update({
      where: { id: deleted },
      data: { deletedAt: new Date(), latestVersion: null },
    });
    for (const id of ["agt_none", deleted, await openAgent(await openOrganization())]) {
      const error = expectError(await call("GET", `/telephony/agents/${id}/${what}`), 404, "not_found");
      expect(error.message).toBe("There is no such agent.");
    }
  });
});

test("the webhook address of an agent is not there yet", async () => {
  const { ctx, call } = await openCustomer();
  const reply = await call("GET", `/telephony/agents/${await openAgent(ctx)}/webhook-url`);
  const { message } = expectError(reply, 501, "not_implemented");
  expect(message).toBe("Agents have no webhook address of their own yet.");
});
