import { carrier } from "../carrier";
import { createByocNumbers, fingerprint, readNumbers } from "../database";
import { expect, test } from "../fixtures";
import { expectJson, expectProblem } from "./answers";

test.describe("numbers", () => {
  test("one number by its digits, with + raw or encoded, and by its id", async ({ api, desk }) => {
    const number = await desk.buyNumber();
    for (const name of [number.phone_number, encodeURIComponent(number.phone_number), number.id]) {
      const response = await api.get(`/core/phone-numbers/${name}`);
      expect(await expectJson(response)).toEqual(number);
      expect(response.headers().etag).toBe(`"${number.version}"`);
      expect(response.headers()["cache-control"]).toBe("private, no-store");
    }
  });

  test("lists, filters and sorts", async ({ api, desk }) => {
    const agent = await desk.addAgent("Anna");
    const first = await desk.buyNumber({ inbound: { agent_id: agent.id }, label: "Front" });
    const second = await desk.buyNumber({ label: "Back" });
    const list = async (params: Record<string, string>) => {
      const { data } = await expectJson<{ data: { phone_number: string }[] }>(
        await api.get("/core/phone-numbers", { params }),
      );
      return data.map((number) => number.phone_number);
    };
    expect(await list({})).toEqual([second.phone_number, first.phone_number]);
    expect(await list({ sort: "created_at" })).toEqual([first.phone_number, second.phone_number]);
    expect(await list({ assigned: "true" })).toEqual([first.phone_number]);
    expect(await list({ assigned: "false" })).toEqual([second.phone_number]);
    expect(await list({ agent_id: agent.id })).toEqual([first.phone_number]);
    expect(await list({ inbound_agent_id: agent.id })).toEqual([first.phone_number]);
    expect(await list({ outbound_agent_id: agent.id })).toEqual([]);
    expect(await list({ q: "front" })).toEqual([first.phone_number]);
    expect(await list({ q: "anna" })).toEqual([first.phone_number]);
    expect(await list({ phone_number: second.phone_number.slice(-4) })).toContain(second.phone_number);
    expect(await list({ status: "released" })).toEqual([]);
    expect(await list({ country_code: "GB" })).toEqual([]);
    expect(await list({ q: "%" })).toEqual([]);
    expect(await list({ q: "_" })).toEqual([]);
  });

  const wrongLists: [string, Record<string, string>, string][] = [
    ["an unknown status", { status: "sleeping" }, "status"],
    ["an unknown order", { sort: "label" }, "sort"],
    ["a limit of 201", { limit: "201" }, "limit"],
    ["a limit that is no number", { limit: "many" }, "limit"],
    ["a date that is none", { created_after: "yesterday" }, "created_after"],
    ["an unknown parameter", { page: "2" }, "page"],
  ];
  for (const [what, params, path] of wrongLists) {
    test(`${what} is a 422 that names it`, async ({ api }) => {
      const body = await expectProblem(
        await api.get("/core/phone-numbers", { params }),
        422,
        "validation_failed",
      );
      expect((body.errors as { path: string }[])[0]?.path).toMatch(new RegExp(`^${path}`));
    });
  }

  test("a cursor that is none is refused", async ({ api }) => {
    const response = await api.get("/core/phone-numbers", { params: { cursor: "nonsense" } });
    await expectProblem(response, 422, "validation_failed");
  });

  test("a number that is no number is a 422, and one that is not ours a 404", async ({ api }) => {
    for (const name of ["4155550100", "+1415", "abc", "%2B1%20415"])
      await expectProblem(await api.get(`/core/phone-numbers/${name}`), 422, "validation_failed");
    await expectProblem(await api.get("/core/phone-numbers/%E0%A4%A"), 400, "invalid_request");
    for (const name of ["+14155550100", "num_0"])
      await expectProblem(await api.get(`/core/phone-numbers/${name}`), 404, "not_found");
  });

  test("PATCH shares and labels, and accepts nothing else", async ({ api, desk }) => {
    const number = await desk.buyNumber();
    const address = `/core/phone-numbers/${number.phone_number}`;
    const shared = await expectJson<{ version: number }>(
      await api.patch(address, { data: { outbound_shareable: true, label: "Sales" } }),
    );
    expect(shared).toMatchObject({ outbound_shareable: true, label: "Sales" });
    expect(shared.version).toBeGreaterThan(number.version);

    const before = await fingerprint(desk.organizationId);
    const wrong = [
      {},
      { trunk_id: "trk_0" },
      { outbound_shareable: "yes" },
      { label: "x".repeat(81) },
      { outbound_shareable: false, status: "released" },
    ];
    for (const data of wrong)
      await expectProblem(await api.patch(address, { data }), 422, "validation_failed");
    const stale = await api.patch(address, {
      data: { label: "Late" },
      headers: { "If-Match": `"${number.version}"` },
    });
    await expectProblem(stale, 412, "stale_edit");
    const unreadable = await api.patch(address, { data: { label: "x" }, headers: { "If-Match": "three" } });
    await expectProblem(unreadable, 400, "invalid_request");
    expect(await fingerprint(desk.organizationId)).toBe(before);

    const fresh = await api.patch(address, {
      data: { label: null },
      headers: { "If-Match": `"${shared.version}"` },
    });
    expect(await expectJson(fresh)).toMatchObject({ label: null });
  });
});

test.describe("slots", () => {
  test("each direction is set, pinned and emptied on its own", async ({ api, desk }) => {
    const agent = await desk.addAgent("Anna", 3);
    const { phone_number: phoneNumber } = await desk.buyNumber();
    const slots = `/core/phone-numbers/${phoneNumber}/slots`;
    const latest = await api.put(`${slots}/outbound`, { data: { agent_id: agent.id } });
    expect(await expectJson(latest)).toMatchObject({
      inbound: null,
      outbound: { agent_id: agent.id, agent_name: "Anna", version: 3, follows_latest: true },
    });
    const pinned = await api.put(`${slots}/inbound`, { data: { agent_id: agent.id, version: 2 } });
    expect(await expectJson(pinned)).toMatchObject({
      inbound: { version: 2, follows_latest: false },
      outbound: { version: 3, follows_latest: true },
    });
    expect(await expectJson(await api.delete(`${slots}/outbound`))).toMatchObject({
      inbound: { version: 2 },
      outbound: null,
    });
    expect((await api.delete(`${slots}/outbound`)).status(), "an empty slot stays empty").toBe(200);
  });

  test("a slot of another agent is taken only with replace", async ({ api, desk }) => {
    const anna = await desk.addAgent("Anna");
    const bert = await desk.addAgent("Bert");
    const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: anna.id } });
    const address = `/core/phone-numbers/${phoneNumber}/slots/inbound`;
    await expectProblem(await api.put(address, { data: { agent_id: bert.id } }), 409, "slot_occupied");
    const replaced = await api.put(address, { data: { agent_id: bert.id, replace: true } });
    expect(await expectJson(replaced)).toMatchObject({ inbound: { agent_name: "Bert" } });
  });

  test("wrong input changes nothing", async ({ api, desk, neighbour }) => {
    const anna = await desk.addAgent("Anna");
    const draft = await desk.addAgent("Draft", 0);
    const theirs = await neighbour.addAgent("Theirs");
    const { phone_number: phoneNumber } = await desk.buyNumber();
    const inbound = `/core/phone-numbers/${phoneNumber}/slots/inbound`;
    const before = await fingerprint(desk.organizationId);
    const put = (data: unknown, address = inbound) => api.put(address, { data });

    await expectProblem(await put({}), 422, "validation_failed");
    await expectProblem(await put({ agent_id: anna.id, version: "newest" }), 422, "validation_failed");
    await expectProblem(await put({ agent_id: anna.id, extra: 1 }), 422, "validation_failed");
    const sideways = `/core/phone-numbers/${phoneNumber}/slots/sideways`;
    await expectProblem(await put({ agent_id: anna.id }, sideways), 422, "validation_failed");
    await expectProblem(await put({ agent_id: "agt_0" }), 404, "not_found");
    await expectProblem(await put({ agent_id: theirs.id }), 404, "not_found");
    await expectProblem(await put({ agent_id: anna.id, version: 9 }), 404, "not_found");
    await expectProblem(await put({ agent_id: draft.id }), 409, "version_not_published");
    const stale = await api.put(inbound, { data: { agent_id: anna.id }, headers: { "If-Match": '"999"' } });
    await expectProblem(stale, 412, "stale_edit");
    expect(await fingerprint(desk.organizationId)).toBe(before);
  });
});

test.describe("release", () => {
  test("a dry run, a refusal while in use, the release, and its repetition", async ({ api, desk }) => {
    const agent = await desk.addAgent("Anna");
    const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: agent.id } });
    const address = `/core/phone-numbers/${phoneNumber}`;
    const before = await fingerprint(desk.organizationId);
    expect(await expectJson(await api.delete(`${address}?dry_run=true`))).toMatchObject({
      phone_number: phoneNumber,
      inbound: { agent_name: "Anna" },
      outbound: null,
      monthly_saving: { amount: "1.15", currency: "USD" },
    });
    await expectProblem(await api.delete(address), 409, "number_in_use");
    await expectProblem(await api.delete(`${address}?unassign=maybe`), 422, "validation_failed");
    expect(await fingerprint(desk.organizationId)).toBe(before);
    expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);

    const released = await expectJson(await api.delete(`${address}?unassign=true`));
    expect(released).toMatchObject({ status: "released", inbound: null, released_at: expect.any(String) });
    expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
    expect((await api.delete(address)).status(), "again changes nothing").toBe(200);
    const { deletes } = await carrier.readBooks();
    expect(deletes.filter((each) => each.phone_number === phoneNumber)).toHaveLength(1);

    const slot = await api.put(`${address}/slots/inbound`, { data: { agent_id: agent.id } });
    await expectProblem(slot, 409, "number_not_active");
    expect(await expectJson(await api.get("/core/organization"))).toMatchObject({ numbers: 0 });
  });
});

test("a number of one's own is registered on an own trunk, and detached again", async ({
  api,
  desk,
  areaCode,
}) => {
  await createByocNumbers(desk.organizationId, areaCode, 1);
  const { trunk_id } = await expectJson<{ trunk_id: string }>(
    await api.get(`/core/phone-numbers/+1${areaCode}2340000`),
  );
  const phone_number = `+1${areaCode}2340001`;
  const register = () =>
    api.post("/core/phone-numbers", {
      data: { phone_number, trunk_id, label: "Front desk" },
      headers: { "Idempotency-Key": "front-desk" },
    });
  const registered = await expectJson(await register(), 201);
  expect(registered).toMatchObject({ phone_number, source: "byoc", status: "active", label: "Front desk" });
  expect(await expectJson(await register(), 201)).toEqual(registered);
  const managed = await desk.buyNumber();
  const onManaged = { phone_number: `+1${areaCode}2340002`, trunk_id: managed.trunk_id };
  await expectProblem(await api.post("/core/phone-numbers", { data: onManaged }), 400, "trunk_is_managed");
  const encoded = `/core/phone-numbers/${encodeURIComponent(phone_number)}`;
  expect(await expectJson(await api.delete(`${encoded}?dry_run=true`))).toMatchObject({ action: "detach" });
  expect(await expectJson(await api.delete(encoded))).toMatchObject({ status: "detached" });
  expect((await readNumbers(phone_number)).map((row) => row.state)).toEqual(["detached"]);
});
