import type { APIRequestContext } from "@playwright/test";
import { carrier } from "../carrier";
import { fingerprint } from "../database";
import { expect, test } from "../fixtures";
import { account, expectJson, expectProblem, sipEndpoint } from "./answers";

const numberForm = /^\+[1-9]\d{6,14}$/;

test.describe("another organization's objects", () => {
  /** Every operation on them is answered as if they had never been, and leaves them as they are. */
  test("are a 404, and stay as they are", async ({ api, desk, neighbour }) => {
    const agent = await neighbour.addAgent("Theirs", 2);
    const number = await neighbour.buyNumber({ inbound: { agent_id: agent.id } });
    const ours = await desk.addAgent("Ours");
    const before = await Promise.all([
      fingerprint(neighbour.organizationId),
      fingerprint(desk.organizationId),
    ]);
    const config = { endpoint: sipEndpoint };

    for (const name of [number.phone_number, number.id]) {
      const address = `/core/phone-numbers/${name}`;
      await expectNotFound(api, "GET", address);
      await expectNotFound(api, "PATCH", address, { label: "Mine" });
      await expectNotFound(api, "DELETE", address);
      await expectNotFound(api, "DELETE", `${address}?dry_run=true`);
      await expectNotFound(api, "DELETE", `${address}?unassign=true`);
      await expectNotFound(api, "PUT", `${address}/slots/inbound`, { agent_id: ours.id, replace: true });
      await expectNotFound(api, "DELETE", `${address}/slots/inbound`);
    }
    await expectNotFound(api, "GET", `/core/purchase-orders/${number.purchase_order_id}`);
    await expectNotFound(api, "GET", `/core/agents/${agent.id}`);
    await expectNotFound(api, "PUT", `/core/agents/${agent.id}`, { name: "Mine" });
    await expectNotFound(api, "DELETE", `/core/agents/${agent.id}`);
    await expectNotFound(api, "GET", `/core/agents/${agent.id}/versions`);
    await expectNotFound(api, "POST", `/core/agents/${agent.id}/versions`, { config });
    await expectNotFound(api, "GET", `/core/agents/${agent.id}/versions/1`);
    await expectNotFound(api, "PUT", `/core/agents/${agent.id}/versions/latest`, { config });
    await expectNotFound(api, "POST", `/core/agents/${agent.id}/versions/compare`, {
      from_version: 1,
      to_version: 2,
    });
    await expectNotFound(api, "POST", `/core/agents/${agent.id}/versions/1/publish`, {});
    await expectNotFound(api, "POST", `/core/agents/${ours.id}/versions/1/publish`, {
      phone_numbers: [number.phone_number],
    });
    expect(number.phone_number).toMatch(numberForm);
    expect(
      await Promise.all([fingerprint(neighbour.organizationId), fingerprint(desk.organizationId)]),
    ).toEqual(before);
    expect(await carrier.ownedSids(number.phone_number)).toHaveLength(1);
  });

  test("do not show up in lists or filters", async ({ api, neighbour }) => {
    const agent = await neighbour.addAgent("Theirs");
    const number = await neighbour.buyNumber({ inbound: { agent_id: agent.id }, label: "Secret" });
    const filters: Record<string, string>[] = [
      {},
      { q: "Secret" },
      { agent_id: agent.id },
      { trunk_id: number.trunk_id },
    ];
    for (const params of filters) {
      const list = await expectJson<{ data: object[] }>(await api.get("/core/phone-numbers", { params }));
      expect(list.data).toEqual([]);
    }
    expect(await expectJson(await api.get("/core/agents"))).toMatchObject({ data: [] });
  });

  test("a number they hold can only be heard to be unavailable", async ({ api, neighbour }) => {
    const number = await neighbour.buyNumber();
    const body = await expectProblem(
      await api.post(`${account}/purchase-number`, { data: { phone_number: number.phone_number } }),
      409,
      "number_unavailable",
    );
    expect(JSON.stringify(body)).not.toContain(number.id);
    expect(JSON.stringify(body)).not.toContain(neighbour.organizationId);
  });
});

async function expectNotFound(
  api: APIRequestContext,
  method: string,
  address: string,
  data?: object,
): Promise<void> {
  await test.step(`${method} ${address}`, async () => {
    await expectProblem(await api.fetch(address, { method, ...(data ? { data } : {}) }), 404, "not_found");
  });
}
