import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { openBrowser } from "../testing/browser";
import { openAgent, openDesk, openOrganization } from "../testing/desk";

/** Agents and versions as a program meets them: headers, statuses and what is said of a wrong field. */

let desk: Awaited<ReturnType<typeof openDesk>>;
let ctx: Awaited<ReturnType<typeof openOrganization>>;
let browser: Awaited<ReturnType<typeof openBrowser>>;

beforeAll(async () => {
  desk = await openDesk();
  ctx = await openOrganization();
  browser = await openBrowser(ctx);
});
afterAll(() => desk.close());

const configTo = (url: string) => ({ config: { endpoint: { type: "sip", url } } });

describe("edits of what was seen", () => {
  test("an agent: its ETag opens one edit, and the deletion", async () => {
    const made = await browser.call("POST", "/core/agents", { body: { name: "Anna" } });
    expect([made.status, made.headers.get("etag")]).toEqual([201, '"1"']);
    const address = `/core/agents/${made.body.id}`;
    const put = (match: string) =>
      browser.call("PUT", address, { body: { name: "Ben" }, headers: { "if-match": match } });
    const edited = await put('"1"');
    expect([edited.status, edited.headers.get("etag"), edited.body.revision]).toEqual([200, '"2"', 2]);
    expect((await browser.call("GET", address)).headers.get("etag")).toBe('"2"');
    const stale = await put('"1"');
    expect([stale.status, stale.body.code, stale.body.agent.name]).toEqual([412, "stale_edit", "Ben"]);
    const remove = (match: string) => browser.call("DELETE", address, { headers: { "if-match": match } });
    expect((await remove('"1"')).status).toBe(412);
    const removed = await remove('"2"');
    expect([removed.status, removed.text, removed.headers.get("content-type")]).toEqual([204, "", null]);
    expect((await remove('"2"')).status).toBe(404);
  });

  test("a version: get latest, put latest, publish, as clients of the vendor do it", async () => {
    const address = `/core/agents/${await openAgent(ctx)}/versions`;
    const seen = await browser.call("GET", `${address}/latest`);
    expect(seen.body).toMatchObject({ version: 1, published: true });
    const put = (version: string, match: string | null) =>
      browser.call("PUT", `${address}/${version}`, {
        body: configTo(`sip:${version}@agents.example.com`),
        headers: { "if-match": match ?? "" },
      });
    const draft = await put("latest", seen.headers.get("etag"));
    expect([draft.status, draft.body.version, draft.body.published]).toEqual([200, 2, false]);
    expect((await put("latest", seen.headers.get("etag"))).status).toBe(412);
    expect((await put("2", draft.headers.get("etag"))).status).toBe(200);
    expect((await browser.call("POST", `${address}/latest/publish`, { body: {} })).status).toBe(200);
    const refused = await put("2", null);
    expect([refused.status, refused.body.code]).toEqual([400, "version_is_published"]);
    expect((await put("3", null)).status).toBe(404);
    expect((await browser.call("GET", `${address}/compare`)).status).toBe(422);
  });
});

test("two versions are compared in plain text", async () => {
  const address = `/core/agents/${await openAgent(ctx, "Anna", 2)}/versions/compare`;
  const compared = await browser.call("POST", address, { body: { from_version: 1, to_version: "latest" } });
  expect([compared.status, compared.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
  expect(compared.text).toContain('\n-    "url": "sip:v0@agents.example.com"\n');
  const absent = await browser.call("POST", address, { body: { from_version: 1, to_version: 9 } });
  expect([absent.status, absent.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
});

describe("a repeated request with its Idempotency-Key", () => {
  /** The answer is lost as by a crash between doing and keeping: only the rows tell. */
  async function loseAnswer(key: string) {
    await database().idempotencyRecord.updateMany({ where: { key }, data: { finalStatus: null } });
    await database().$executeRaw`UPDATE idempotency_record SET final_answer = NULL WHERE key = ${key}`;
  }

  test.each([
    ["answered from what was kept", async () => undefined],
    ["answered from the rows", loseAnswer],
  ])("makes no second agent, version or deletion: %s", async (how, meanwhile) => {
    const once = async (method: string, address: string, body: object | undefined) => {
      const headers = { "idempotency-key": `${how} ${method} ${address}`.replaceAll(" ", "_") };
      const first = await browser.call(method, address, { body, headers });
      await meanwhile(headers["idempotency-key"]);
      const second = await browser.call(method, address, { body, headers });
      expect([second.status, second.text]).toEqual([first.status, first.text]);
      expect(second.headers.get("etag")).toBe(first.headers.get("etag"));
      expect(second.headers.get("idempotent-replayed")).toBe("true");
      return first;
    };
    const agent = await once("POST", "/core/agents", { name: how, metadata: { how } });
    const address = `/core/agents/${agent.body.id}`;
    const version = await once("POST", `${address}/versions`, configTo("sip:a@agents.example.com"));
    expect([version.status, version.body.version]).toEqual([201, 1]);
    expect((await browser.call("GET", `${address}/versions`)).body.data).toHaveLength(1);
    expect((await once("DELETE", address, undefined)).status).toBe(204);
    const where = { organizationId: ctx.organizationId, name: how };
    expect(await database().agent.count({ where })).toBe(1);
  });
});

describe("fields that are not accepted", () => {
  const deep = `${'{"a":'.repeat(9)}1${"}".repeat(9)}`;

  test.each([
    ["metadata[]", { metadata: [] }, "metadata"],
    ["metadata as text", { metadata: "{}" }, "metadata"],
    ["metadata nested too deep", { metadata: JSON.parse(deep) }, "metadata"],
    ["too much metadata", { metadata: { text: "x".repeat(16_000) } }, "metadata"],
    ["metadata with a NUL in a key", { metadata: { "a\0b": 1 } }, "metadata"],
    ["a description too long", { description: "x".repeat(501) }, "description"],
    ["active as text", { active: "true" }, "active"],
    ["a field it has not", { instruction_builder_inputs: {} }, "instruction_builder_inputs"],
  ])("%s", async (_, more, path) => {
    const address = `/core/agents/${await openAgent(ctx)}`;
    for (const [method, at] of [
      ["POST", "/core/agents"],
      ["PUT", address],
    ] as const) {
      const reply = await browser.call(method, at, { body: { name: "Anna", ...more } });
      expect([reply.status, reply.body.errors?.[0].path]).toEqual([422, path]);
    }
    expect((await browser.call("GET", address)).body.revision).toBe(1);
  });

  test.each([
    "metadata={",
    "metadata=[1]",
    "metadata=text",
    'metadata={"a":"\\u0000"}',
    `metadata=${deep}`,
    'metadata={"a":1e999}',
    "is_demo=maybe",
    "created_after=yesterday",
  ])("agents?%s", async (query) => {
    const [name = ""] = query.split("=");
    const reply = await browser.call("GET", `/core/agents?${encodeURI(query)}`);
    expect([reply.status, reply.body.errors[0].path]).toEqual([422, name]);
  });

  test("versions?version=0, and a config with more than an endpoint", async () => {
    const address = `/core/agents/${await openAgent(ctx)}/versions`;
    const query = await browser.call("GET", `${address}?version=0`);
    expect([query.status, query.body.errors[0].path]).toEqual([422, "version"]);
    const { config } = configTo("sip:a@agents.example.com");
    const body = { config: { ...config, greeting: "Hello" } };
    const put = await browser.call("PUT", `${address}/latest`, { body });
    expect([put.status, put.body.errors[0].path]).toEqual([422, "config.greeting"]);
  });
});

test("metadata comes back as it was sent, whatever JSON it is", async () => {
  const metadata = { "": null, ключ: [1, -0.5, { deep: { "it's": ["%", "\\", '"'] } }], on: false };
  const made = await browser.call("POST", "/core/agents", { body: { name: "Anna", metadata } });
  expect(made.body.metadata).toEqual(metadata);
  const filter = encodeURIComponent(JSON.stringify({ ключ: [{ deep: { "it's": ["%"] } }] }));
  const found = await browser.call("GET", `/core/agents?metadata=${filter}`);
  expect(found.body.data.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
});
