import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "../api-keys";
import { send } from "../testing/browser";
import { openDesk, openOrganization } from "../testing/desk";

let desk: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

describe("a key", () => {
  test("opens what its scopes open", async () => {
    const ctx = await openOrganization();
    const { key } = await createApiKey(ctx, { name: "k" });
    const headers = { authorization: `Bearer ${key}` };
    const me = await send("GET", "/core/me", undefined, headers);
    expect(me.body.organization_id).toBe(ctx.organizationId);
    expect(me.headers.get("ratelimit")).toMatch(/r=\d+/);
    const one = await send("POST", "/core/agents", { name: "A" }, { ...headers, "idempotency-key": "x" });
    const two = await send("POST", "/core/agents", { name: "A" }, { ...headers, "idempotency-key": "x" });
    expect(two.body).toEqual(one.body);
    expect(two.headers.get("idempotent-replayed")).toBe("true");
    const many = await Promise.all(
      Array.from({ length: 100 }, () => send("GET", "/core/me", undefined, headers)),
    );
    expect(many.map((r) => r.status).filter((s) => s !== 200)).toEqual([]);
  });
});
