import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { getPhoneNumber } from "../phone-numbers";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { buyByPlan, connectAs } from "../testing/mcp-client";
import { expectBooksAgree } from "../testing/oracle";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool(["510", "628"]);

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => expectBooksAgree(desk.control));
afterAll(() => desk.close());

describe.each(["legacy", "auto"] as const)("the whole way, with the %s handshake", (handshake) => {
  test("from a search to a released number", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 2);
    const assistant = await connectAs(ctx, [...ctx.scopes], handshake);
    // The client checks every answer against the schemas of this list.
    await assistant.listTools();

    const found = await assistant.call("search_numbers", { area_code: "415", voice_enabled: true, limit: 3 });
    expect(found.facts.data).toHaveLength(3);
    const phoneNumber: string = found.facts.data[0].phone_number;
    expect(found.text.split("\n")[0]).toMatch(/^\+1415555\d{4} · .* · 1\.15 USD a month$/);

    const agents = await assistant.call("list_agents", { name: "ann" });
    expect(agents.facts.data).toMatchObject([{ id: agentId, latest_version: 2 }]);
    expect(agents.text).toContain(agentId);

    const plan = await assistant.call("plan_purchase", {
      phone_number: phoneNumber,
      label: "Front desk",
      inbound: { agent_id: agentId, version: 1 },
    });
    expect(plan.facts).toMatchObject({
      phone_number: phoneNumber,
      first_charge: { amount: "1.15", currency: "USD" },
      monthly_cost: { amount: "1.15", currency: "USD" },
      numbers_after: 1,
      number_limit: 50,
    });
    for (const word of [
      "1.15 USD now",
      plan.facts.renews_on,
      "number 1 of at most 50",
      plan.facts.plan_token,
    ])
      expect(plan.text).toContain(word);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);

    const bought = await assistant.call("buy_number", { plan_token: plan.facts.plan_token });
    expect(bought.facts).toMatchObject({
      outcome: "bought",
      number: { phone_number: phoneNumber, status: "active", label: "Front desk", inbound: { version: 1 } },
    });

    const named = { phone_number: phoneNumber };
    const assigned = await assistant.call("assign_agent", {
      ...named,
      direction: "outbound",
      agent_id: agentId,
    });
    expect(assigned.facts.outbound).toMatchObject({ version: 2, follows_latest: true });
    expect((await assistant.call("share_number", { ...named, shareable: true })).facts).toMatchObject({
      outbound_shareable: true,
    });
    const listed = await assistant.call("list_phone_numbers", { status: ["active"], assigned: true });
    expect(listed.facts.data).toMatchObject([{ phone_number: phoneNumber, outbound_shareable: true }]);
    expect(listed.text).toBe(
      `${phoneNumber} “Front desk” · active · inbound: Anna (version 1) · outbound: Anna (version 2, follows the latest) · shared · 1.15 USD a month`,
    );
    const emptied = await assistant.call("unassign_agent", { ...named, direction: "outbound" });
    expect(emptied.facts).toMatchObject({ outbound: null, inbound: { version: 1 } });

    const refused = await assistant.call("plan_release", named);
    expect(refused.facts).toMatchObject({ can_release: false, plan_token: null, expires_at: null });
    expect(refused.text).toContain("unassign");
    const release = await assistant.call("plan_release", { ...named, unassign: true });
    expect(release.facts).toMatchObject({
      can_release: true,
      reason: null,
      inbound: { agent_name: "Anna" },
      outbound: null,
      monthly_saving: { amount: "1.15", currency: "USD" },
      paid_until: plan.facts.renews_on,
    });
    for (const word of ["Anna", "1.15 USD", plan.facts.renews_on, release.facts.plan_token])
      expect(release.text).toContain(word);
    expect((await assistant.call("get_phone_number", named)).facts.status).toBe("active");
    const released = await assistant.call("release_number", { plan_token: release.facts.plan_token });
    expect(released.facts).toMatchObject({ outcome: "released", number: { status: "released" } });

    const trail = await database().auditEvent.findMany({
      where: { organizationId: ctx.organizationId, actorId: assistant.keyId, objectType: "phone_number" },
    });
    expect(new Set(trail.map(({ surface }) => surface))).toEqual(new Set(["mcp"]));
    expect(trail.map(({ action }) => action)).toContain("phone_number.released");
  });
});

describe("a search that finds nothing", () => {
  test("says which near searches do, as search_numbers takes them", async () => {
    const assistant = await connectAs(await openOrganization());
    await assistant.listTools();
    const nothing = await assistant.call("search_numbers", {
      area_code: "415",
      contains: "999999",
      limit: 2,
    });
    expect(nothing.facts.data).toEqual([]);
    expect(nothing.text).toContain("Nothing was found.");
    const [near] = nothing.facts.alternatives;
    expect(nothing.text).toContain(near.label);
    const found = await assistant.call("search_numbers", near.query);
    expect(found.facts.data.length).toBeGreaterThan(0);
  });
});

describe("lists go on where they ended", () => {
  test("with the cursor their text names", async () => {
    const ctx = await openOrganization();
    const assistant = await connectAs(ctx);
    const [first, second] = [await openAgent(ctx, "Anna"), await openAgent(ctx, "Ben")];
    const page = await assistant.call("list_agents", { limit: 1 });
    expect(page.facts.data).toMatchObject([{ id: second }]);
    expect(page.text).toContain(page.facts.next_cursor);
    const rest = await assistant.call("list_agents", { limit: 1, cursor: page.facts.next_cursor });
    expect(rest.facts).toMatchObject({ data: [{ id: first }], next_cursor: null });
    expect((await assistant.call("list_phone_numbers")).text).toBe("There are none.");
  });
});

describe("another organization", () => {
  test("its numbers and agents are not found, by any tool", async () => {
    const [ctx, others] = [await openOrganization(), await openOrganization()];
    const [assistant, stranger] = [await connectAs(ctx), await connectAs(others)];
    const phone_number = await buyByPlan(assistant, takeNumber());
    const { id } = await getPhoneNumber(ctx, phone_number);
    const [ours, theirs] = [await openAgent(ctx), await openAgent(others)];
    for (const name of [phone_number, id]) {
      const number = { phone_number: name };
      const calls: [string, object][] = [
        ["get_phone_number", number],
        ["assign_agent", { ...number, direction: "inbound", agent_id: theirs }],
        ["unassign_agent", { ...number, direction: "inbound" }],
        ["share_number", { ...number, shareable: true }],
        ["plan_release", number],
        ["undo_release", number],
      ];
      for (const [tool, input] of calls) {
        const reply = await stranger.call(tool, { ...input });
        expect(reply.facts, tool).toMatchObject({
          code: "not_found",
          detail: "There is no such phone number.",
        });
      }
    }
    expect((await stranger.call("list_phone_numbers")).facts.data).toEqual([]);
    expect((await stranger.call("list_agents")).facts.data).toMatchObject([{ id: theirs }]);
    const own = await buyByPlan(stranger, takeNumber());
    const taking = { phone_number: own, direction: "inbound", agent_id: ours };
    expect((await stranger.call("assign_agent", taking)).facts.code).toBe("not_found");
    const wished = await stranger.call("plan_purchase", {
      phone_number: takeNumber(),
      inbound: { agent_id: ours },
    });
    expect(wished.facts.code).toBe("not_found");
    const sold = await stranger.call("plan_purchase", { phone_number });
    expect(sold.facts.code).toBe("number_unavailable");
    expect((await getPhoneNumber(ctx, phone_number)).outbound_shareable).toBe(false);
  });
});

describe("a slot of another agent", () => {
  test("is taken over only when that is said", async () => {
    const ctx = await openOrganization();
    const assistant = await connectAs(ctx);
    const [anna, ben] = [await openAgent(ctx, "Anna"), await openAgent(ctx, "Ben")];
    const phone_number = await buyByPlan(assistant, takeNumber(), { inbound: { agent_id: anna } });
    const taking = { phone_number, direction: "inbound", agent_id: ben };
    const refused = await assistant.call("assign_agent", taking);
    expect(refused.facts).toMatchObject({ code: "slot_occupied", slot: { agent_id: anna } });
    const taken = await assistant.call("assign_agent", { ...taking, replace: true });
    expect(taken.facts.inbound.agent_id).toBe(ben);
  });
});

describe("failures", () => {
  test("fit the output schemas too: some clients check them against these", async () => {
    const assistant = await connectAs(await openOrganization());
    const validators = new Ajv2020({ strict: false });
    addFormats(validators);
    for (const { name, outputSchema } of await assistant.listTools()) {
      const isValid = validators.compile(outputSchema ?? false);
      const { isError, facts } = await assistant.call(name, { surplus: true });
      expect(isError, name).toBe(true);
      expect(isValid(facts), `${name}: ${JSON.stringify(isValid.errors)}`).toBe(true);
    }
  });

  test("input that does not fit is told field by field", async () => {
    const assistant = await connectAs(await openOrganization());
    const reply = await assistant.call("plan_purchase", {
      phone_number: "4155550123",
      expected_monthly_cost: "0.01",
    });
    expect(reply.facts.code).toBe("validation_failed");
    const paths = reply.facts.errors.map((issue: { path: string }) => issue.path);
    expect(paths.sort()).toEqual(["expected_monthly_cost", "phone_number"]);
    expect(reply.facts.request_id).toMatch(/^req_\w{22}$/);
  });

  test("what nobody planned for tells nothing of the inside", async () => {
    const assistant = await connectAs(await openOrganization());
    await database().$executeRaw`ALTER TABLE agent RENAME TO agent_away`;
    const reply = await assistant.call("list_agents");
    await database().$executeRaw`ALTER TABLE agent_away RENAME TO agent`;
    const detail = "Something went wrong on our side. Quote the request id if it happens again.";
    expect(reply).toEqual({
      isError: true,
      text: detail,
      facts: { code: "internal_error", detail, request_id: expect.stringMatching(/^req_\w{22}$/) },
    });
  });
});
