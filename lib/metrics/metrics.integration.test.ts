import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "../db/client";
import { newId } from "../ids";
import { buyPhoneNumber, recoverUnfinished } from "../phone-numbers";
import { openBrowser, send } from "../testing/browser";
import { openDesk, openOrganization } from "../testing/desk";
import { type Family, parseExposition } from "../testing/exposition";
import { createNumberPool } from "../testing/local-carrier";
import { openOutage } from "../testing/outage";
import { insertNumber, insertPurchase } from "../testing/rows";

const token = "only-for-tests-only-for-tests";
const takeNumber = createNumberPool();
let desk: Awaited<ReturnType<typeof openDesk>>;
let outage: Awaited<ReturnType<typeof openOutage>>;

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_METRICS_TOKEN: token });
  outage = await openOutage(desk.databaseUrl);
});
afterAll(async () => {
  await outage.close();
  await desk.close();
});

async function scrape(): Promise<Map<string, Family>> {
  const reply = await send("GET", "/metrics", undefined, { authorization: `Bearer ${token}` });
  expect([reply.status, reply.headers.get("content-type"), reply.headers.get("cache-control")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
    "no-store",
  ]);
  return parseExposition(reply.text);
}

/** The values of a family whose labels include these. */
function valuesOf(
  families: Map<string, Family>,
  name: string,
  labels: Record<string, string> = {},
): number[] {
  const samples = families.get(name)?.samples ?? [];
  return samples
    .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .map(({ value }) => value);
}

/** Back in time, as if it had been so for a while. */
const age = (numberId: string, minutes: number) =>
  database().phoneNumber.update({
    where: { id: numberId },
    data: {
      createdAt: new Date(Date.now() - minutes * 60_000),
      nextCheckAt: new Date(Date.now() + 3_600_000),
    },
    select: { id: true },
  });

describe("who may read it", () => {
  test.each<[string, Record<string, string>]>([
    ["nobody in particular", {}],
    ["a wrong token", { authorization: "Bearer wrong" }],
    ["the beginning of the token", { authorization: `Bearer ${token.slice(0, -1)}` }],
    ["the token in another scheme", { authorization: `Basic ${token}` }],
  ])("%s: refused", async (_, headers) => {
    const reply = await send("GET", "/metrics", undefined, headers);
    expect([reply.status, reply.body.code]).toEqual([401, "unauthenticated"]);
    expect(reply.headers.get("www-authenticate")).toContain("Bearer");
    expect(reply.text).not.toContain("linedesk_");
  });

  test("a key of an organization or a session: refused too", async () => {
    const browser = await openBrowser(await openOrganization());
    expect((await browser.call("GET", "/metrics")).status).toBe(401);
  });
});

describe("what it says", () => {
  test("is in the format, described and typed, under names of its own", async () => {
    const families = await scrape();
    for (const [name, { help, type, samples }] of families) {
      expect(name).toMatch(/^(linedesk|process|nodejs)_[a-z0-9_]+$/);
      expect(help.length, name).toBeGreaterThan(10);
      expect(type, name).not.toBe("");
      if (name.startsWith("linedesk_")) expect(name.endsWith("_total"), name).toBe(type === "counter");
      if (type !== "histogram") continue;
      for (const { labels, value } of samples.filter((sample) => sample.name.endsWith("_count"))) {
        const buckets = samples.filter(
          (sample) =>
            sample.name.endsWith("_bucket") &&
            Object.entries(labels).every(([label, text]) => sample.labels[label] === text),
        );
        expect(buckets.at(-1)).toMatchObject({ labels: { le: "+Inf" }, value });
        expect(buckets.map((bucket) => bucket.value)).toEqual(
          buckets.map((bucket) => bucket.value).sort((a, b) => a - b),
        );
      }
    }
    expect(valuesOf(families, "linedesk_build_info")).toEqual([1]);
    expect(valuesOf(families, "linedesk_epoch_file_up")).toEqual([1]);
    expect([...families.keys()]).toEqual(
      expect.arrayContaining(["process_cpu_seconds_total", "nodejs_eventloop_lag_p99_seconds"]),
    );
  });

  test("is what the tables and the carrier know", async () => {
    const ctx = await openOrganization();
    const [sold, bought] = [takeNumber(), takeNumber()];
    await desk.control.arm({
      operation: "buy",
      phone_number: sold,
      behaviour: { kind: "refuse", code: 21422 },
    });
    await expect(buyPhoneNumber(ctx, "default", { phone_number: sold })).rejects.toMatchObject({
      code: "number_unavailable",
    });
    await buyPhoneNumber(ctx, "default", { phone_number: bought });
    const old = await insertPurchase(ctx, takeNumber(), { state: "unknown" });
    await age(old.numberId, 20);
    await insertPurchase(ctx, takeNumber(), { state: "claimed" });
    const held = await insertNumber(ctx, takeNumber(), { state: "held", nextCheckAt: new Date() });
    await database().releaseOrder.create({
      data: {
        id: newId("rel"),
        organizationId: ctx.organizationId,
        phoneNumberId: held,
        releaseAt: new Date(Date.now() - 3_600_000),
        slots: [],
        requestedBy: {},
        requestId: "req_1",
      },
    });
    await database().drift.create({
      data: {
        id: newId("drf"),
        managedAccountId: desk.managedAccountId,
        kind: "unknown_number",
        phoneNumber: takeNumber(),
        carrierNumberId: "PN1",
        expected: {},
        observed: {},
      },
    });
    await database().killSwitch.create({
      data: {
        id: newId("ks"),
        act: "buying",
        organizationId: ctx.organizationId,
        reason: "Prices are under review.",
        setBy: {},
      },
    });
    await database().carrierSync.create({
      data: {
        id: newId("syn"),
        managedAccountId: desk.managedAccountId,
        status: "completed",
        startedBy: {},
        leaseUntil: new Date(),
        finishedAt: new Date(Date.now() - 600_000),
      },
    });
    await vi.waitFor(
      async () => {
        const families = await scrape();
        const value = (name: string, labels?: Record<string, string>) => valuesOf(families, name, labels);
        expect(value("linedesk_numbers", { state: "active" })).toEqual([1]);
        expect(value("linedesk_numbers", { state: "failed" })).toEqual([1]);
        expect(value("linedesk_numbers", { state: "gone" })).toEqual([0]);
        expect(value("linedesk_unfinished_numbers", { state: "unknown" })).toEqual([1]);
        expect(value("linedesk_unfinished_numbers", { state: "releasing" })).toEqual([0]);
        const [oldest] = value("linedesk_unfinished_oldest_seconds", { state: "unknown" });
        expect(oldest).toBeGreaterThan(19 * 60);
        expect(oldest).toBeLessThan(30 * 60);
        expect(value("linedesk_purchases_total", { outcome: "bought", code: "" })).toEqual([1]);
        expect(value("linedesk_purchases_total", { outcome: "refused", code: "number_unavailable" })).toEqual(
          [1],
        );
        expect(value("linedesk_holds_due")).toEqual([1]);
        expect(value("linedesk_holds_overdue")).toEqual([1]);
        expect(value("linedesk_open_drifts", { kind: "unknown_number" })).toEqual([1]);
        expect(value("linedesk_open_drifts", { kind: "missing" })).toEqual([0]);
        expect(value("linedesk_kill_switches", { act: "buying", reach: "organization" })).toEqual([1]);
        expect(value("linedesk_kill_switches", { act: "releasing", reach: "installation" })).toEqual([0]);
        const [sync] = value("linedesk_sync_age_seconds", { carrier: "twilio", account: "1" });
        expect(sync).toBeGreaterThan(590);
        expect(sync).toBeLessThan(1_200);
        expect(value("linedesk_safe_mode")).toEqual([0]);
        expect(value("linedesk_database_up")).toEqual([1]);
        expect(value("linedesk_carrier_requests_total", { method: "buyNumber", outcome: "ok" })).toEqual([1]);
        expect(
          value("linedesk_carrier_requests_total", { method: "quoteNumber", outcome: "ok" })[0],
        ).toBeGreaterThanOrEqual(2);
      },
      { timeout: 15_000, interval: 500 },
    );
    const before = valuesOf(await scrape(), "linedesk_recovery_looks_total", { state: "claimed" });
    expect(before).toEqual([]);
    await recoverUnfinished();
    expect(valuesOf(await scrape(), "linedesk_recovery_looks_total", { state: "claimed" })).toEqual([1]);
  });

  test("counts failures of the carrier by their kind", async () => {
    await desk.control.arm({ operation: "search", times: 10, behaviour: { kind: "status_429" } });
    const browser = await openBrowser(await openOrganization());
    const search = "/core/managed-accounts/default/search-numbers?area_code=415";
    expect((await browser.call("GET", search)).status).toBe(503);
    await desk.control.disarm();
    const [busy] = valuesOf(await scrape(), "linedesk_carrier_requests_total", { outcome: "busy" });
    expect(busy).toBeGreaterThanOrEqual(1);
  });
});

describe("what people read about it", () => {
  const read = (file: string) =>
    readFileSync(fileURLToPath(new URL(`../../docs/${file}`, import.meta.url)), "utf8");
  const namesIn = (text: string) => new Set(text.match(/\blinedesk_[a-z_]+[a-z]\b/g) ?? []);

  test("alarms and handbook name metrics that exist, and the handbook names all", async () => {
    const names = [...(await scrape()).keys()].filter((name) => name.startsWith("linedesk_"));
    const handbook = namesIn(read("operation.md"));
    const alarms = namesIn(read("prometheus-rules.yml"));
    expect(alarms.size).toBeGreaterThan(10);
    expect([...alarms, ...handbook].filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => !handbook.has(name))).toEqual([]);
  });
});

describe("what it never says", () => {
  test("no number, id, name or raw path is in a label, whatever was asked", async () => {
    const ctx = await openOrganization();
    const browser = await openBrowser(ctx);
    const phoneNumber = takeNumber();
    const numberId = await insertNumber(ctx, phoneNumber);
    const asked: [string, string, string, number][] = [
      ["GET", `/core/phone-numbers/${phoneNumber}`, "/core/phone-numbers/{phone_number}", 200],
      ["GET", `/core/phone-numbers/${numberId}`, "/core/phone-numbers/{phone_number}", 200],
      ["GET", "/core/agents/agt_1xSgOxHp7wgq7oD0cYf1Wt", "/core/agents/{agent_id}", 404],
      ["POST", `/core/agents/${numberId}`, "/core/agents/{agent_id}", 405],
      ["GET", `/core/${phoneNumber}`, "unmatched", 404],
      ["GET", "/core/phone-numbers/%E0%A4%A", "/core/phone-numbers/{phone_number}", 400],
    ];
    for (const [method, address, , status] of asked)
      expect((await browser.call(method, address)).status, `${method} ${address}`).toBe(status);
    const families = await scrape();
    for (const [method, , route, status] of asked) {
      const labels = { method, route, status: String(status) };
      expect(
        valuesOf(families, "linedesk_http_requests_total", labels)[0],
        JSON.stringify(labels),
      ).toBeGreaterThan(0);
    }
    const texts = [...families.values()].flatMap(({ samples }) =>
      samples.flatMap(({ labels }) => Object.values(labels)),
    );
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) {
      expect(text).not.toMatch(/\+?\d{7,}/);
      expect(text).not.toMatch(/[a-z]{2,4}_\w{22}|(?:AC|PN)[0-9a-f]{32}/);
      expect(text).not.toMatch(/Test organization|Mia Member|postgres|%/);
    }
  });
});

describe("while the database is away", () => {
  test("it says so, tells what the process itself knows, and makes nothing up", async () => {
    await outage.goAway();
    try {
      await vi.waitFor(async () => expect(valuesOf(await scrape(), "linedesk_database_up")).toEqual([0]), {
        timeout: 15_000,
        interval: 500,
      });
      const families = await scrape();
      for (const name of ["linedesk_numbers", "linedesk_safe_mode", "linedesk_purchases_total"])
        expect(families.get(name)?.samples, name).toEqual([]);
      expect(valuesOf(families, "linedesk_http_requests_total").length).toBeGreaterThan(0);
    } finally {
      await outage.comeBack();
    }
    await vi.waitFor(async () => expect(valuesOf(await scrape(), "linedesk_safe_mode")).toEqual([0]), {
      timeout: 15_000,
      interval: 500,
    });
  });
});
