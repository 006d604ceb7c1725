import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { database } from "../../db/client";
import { registerPhoneNumber } from "../../phone-numbers";
import { expectData, expectError, issuesOf, openCustomer } from "../../testing/customer";
import { openAgent, openDesk, openOrganization } from "../../testing/desk";
import { createNumberPool } from "../../testing/local-carrier";
import { endLeases, settleEverything } from "../../testing/oracle";
import { insertNumber, openOwnTrunk } from "../../testing/rows";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();
const at = "/telephony/numbers";

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => desk.control.disarm());
afterAll(() => desk.close());

describe("an assignment", () => {
  test("is made and unmade for each direction by itself", async () => {
    const { ctx, call } = await openCustomer();
    const [agent_id, number_id] = [await openAgent(ctx), await insertNumber(ctx, takeNumber())];
    const assign = (assignment_type: string) =>
      call("POST", `${at}/assign`, { number_id, agent_id, assignment_type });
    const outbound = expectData(await assign("outbound")).data;
    expect(outbound).toMatchObject({
      number: { id: number_id, inbound_agent_id: null, outbound_agent_id: agent_id },
      agent_id,
      assignment_type: "outbound",
    });
    expect(outbound.assigned_at).toBe(outbound.number.updated_at);
    expect(expectData(await assign("inbound")).data.number).toMatchObject({
      inbound_agent_id: agent_id,
      outbound_agent_id: agent_id,
    });
    const again = expectData(await assign("inbound"));
    expect(again).toEqual(expectData(await assign("inbound")));

    const unassign = () => call("POST", `${at}/unassign`, { number_id, assignment_type: "outbound" });
    const cleared = expectData(await unassign());
    expect(cleared.data).toMatchObject({
      number: { id: number_id, inbound_agent_id: agent_id, outbound_agent_id: null },
      agent_id: null,
      assignment_type: "outbound",
    });
    expect(cleared.data.unassigned_at).toBe(cleared.data.number.updated_at);
    expect(expectData(await unassign())).toEqual(cleared);
  });

  test("follows the newest published version and replaces another agent, by E.164 as well", async () => {
    const { ctx, call } = await openCustomer();
    const phoneNumber = takeNumber();
    const phoneNumberId = await insertNumber(ctx, phoneNumber);
    for (const agent_id of [await openAgent(ctx, "Anna"), await openAgent(ctx, "Ben", 3)]) {
      const body = { number_id: phoneNumber, agent_id, assignment_type: "inbound" };
      expect(expectData(await call("POST", `${at}/assign`, body)).data.number).toMatchObject({
        id: phoneNumberId,
        inbound_agent_id: agent_id,
      });
      expect(await database().assignment.findMany({ where: { phoneNumberId } })).toMatchObject([
        { direction: "inbound", agentId: agent_id, version: null },
      ]);
    }
  });

  test("needs a published version, an active number, and names that exist", async () => {
    const { ctx, call } = await openCustomer();
    const [agent_id, draft] = [await openAgent(ctx), await openAgent(ctx, "Draft", 0)];
    const number_id = await insertNumber(ctx, takeNumber());
    const waiting = await insertNumber(ctx, takeNumber(), { state: "quarantined" });
    const unknown = "6f0c4dd2-3b52-4a0e-8f8f-2f3c1f9f0a11";
    const cases = [
      [{ number_id, agent_id: draft }, 409, "version_not_published"],
      [{ number_id: waiting, agent_id }, 409, "number_not_active"],
      [{ number_id: unknown, agent_id }, 404, "not_found"],
      [{ number_id, agent_id: unknown }, 404, "not_found"],
    ] as const;
    for (const [body, status, code] of cases)
      expectError(await call("POST", `${at}/assign`, { ...body, assignment_type: "inbound" }), status, code);
    const other = { number_id: unknown, assignment_type: "inbound" };
    expectError(await call("POST", `${at}/unassign`, other), 404, "not_found");
    expect(await database().assignment.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
  });

  test.each([
    ["assign", {}, ["number_id: Send the id of a number.", "agent_id: Send the id of an agent."]],
    ["assign", { number_id: "num_1", agent_id: "" }, ["agent_id: Send the id of an agent."]],
    ["unassign", { number_id: 7 }, ["number_id: Send the id of a number."]],
    [
      "unassign",
      { number_id: "num_1", agent_id: "agt_1" },
      ["agent_id: There is no field named agent_id here."],
    ],
  ])("%s %o is a field error", async (verb, body, sentences) => {
    const { call } = await openCustomer();
    const reply = await call("POST", `${at}/${verb}`, { ...body, assignment_type: "both" });
    expect(issuesOf(expectError(reply, 422, "validation_error")).sort()).toEqual(
      [...sentences, "assignment_type: Use inbound or outbound."].sort(),
    );
  });
});

describe("a release", () => {
  async function openBought(number = takeNumber()) {
    const customer = await openCustomer();
    const reply = await customer.call("POST", `${at}/purchase`, { phone_number: number });
    return { ...customer, ...expectData(reply, 201).data };
  }

  test("is refused while an agent is assigned, unless it is to be unassigned first", async () => {
    const { ctx, call, id: number_id } = await openBought();
    const agent_id = await openAgent(ctx);
    const body = { number_id, agent_id, assignment_type: "inbound" };
    expectData(await call("POST", `${at}/assign`, body));
    const error = expectError(await call("DELETE", `${at}/${number_id}`), 409, "number_in_use");
    expect(error.message).toBe(
      "This number is in use by Anna (inbound). Unassign it first, or choose to unassign and release.",
    );
    const { data } = expectData(await call("DELETE", `${at}/${number_id}?unassign=true`));
    expect(data).toMatchObject({ id: number_id, status: "released", inbound_agent_id: null });
    expect(expectData(await call("GET", at))).toMatchObject({ data: [], pagination: { total: 0 } });
  });

  test("gives the number back once, however often and by whichever name", async () => {
    const { call, id, phone_number } = await openBought();
    for (const name of [id, phone_number, encodeURIComponent(phone_number)])
      expect(expectData(await call("DELETE", `${at}/${name}`)).data).toMatchObject({
        id,
        status: "released",
      });
    const { deletes } = await desk.control.books();
    expect(deletes.filter((each) => each.phone_number === phone_number)).toHaveLength(1);
  });

  test("the carrier has not confirmed is 202", async () => {
    const { call, id, phone_number } = await openBought();
    await desk.control.arm({ operation: "release", phone_number, behaviour: { kind: "reset_before" } });
    expect(expectData(await call("DELETE", `${at}/${id}`), 202).data.status).toBe("releasing");
    await endLeases();
    await settleEverything();
    expect(expectData(await call("DELETE", `${at}/${id}`)).data.status).toBe("released");
  });

  test("the carrier refuses leaves the number as it was", async () => {
    const { call, id, phone_number } = await openBought();
    const behaviour = { kind: "refuse", code: 21404, message: "Port in progress" };
    await desk.control.arm({ operation: "release", phone_number, behaviour });
    const error = expectError(await call("DELETE", `${at}/${id}`), 502, "carrier_refused");
    expect(error).toEqual({
      code: "carrier_refused",
      message: "The carrier refused: Port in progress. The number stays with you as it was.",
      details: { carrier_code: "21404" },
    });
    expect(expectData(await call("GET", at)).data).toMatchObject([{ id, status: "active" }]);
  });

  test("of a number that was brought along takes it out of the list and asks no carrier", async () => {
    const { ctx, call } = await openCustomer();
    const trunk_id = await openOwnTrunk(ctx);
    const { id } = await registerPhoneNumber(ctx, { phone_number: takeNumber(), trunk_id });
    const before = (await desk.control.requests()).length;
    for (let time = 0; time < 2; time += 1)
      expect(expectData(await call("DELETE", `${at}/${id}`)).data).toMatchObject({
        id,
        status: "detached",
        is_truedy_managed: false,
      });
    expect(expectData(await call("GET", at)).data).toEqual([]);
    expect((await desk.control.requests()).length).toBe(before);
  });

  test("takes nothing but unassign", async () => {
    const { call, id } = await openBought();
    for (const query of ["unassign=yes", "dry_run=true"])
      expectError(await call("DELETE", `${at}/${id}?${query}`), 422, "validation_error");
    expect(expectData(await call("GET", at)).data).toMatchObject([{ id, status: "active" }]);
  });
});

describe("another organization's number and agent", () => {
  test("are a 404 under every name, and stay as they are", async () => {
    const [{ ctx, call }, theirs] = [await openCustomer(), await openOrganization()];
    const [agent_id, theirAgent] = [await openAgent(ctx), await openAgent(theirs)];
    const [number_id, theirNumber] = [await insertNumber(ctx, takeNumber()), takeNumber()];
    const theirId = await insertNumber(theirs, theirNumber);
    const slot = { organizationId: theirs.organizationId, phoneNumberId: theirId, agentId: theirAgent };
    await database().assignment.create({ data: { ...slot, direction: "inbound" } });
    const rows = async () => ({
      numbers: await database().phoneNumber.findMany({ where: { id: { in: [theirId, number_id] } } }),
      slots: await database().assignment.findMany({ where: { phoneNumberId: { in: [theirId, number_id] } } }),
      history: await database().auditEvent.count({
        where: { organizationId: { in: [theirs.organizationId, ctx.organizationId] } },
      }),
    });
    const before = await rows();
    const type = { assignment_type: "inbound" };
    for (const name of [theirId, theirNumber]) {
      expectError(await call("DELETE", `${at}/${name}`), 404, "not_found");
      expectError(await call("DELETE", `${at}/${name}?unassign=true`), 404, "not_found");
      expectError(await call("POST", `${at}/unassign`, { number_id: name, ...type }), 404, "not_found");
      const body = { number_id: name, agent_id, ...type };
      expectError(await call("POST", `${at}/assign`, body), 404, "not_found");
    }
    const body = { number_id, agent_id: theirAgent, ...type };
    expectError(await call("POST", `${at}/assign`, body), 404, "not_found");
    expect(await rows()).toEqual(before);
  });
});

describe("who may", () => {
  test("reading rights list and search; they buy, assign and release nothing", async () => {
    const { ctx, call } = await openCustomer({ scopes: ["phone_numbers:read", "managed_accounts:read"] });
    const number_id = await insertNumber(ctx, takeNumber());
    expectData(await call("GET", at));
    expectData(await call("POST", `${at}/search`, { page_size: 1 }));
    const type = { assignment_type: "inbound" };
    const refused = [
      await call("POST", `${at}/purchase`, { phone_number: takeNumber() }),
      await call("POST", `${at}/import`, {
        phone_number: takeNumber(),
        provider_type: "telnyx",
        api_key: "K",
      }),
      await call("POST", `${at}/assign`, { number_id, agent_id: await openAgent(ctx), ...type }),
      await call("POST", `${at}/unassign`, { number_id, ...type }),
      await call("DELETE", `${at}/${number_id}`),
    ];
    for (const reply of refused)
      expect(expectError(reply, 403, "forbidden").message).toMatch(/^This needs the scope /);
  });

  test("nobody without a key", async () => {
    const { call } = await openCustomer();
    expectError(await call("GET", at, undefined, { authorization: "" }), 401, "unauthorized");
    const reply = await call("GET", at, undefined, { authorization: "Bearer ak_nobody.nothing" });
    expectError(reply, 401, "unauthorized");
  });
});
