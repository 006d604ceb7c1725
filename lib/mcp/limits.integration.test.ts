import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "../api-keys";
import { send } from "../testing/browser";
import { openDesk, openOrganization } from "../testing/desk";

let desk: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_RATE_LIMIT_PER_CALLER: "8", LINEDESK_RATE_LIMIT_SEARCHES: "3" });
});
afterAll(() => desk.close());

const search = {
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "search_numbers", arguments: { area_code: "415", limit: 1 } },
};

async function openCaller() {
  const { key } = await createApiKey(await openOrganization(), { name: "Eager" });
  const headers = { authorization: `Bearer ${key}`, accept: "application/json, text/event-stream" };
  return (body: unknown) => send("POST", "/mcp", body, headers);
}

test("a caller that asks too often is told when to come back", async () => {
  const post = await openCaller();
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
  for (let count = 0; count < 8; count += 1) expect((await post(ping)).status).toBe(200);
  const reply = await post(ping);
  expect(reply.status).toBe(429);
  expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(reply.body).toMatchObject({ jsonrpc: "2.0", id: null, error: { data: { code: "rate_limited" } } });
});

test("searches have a limit of their own", async () => {
  const post = await openCaller();
  for (let count = 0; count < 3; count += 1) expect((await post(search)).status).toBe(200);
  expect((await post(search)).status).toBe(429);
  expect((await post({ jsonrpc: "2.0", id: 1, method: "tools/list" })).status).toBe(200);
});

test("a batch counts as many requests as it has messages, and nothing of it is done above the limit", async () => {
  const post = await openCaller();
  const before = (await desk.control.requests()).length;
  expect((await post([search, search, search, search])).status).toBe(429);
  expect(await desk.control.requests()).toHaveLength(before);
});
