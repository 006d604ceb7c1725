import { fingerprint } from "../database";
import { expect, test } from "../fixtures";
import { expectJson, expectProblem, sipEndpoint } from "./answers";

test.describe("agents", () => {
  test("an agent, its versions, and their publication to numbers", async ({ api, desk }) => {
    const { phone_number: phoneNumber } = await desk.buyNumber();
    const agent = await expectJson<{ id: string }>(
      await api.post("/core/agents", { data: { name: " Anna ", description: "Support" } }),
      201,
    );
    expect(agent).toMatchObject({ name: "Anna", description: "Support", latest_version: null });
    const versions = `/core/agents/${agent.id}/versions`;
    const config = { endpoint: { type: "webhook", url: "https://agent.example.com/voice" } };
    const draft = await api.post(versions, { data: { config } });
    expect(await expectJson(draft, 201)).toMatchObject({ version: 1, published: false, config });

    const early = await api.put(`/core/phone-numbers/${phoneNumber}/slots/inbound`, {
      data: { agent_id: agent.id, version: 1 },
    });
    await expectProblem(early, 409, "version_not_published");

    const published = await api.post(`${versions}/1/publish`, {
      data: { phone_numbers: [phoneNumber], direction: "both" },
    });
    expect(await expectJson(published)).toMatchObject({
      data: [{ phone_number: phoneNumber, inbound: { version: 1 }, outbound: { version: 1 } }],
    });
    expect(await expectJson(await api.get(`/core/agents/${agent.id}`))).toMatchObject({
      latest_version: 1,
      inbound_numbers: 1,
      outbound_numbers: 1,
    });

    expect(await expectJson(await api.post(versions, { data: { base_version: 1 } }), 201)).toMatchObject({
      version: 2,
      config,
    });
    expect((await api.post(`${versions}/latest/publish`, { data: {} })).status()).toBe(200);
    const { data } = await expectJson<{ data: { version: number; published: boolean }[] }>(
      await api.get(versions),
    );
    expect(data.map((version) => version.version)).toEqual([2, 1]);
    expect(await expectJson(await api.get("/core/agents"))).toMatchObject({ data: [{ name: "Anna" }] });
  });

  test("get latest, put latest, publish, compare, delete, as clients of the vendor do it", async ({
    api,
    desk,
  }) => {
    const agent = await desk.addAgent("Anna");
    const address = `/core/agents/${agent.id}`;
    const latest = await api.get(`${address}/versions/latest`);
    expect(await expectJson(latest)).toMatchObject({ version: 1, published: true });
    const headers = { "If-Match": latest.headers().etag ?? "" };
    const draft = { data: { config: { endpoint: sipEndpoint } }, headers };
    expect(await expectJson(await api.put(`${address}/versions/latest`, draft))).toMatchObject({
      version: 2,
      published: false,
    });
    await expectProblem(await api.put(`${address}/versions/latest`, draft), 412, "stale_edit");
    await expectProblem(
      await api.put(`${address}/versions/1`, { data: draft.data }),
      400,
      "version_is_published",
    );
    expect((await api.post(`${address}/versions/latest/publish`, { data: {} })).status()).toBe(200);
    const compared = await api.post(`${address}/versions/compare`, {
      data: { from_version: 1, to_version: 2 },
    });
    expect([compared.status(), compared.headers()["content-type"]]).toEqual([
      200,
      "text/plain; charset=utf-8",
    ]);
    expect(await compared.text()).toContain('+    "url": "sip:a@example.com"');
    const replaced = await api.put(address, { data: { name: "Anna", metadata: { team: "sales" } } });
    expect(await expectJson(replaced)).toMatchObject({ description: null, latest_version: 2, revision: 2 });
    const found = await api.get("/core/agents", { params: { metadata: '{"team":"sales"}' } });
    expect(await expectJson(found)).toMatchObject({ data: [{ id: agent.id }] });
    const deleted = await api.delete(address, { headers: { "If-Match": replaced.headers().etag ?? "" } });
    expect([deleted.status(), await deleted.text()]).toEqual([204, ""]);
    await expectProblem(await api.get(address), 404, "not_found");
  });

  test("wrong input changes nothing", async ({ api, desk }) => {
    const agent = await desk.addAgent("Anna");
    const before = await fingerprint(desk.organizationId);
    const agents: unknown[] = [{}, { name: " " }, { name: "x".repeat(81) }, { name: "Bert", id: "agt_0" }];
    for (const data of agents)
      await expectProblem(await api.post("/core/agents", { data }), 422, "validation_failed");
    const endpoint = (type: string, url: string) => ({ config: { endpoint: { type, url } } });
    const versions: unknown[] = [
      {},
      { base_version: 1, ...endpoint("sip", "sip:a@example.com") },
      endpoint("sip", "https://example.com"),
      endpoint("websocket", "ws://example.com"),
      endpoint("websocket", "wss://example.com/?token=1"),
      endpoint("webhook", "http://example.com"),
      endpoint("fax", "sip:a@example.com"),
    ];
    for (const data of versions)
      await expectProblem(
        await api.post(`/core/agents/${agent.id}/versions`, { data }),
        422,
        "validation_failed",
      );
    const missing = `/core/agents/${agent.id}/versions`;
    await expectProblem(await api.post(missing, { data: { base_version: 9 } }), 404, "not_found");
    await expectProblem(await api.post(`${missing}/9/publish`, { data: {} }), 404, "not_found");
    await expectProblem(await api.post(`${missing}/0/publish`, { data: {} }), 422, "validation_failed");
    const numbers = await api.post(`${missing}/1/publish`, { data: { phone_numbers: ["+14155550100"] } });
    await expectProblem(numbers, 404, "not_found");
    expect(await fingerprint(desk.organizationId)).toBe(before);
  });
});
