import { carrier } from "../carrier";
import { type Desk, expect, test } from "../fixtures";
import { readSample, runShell, runTypeScript } from "./run-samples";

/** Every sample of "Buying a Phone Number" (Truedy) and "Buying a number" (Anyreach), run as it is printed there. */

async function findNumber(desk: Desk): Promise<string> {
  const [offer] = await desk.findOffers();
  if (!offer) throw new Error("Nothing is for sale in the test's area code.");
  return offer.phone_number;
}

test.describe("Truedy's samples", () => {
  test("cURL: search", async ({ desk }) => {
    const [found] = await runShell(readSample("truedy-search.sh", { YOUR_API_KEY: await desk.addKey() }));
    expect(found.data).toHaveLength(10);
    for (const number of found.data)
      expect(number).toMatchObject({
        phone_number: expect.stringMatching(/^\+1415\d{7}$/),
        phone_number_type: "local",
        features: expect.arrayContaining(["voice"]),
        cost_information: { monthly_cost: "1.15", upfront_cost: "0.00", currency: "USD" },
      });
    expect(found.pagination).toMatchObject({ page: 1, page_size: 10, has_more: true });
  });

  test("cURL: purchase, assign both ways and release", async ({ desk, api }) => {
    const YOUR_API_KEY = await desk.addKey();
    const phoneNumber = await findNumber(desk);
    const [bought] = await runShell(
      readSample("truedy-purchase.sh", { YOUR_API_KEY, "+14155551234": phoneNumber }),
    );
    expect(bought.data).toMatchObject({
      id: expect.any(String),
      phone_number: phoneNumber,
      status: "active",
      is_truedy_managed: true,
    });
    expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);

    const agent = await desk.addAgent("Reception");
    const NUMBER_UUID = bought.data.id;
    const ids = { YOUR_API_KEY, NUMBER_UUID, AGENT_UUID: agent.id };
    const assigned = await runShell(readSample("truedy-assign.sh", ids));
    expect(assigned.map(({ data }) => data)).toMatchObject([
      { assignment_type: "outbound", number: { inbound_agent_id: null, outbound_agent_id: agent.id } },
      { assignment_type: "inbound", number: { inbound_agent_id: agent.id, outbound_agent_id: agent.id } },
    ]);

    // The document gives no sample for this step, only its address and fields.
    for (const assignment_type of ["outbound", "inbound"]) {
      const data = { number_id: NUMBER_UUID, assignment_type };
      const reply = await api.post("/api/public/v1/telephony/numbers/unassign", { data });
      expect(await reply.json()).toMatchObject({ data: { agent_id: null, number: { id: NUMBER_UUID } } });
    }
    const [released] = await runShell(readSample("truedy-release.sh", { YOUR_API_KEY, NUMBER_UUID }));
    expect(released.data).toMatchObject({ id: NUMBER_UUID, status: "released" });
    expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
  });

  test("TypeScript: search", async ({ desk }, testInfo) => {
    const program = readSample("truedy-search.ts.txt");
    const printed = await runTypeScript(testInfo.outputPath("search.mts"), program, await desk.addKey());
    expect(printed).toHaveLength(10);
    for (const line of printed) expect(line).toMatch(/^\+1415\d{7}$/);
  });

  test("TypeScript: purchase, then assign both ways", async ({ desk, api }, testInfo) => {
    const phoneNumber = await findNumber(desk);
    const agent = await desk.addAgent("Reception");
    // The second sample goes on with what the first one has, and with an agent of the reader's own.
    const program = [
      readSample("truedy-purchase.ts.txt", { "+14155551234": phoneNumber }),
      `const agentId = "${agent.id}"`,
      readSample("truedy-assign.ts.txt"),
    ].join("\n");
    await runTypeScript(testInfo.outputPath("assign.mts"), program, await desk.addKey());
    const number = await (await api.get(`/core/phone-numbers/${phoneNumber}`)).json();
    expect(number).toMatchObject({
      status: "active",
      inbound: { agent_id: agent.id, follows_latest: true },
      outbound: { agent_id: agent.id, follows_latest: true },
    });
    expect(await carrier.chargesFor(phoneNumber)).toHaveLength(1);
  });

  test("cURL: end to end, each step with what the one before it answered", async ({ desk, api }) => {
    const agent = await desk.addAgent("Reception");
    const YOUR_API_KEY = await desk.addKey();
    const script = readSample("truedy-end-to-end.sh", { YOUR_API_KEY, AGENT_UUID: agent.id });
    const [settings = "", search = "", purchase = "", assign = ""] = script.split(/^(?=# \d)/m);

    const [found] = await runShell(settings + search);
    const phoneNumber = found.data[0].phone_number;
    expect(phoneNumber).toMatch(/^\+1212\d{7}$/);
    const [bought] = await runShell(settings + purchase.replace("+12125550123", phoneNumber));
    expect(bought.data).toMatchObject({ phone_number: phoneNumber, status: "active" });
    const [assigned] = await runShell(settings + assign.replace("NUMBER_UUID", bought.data.id));
    expect(assigned.data.number).toMatchObject({ inbound_agent_id: null, outbound_agent_id: agent.id });
    const number = await (await api.get(`/core/phone-numbers/${phoneNumber}`)).json();
    expect(number).toMatchObject({ status: "active", outbound: { agent_id: agent.id } });
  });
});

test.describe("Anyreach's samples", () => {
  const organizationHeader = /^ {2}-H "X-Anyreach-Org: .*\\?\n/m;

  /** How each kind of credential is sent: personal tokens name the organization, keys omit the header. */
  const credentials = {
    "a personal token": async (desk: Desk) => {
      const token = await desk.addToken();
      return (sample: string) =>
        sample.replace("<token>", token).replace("<organization_id>", desk.organizationId);
    },
    "an organization's key": async (desk: Desk) => {
      const key = await desk.addKey();
      return (sample: string) => sample.replace("<token>", key).replace(organizationHeader, "");
    },
  };

  for (const [credential, open] of Object.entries(credentials)) {
    test(`cURL: search and purchase, with ${credential}`, async ({ desk, api }) => {
      const authorize = await open(desk);
      const accounts = await (await api.get("/core/managed-accounts")).json();
      const account = { "{managed_account_id}": accounts.data[0].id };
      const [found] = await runShell(authorize(readSample("anyreach-search.sh", account)));
      expect(found.data.length).toBeGreaterThan(0);
      for (const number of found.data)
        expect(number).toMatchObject({
          phone_number: expect.stringMatching(/^\+1415\d{7}$/),
          phone_number_type: "local",
          capabilities: { voice: true },
        });

      const phoneNumber = await findNumber(desk);
      const purchase = readSample("anyreach-purchase.sh", { ...account, "+14155550123": phoneNumber });
      const [bought] = await runShell(authorize(purchase));
      expect(bought).toMatchObject({
        phone_number: phoneNumber,
        status: "active",
        trunk_id: expect.any(String),
        managed_account_id: accounts.data[0].id,
      });
      expect(await carrier.chargesFor(phoneNumber)).toHaveLength(1);
    });
  }

  test("cURL: a personal token without the organization's header is turned away", async ({ desk, api }) => {
    const accounts = await (await api.get("/core/managed-accounts")).json();
    const account = { "{managed_account_id}": accounts.data[0].id };
    const sample = readSample("anyreach-search.sh", account).replace(organizationHeader, "");
    const [refusal] = await runShell(sample.replace("<token>", await desk.addToken()));
    expect(refusal).toMatchObject({ status: 401, detail: "Token is missing organization claim." });
  });
});
