import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { env } from "../env";
import { getPhoneNumber } from "../phone-numbers";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { type Assistant, buyByPlan, connectAs, planToBuy, planToRelease } from "../testing/mcp-client";
import { expectBooksAgree, settleEverything } from "../testing/oracle";
import { sealPlan } from "./plan-token";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool(["510", "628"]);

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_QUIET_WINDOW_SECONDS: "2" });
});
afterEach(async () => {
  await desk.control.disarm();
  await expectBooksAgree(desk.control);
});
afterAll(() => desk.close());

describe("a purchase by plan", () => {
  test("20 at once with one token: one purchase, and afterwards the number is owned", async () => {
    const ctx = await openOrganization();
    const assistant = await connectAs(ctx);
    const phoneNumber = takeNumber();
    const plan_token = await planToBuy(assistant, phoneNumber);
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => assistant.call("buy_number", { plan_token })),
    );
    const outcomes = replies.map(({ facts }) => facts.outcome ?? facts.code);
    expect(outcomes.filter((outcome) => outcome === "bought")).toHaveLength(1);
    for (const outcome of outcomes) expect(["bought", "request_in_progress"]).toContain(outcome);
    const again = await assistant.call("buy_number", { plan_token });
    const { id } = await getPhoneNumber(ctx, phoneNumber);
    expect(again.facts).toMatchObject({ outcome: "bought", number: { id } });
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });

  test("is carried out once, also when the number was released and is for sale again", async () => {
    const assistant = await connectAs(await openOrganization());
    const phone_number = takeNumber();
    const plan_token = await planToBuy(assistant, phone_number);
    const bought = await assistant.call("buy_number", { plan_token });
    const release = await planToRelease(assistant, phone_number);
    await desk.control.settings({ released_numbers: "back_in_stock" });
    expect((await assistant.call("release_number", { plan_token: release })).facts.outcome).toBe("released");
    expect((await assistant.call("buy_number", { plan_token })).facts).toEqual(bought.facts);
    await desk.control.settings({ released_numbers: "held" });
    expect(await desk.control.purchasesSent(phone_number)).toBe(1);
  });

  test("a price that rose since: refused with the price now, nothing bought", async () => {
    const assistant = await connectAs(await openOrganization());
    const phoneNumber = takeNumber();
    const plan_token = await planToBuy(assistant, phoneNumber);
    await desk.control.settings({ prices: { US: { local: "1.30" } } });
    const refused = await assistant.call("buy_number", { plan_token });
    await desk.control.settings({ prices: {} });
    expect(refused).toMatchObject({
      isError: true,
      text: "The carrier now asks for 1.30 USD a month. Nothing was bought.",
      facts: { code: "price_changed", cost_information: { monthly_cost: "1.30" } },
    });
    expect((await assistant.call("buy_number", { plan_token })).facts.code).toBe("price_changed");
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    const another = await planToBuy(assistant, phoneNumber);
    expect((await assistant.call("buy_number", { plan_token: another })).facts.outcome).toBe("bought");
  });

  test("the carrier says no: told with its code, and the same again until it is planned anew", async () => {
    const assistant = await connectAs(await openOrganization());
    await assistant.listTools();
    const phoneNumber = takeNumber();
    const plan_token = await planToBuy(assistant, phoneNumber);
    const behaviour = { kind: "refuse", code: 21404 };
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, times: 0, behaviour });
    const refused = await assistant.call("buy_number", { plan_token });
    expect(refused).toMatchObject({
      isError: true,
      facts: { code: "carrier_refused", detail: refused.text, carrier_code: "21404" },
    });
    await desk.control.disarm();
    expect((await assistant.call("buy_number", { plan_token })).facts.code).toBe("carrier_refused");
    const another = await planToBuy(assistant, phoneNumber);
    expect((await assistant.call("buy_number", { plan_token: another })).facts.outcome).toBe("bought");
  });

  test("an answer that got lost is told as open, and settles by itself", async () => {
    const assistant = await connectAs(await openOrganization());
    const phoneNumber = takeNumber();
    const plan_token = await planToBuy(assistant, phoneNumber);
    const behaviour = { kind: "reset_after" };
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, times: 1, behaviour });
    const open = await assistant.call("buy_number", { plan_token });
    expect(open.facts).toMatchObject({ outcome: "checking", number: { status: "checking" } });
    expect(open.text).toContain(phoneNumber);
    await settleEverything();
    const settled = await assistant.call("get_phone_number", { phone_number: phoneNumber });
    expect(settled.facts.status).toBe("active");
    const told = await assistant.call("buy_number", { plan_token });
    expect(told.facts).toMatchObject({ outcome: "bought", number: { id: settled.facts.id } });
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });

  test("the plan says what stands in the way already", async () => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const assistant = await connectAs(ctx);
    const owned = await buyByPlan(assistant, takeNumber());
    const again = await assistant.call("plan_purchase", { phone_number: owned });
    expect(again.facts.code).toBe("number_already_owned");
    expect(await assistant.call("plan_purchase", { phone_number: takeNumber() })).toMatchObject({
      isError: true,
      text: "You have reached the maximum number of phone numbers for your organization.",
      facts: { code: "number_limit_reached", numbers: 1, number_limit: 1 },
    });
  });
});

describe("a release by plan", () => {
  test("a number that changed since stays", async () => {
    const assistant = await connectAs(await openOrganization());
    const phone_number = await buyByPlan(assistant, takeNumber());
    const plan_token = await planToRelease(assistant, phone_number);
    await assistant.call("share_number", { phone_number, shareable: true });
    const refused = await assistant.call("release_number", { plan_token });
    expect(refused).toMatchObject({
      isError: true,
      facts: { code: "stale_edit", phone_number: { outbound_shareable: true } },
    });
    const { facts } = await assistant.call("get_phone_number", { phone_number });
    expect(facts.status).toBe("active");
  });

  test("an agent put in since is not thrown out, even when slots were to be emptied", async () => {
    const ctx = await openOrganization();
    const assistant = await connectAs(ctx);
    const phone_number = await buyByPlan(assistant, takeNumber());
    const plan_token = await planToRelease(assistant, phone_number, { unassign: true });
    const agent_id = await openAgent(ctx);
    await assistant.call("assign_agent", { phone_number, direction: "inbound", agent_id });
    expect((await assistant.call("release_number", { plan_token })).facts.code).toBe("stale_edit");
    const { facts } = await assistant.call("get_phone_number", { phone_number });
    expect(facts).toMatchObject({ status: "active", inbound: { agent_id } });
  });

  test("with a hold it stops now and waits; carried out twice it waits once, and an undo keeps it", async () => {
    const ctx = await openOrganization();
    const assistant = await connectAs(ctx);
    await assistant.listTools();
    const inbound = { agent_id: await openAgent(ctx) };
    const phone_number = await buyByPlan(assistant, takeNumber(), { inbound });
    const planned = await assistant.call("plan_release", { phone_number, unassign: true, hold: 7 });
    expect(planned.text).toContain(`given back to the carrier at ${planned.facts.release_at}`);
    const { plan_token } = planned.facts;
    const held = await assistant.call("release_number", { plan_token });
    expect(held.facts).toMatchObject({ outcome: "held", number: { status: "held", inbound: null } });
    expect((await assistant.call("release_number", { plan_token })).facts).toEqual(held.facts);
    const other = await assistant.call("plan_release", { phone_number, hold: 8 });
    expect(other.facts).toMatchObject({ can_release: false, plan_token: null });
    const kept = await assistant.call("undo_release", { phone_number });
    expect(kept.facts).toMatchObject({ status: "active", inbound });
    expect((await assistant.call("release_number", { plan_token })).facts.code).toBe("stale_edit");
  });

  test("carried out twice it releases once; bought again since, the new purchase stays", async () => {
    const assistant = await connectAs(await openOrganization());
    const phone_number = await buyByPlan(assistant, takeNumber());
    const plan_token = await planToRelease(assistant, phone_number);
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => assistant.call("release_number", { plan_token })),
    );
    for (const { facts, text } of replies) expect(["released", "releasing"], text).toContain(facts.outcome);
    const { deletes } = await desk.control.books();
    expect(deletes.filter((entry) => entry.phone_number === phone_number)).toHaveLength(1);

    await desk.control.settings({ released_numbers: "back_in_stock" });
    await buyByPlan(assistant, phone_number);
    await desk.control.settings({ released_numbers: "held" });
    expect((await assistant.call("release_number", { plan_token })).facts).toMatchObject({
      outcome: "released",
    });
    const { facts } = await assistant.call("get_phone_number", { phone_number });
    expect(facts.status).toBe("active");
  });

  test("a number that is gone cannot be planned away", async () => {
    const assistant = await connectAs(await openOrganization());
    const phone_number = await buyByPlan(assistant, takeNumber());
    await assistant.call("release_number", { plan_token: await planToRelease(assistant, phone_number) });
    const plan = await assistant.call("plan_release", { phone_number });
    expect(plan.facts).toMatchObject({ can_release: false, plan_token: null });
    expect(plan.text).toContain(plan.facts.reason);
  });
});

describe("a plan's token", () => {
  test("opens for its caller, tool and organization only, while it counts, and as it was given", async () => {
    const [ctx, others] = [await openOrganization(), await openOrganization()];
    const [assistant, colleague, stranger] = [
      await connectAs(ctx),
      await connectAs(ctx),
      await connectAs(others),
    ];
    const phoneNumber = takeNumber();
    const token = await planToBuy(assistant, phoneNumber);
    const owned = await buyByPlan(assistant, takeNumber());
    const releaseToken = await planToRelease(assistant, owned);
    const binding = {
      secret: env().NEXTAUTH_SECRET,
      organizationId: ctx.organizationId,
      callerId: assistant.keyId,
    };
    const input = { phone_number: phoneNumber };
    const buying = { ...binding, tool: "buy_number" };
    const longAgo = new Date(Date.now() - 300_000);
    const foreignSecret = "another-secret-another-secret-another-secret";
    const attempts: [Assistant, string, string][] = [
      [colleague, "buy_number", token],
      [stranger, "buy_number", token],
      [assistant, "release_number", token],
      [assistant, "buy_number", releaseToken],
      [assistant, "buy_number", token.slice(0, -1)],
      [assistant, "buy_number", `${token}A`],
      [assistant, "buy_number", "not a token"],
      [assistant, "buy_number", sealPlan(buying, input, longAgo).token],
      [assistant, "buy_number", sealPlan({ ...buying, secret: foreignSecret }, input).token],
      [assistant, "buy_number", sealPlan(buying, { number: phoneNumber }).token],
      [colleague, "release_number", releaseToken],
    ];
    for (const [caller, tool, plan_token] of attempts) {
      const reply = await caller.call(tool, { plan_token });
      expect(reply.facts.code, `${tool}: ${reply.text}`).toBe("plan_not_valid");
    }
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    expect((await getPhoneNumber(ctx, owned)).status).toBe("active");
    expect((await assistant.call("buy_number", { plan_token: token })).facts.outcome).toBe("bought");
  });

  test("does nothing for a key that lost the scope since", async () => {
    const assistant = await connectAs(await openOrganization());
    const phoneNumber = takeNumber();
    const plan_token = await planToBuy(assistant, phoneNumber);
    await database().apiKey.update({
      where: { id: assistant.keyId },
      data: { scopes: ["phone_numbers:read"] },
    });
    expect((await assistant.call("buy_number", { plan_token })).facts.code).toBe("missing_scope");
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
  });
});
