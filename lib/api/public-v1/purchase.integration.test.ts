import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { database } from "../../db/client";
import { expectData, expectError, issuesOf, openCustomer } from "../../testing/customer";
import { openDesk } from "../../testing/desk";
import { createNumberPool } from "../../testing/local-carrier";
import { settleEverything } from "../../testing/oracle";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();
const at = "/telephony/numbers";

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => desk.control.disarm());
afterAll(() => desk.close());

describe("a purchase", () => {
  const purchase = `${at}/purchase`;

  test("answers with the number, which is then in the list and at the carrier", async () => {
    const { ctx, call } = await openCustomer();
    const phone_number = takeNumber();
    const { data } = expectData(await call("POST", purchase, { phone_number, api_key: null }), 201);
    expect(data).toMatchObject({
      id: expect.stringMatching(/^num_/),
      phone_number,
      status: "active",
      is_truedy_managed: true,
      provider_type: null,
      phone_number_type: "local",
      cost_information: { monthly_cost: "1.15", currency: "USD" },
    });
    expect(expectData(await call("GET", at)).data).toEqual([data]);
    expect(await database().phoneNumber.findUniqueOrThrow({ where: { id: data.id } })).toMatchObject({
      organizationId: ctx.organizationId,
      managedAccountId: desk.managedAccountId,
    });
    expect((await desk.control.books()).owned.map((owned) => owned.phone_number)).toContain(phone_number);
  });

  test("of a number one has already is refused and names it", async () => {
    const { call } = await openCustomer();
    const body = { phone_number: takeNumber() };
    const { data } = expectData(await call("POST", purchase, body), 201);
    const error = expectError(await call("POST", purchase, body), 409, "number_already_owned");
    expect(error).toMatchObject({
      message: "Your organization already has this number.",
      details: { phone_number_id: data.id },
    });
    expect(await desk.control.purchasesSent(body.phone_number)).toBe(1);
  });

  test("of a number others have, or that was sold meanwhile, says only that it is not available", async () => {
    const { ctx, call } = await openCustomer();
    const [theirs, sold] = [takeNumber(), takeNumber()];
    expectData(await (await openCustomer()).call("POST", purchase, { phone_number: theirs }), 201);
    await desk.control.sell(sold);
    for (const phone_number of [theirs, sold]) {
      const error = expectError(await call("POST", purchase, { phone_number }), 409, "number_unavailable");
      expect(error.message).toBe("This number is no longer available. Choose another one.");
      expect(error.details).toBeUndefined();
    }
    expect(await database().phoneNumber.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
  });

  test("past the plan's limit is refused in the documented words, and nothing is bought", async () => {
    const { call } = await openCustomer({ numberLimit: 1 });
    expectData(await call("POST", purchase, { phone_number: takeNumber() }), 201);
    const phone_number = takeNumber();
    const error = expectError(await call("POST", purchase, { phone_number }), 403, "number_limit_reached");
    expect(error).toEqual({
      code: "number_limit_reached",
      message: "You have reached the maximum number of phone numbers for your organization.",
      details: { numbers: 1, number_limit: 1 },
    });
    expect(await desk.control.purchasesSent(phone_number)).toBe(0);
  });

  test("asked for twenty times at once is made once", async () => {
    const { ctx, call } = await openCustomer();
    const phone_number = takeNumber();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => call("POST", purchase, { phone_number })),
    );
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(19);
    for (const { status, body } of refused) {
      expect(status).toBe(409);
      expect(["purchase_in_progress", "number_already_owned"]).toContain(body.error.code);
    }
    expect(await desk.control.purchasesSent(phone_number)).toBe(1);
    const rows = { organizationId: ctx.organizationId, phoneNumber: phone_number };
    expect(await database().phoneNumber.count({ where: rows })).toBe(1);
    expect(
      (await desk.control.books()).charges.filter((charge) => charge.phone_number === phone_number),
    ).toHaveLength(1);
  });

  test.each(["idempotency-key", "x-idempotency-key"])(
    "repeated with %s has the first answer",
    async (name) => {
      const { call } = await openCustomer();
      const body = { phone_number: takeNumber() };
      const headers = { [name]: "order-1" };
      const first = expectData(await call("POST", purchase, body, headers), 201);
      const again = await call("POST", purchase, body, headers);
      expect(expectData(again, 201)).toEqual(first);
      expect(again.headers.get("idempotent-replayed")).toBe("true");
      const other = await call("POST", purchase, { phone_number: takeNumber() }, headers);
      expectError(other, 422, "idempotency_key_reused");
    },
  );

  test("whose answer is lost is 202, then settled, and its key tells the end of it", async () => {
    const { call } = await openCustomer();
    const phone_number = takeNumber();
    const headers = { "idempotency-key": "order-2" };
    await desk.control.arm({ operation: "buy", phone_number, behaviour: { kind: "reset_after" } });
    const { data } = expectData(await call("POST", purchase, { phone_number }, headers), 202);
    expect(data).toMatchObject({ phone_number, status: "checking" });
    const early = await call("POST", purchase, { phone_number }, headers);
    expectError(early, 409, "request_in_progress");
    expect(early.headers.get("retry-after")).toBe("2");
    await settleEverything();
    const late = expectData(await call("POST", purchase, { phone_number }, headers), 201);
    expect(late.data).toMatchObject({ id: data.id, status: "active" });
    expect(await desk.control.purchasesSent(phone_number)).toBe(1);
  });

  test("with a carrier key of one's own is not there yet, and buys nothing", async () => {
    const { ctx, call } = await openCustomer();
    const phone_number = takeNumber();
    const reply = await call(
      "POST",
      purchase,
      { phone_number, api_key: "KEY_1" },
      { "idempotency-key": "x" },
    );
    expect(expectError(reply, 501, "not_implemented").message).toContain("Nothing was bought");
    expect(await desk.control.purchasesSent(phone_number)).toBe(0);
    const { organizationId } = ctx;
    expect(await database().phoneNumber.count({ where: { organizationId } })).toBe(0);
    // The refusal is not kept under the key, so that leaving api_key out later needs no new one.
    expectData(await call("POST", purchase, { phone_number }, { "idempotency-key": "x" }), 201);
  });

  test.each([
    [
      { phone_number: "4155550123" },
      "phone_number: Write the number in E.164 form: a plus, the country code and the digits, like +14155550123.",
    ],
    [{ phone_number: "+14155550123", label: "x" }, "label: There is no field named label here."],
  ])("%o is a field error", async (body, sentence) => {
    const { call } = await openCustomer();
    const error = expectError(await call("POST", purchase, body), 422, "validation_error");
    expect(issuesOf(error)).toEqual([sentence]);
    expect(error.message).toBe(sentence);
  });
});

describe("an import", () => {
  const sip = { sip_username: "desk", sip_password: "secret", sip_server: "sip.example.com" };

  test.each([
    [{ provider_type: "telnyx", api_key: "KEY_1" }],
    [{ provider_type: "twilio", account_sid: "AC1", auth_token: "secret" }],
    [{ provider_type: "twilio", api_key: "SK1", account_sid: null }],
    [{ provider_type: "custom_sip", ...sip, friendly_name: "Front desk" }],
  ])("of %o is understood, not there yet, and leaves nothing behind", async (body) => {
    const { ctx, call } = await openCustomer();
    const reply = await call("POST", `${at}/import`, { phone_number: takeNumber(), ...body });
    expect(expectError(reply, 501, "not_implemented").message).toBe(
      "Numbers cannot be imported here yet. Nothing was done.",
    );
    const { organizationId } = ctx;
    expect(await database().phoneNumber.count({ where: { organizationId } })).toBe(0);
    expect(await database().trunk.count({ where: { organizationId } })).toBe(0);
  });

  const twilio = "Send account_sid and auth_token of your Twilio account, or an api_key.";
  test.each([
    [{ api_key: "KEY_1" }, "provider_type: Use telnyx, twilio or custom_sip."],
    [{ provider_type: "bandwidth" }, "provider_type: Use telnyx, twilio or custom_sip."],
    [{ provider_type: "telnyx" }, "api_key: Send api_key, the key of your Telnyx account."],
    [{ provider_type: "twilio" }, `account_sid: ${twilio}`],
    [{ provider_type: "twilio", account_sid: "AC1" }, `auth_token: ${twilio}`],
    [{ provider_type: "twilio", auth_token: "secret" }, `account_sid: ${twilio}`],
    [
      { provider_type: "custom_sip", ...sip, sip_server: "" },
      "sip_server: Send sip_server, the host of your SIP server.",
    ],
    [
      { provider_type: "custom_sip", sip_username: "a", sip_server: "b" },
      "sip_password: Send sip_password, as your SIP server knows it.",
    ],
    [
      { provider_type: "telnyx", api_key: "KEY_1", sip_server: "b" },
      "sip_server: There is no field named sip_server here.",
    ],
  ])("of %o names the field", async (body, sentence) => {
    const { call } = await openCustomer();
    const reply = await call("POST", `${at}/import`, { phone_number: takeNumber(), ...body });
    expect(issuesOf(expectError(reply, 422, "validation_error"))).toEqual([sentence]);
  });
});

test("nothing in this file broke the carrier's document, or left something under way", async () => {
  expect((await desk.control.books()).violations).toEqual([]);
  const over = ["active", "released", "quarantined"] as const;
  expect(await database().phoneNumber.count({ where: { state: { notIn: [...over] } } })).toBe(0);
});
