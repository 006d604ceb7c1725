import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { openBrowser } from "../testing/browser";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { insertNumber } from "../testing/rows";
import { listPhoneNumbers } from ".";
import { listPhoneNumbersQuery, numberSort, type PhoneNumber } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;
let ctx: Ctx;
let anna: string;

/** Numbers of no carrier's; only rows are looked at here. */
const numberAt = (index: number) => `+1628${String(2_000_000 + index)}`;

beforeAll(async () => {
  desk = await openDesk();
  ctx = await openOrganization({ numberLimit: 1000 });
  anna = await openAgent(ctx, "Anna 100%_sure");
  const others = await openOrganization({ numberLimit: 1000 });
  const prices = ["0", "0.0085", "1.15", "1.15", "2.15", null];
  const day = (offset: number) => new Date(Date.UTC(2026, 0, 1 + (offset % 20), offset % 3));
  for (let index = 0; index < 300; index += 1) {
    const price = prices[index % prices.length] ?? null;
    // Many equal values in every order, so that the id has to decide.
    const facts = {
      createdAt: day(index),
      assignmentChangedAt: day(index * 7),
      monthlyCost: price,
      currency: price === null ? null : "USD",
    };
    await insertNumber(ctx, numberAt(index), facts);
    if (index % 10 === 0) await insertNumber(others, numberAt(10_000 + index), facts);
  }
}, 120_000);
afterAll(() => desk.close());

const list = (query: Record<string, string>, who = ctx) =>
  listPhoneNumbers(who, listPhoneNumbersQuery.parse(query));

async function walk(
  query: Record<string, string>,
  between: () => Promise<unknown> = async () => {},
): Promise<PhoneNumber[]> {
  const seen: PhoneNumber[] = [];
  let cursor: string | null = null;
  do {
    const page = await list({ limit: "37", ...query, ...(cursor ? { cursor } : {}) });
    seen.push(...page.data);
    cursor = page.next_cursor;
    await between();
  } while (cursor);
  return seen;
}

describe("walking through 300 numbers", () => {
  test.each(numberSort.options)(
    "sorted by %s, while numbers are added: none twice, none missing, in order",
    async (sort) => {
      const walker = await openOrganization({ numberLimit: 1000 });
      const { data: everything } = await list({ limit: "200" });
      expect(everything).toHaveLength(200);
      const before = new Set(
        (
          await database().phoneNumber.findMany({ where: { organizationId: ctx.organizationId, live: true } })
        ).map((row) => row.id),
      );
      let added = 0;
      const seen = await walk({ sort }, async () => {
        added += 1;
        const [, digits = "0"] =
          /(\d{6})$/.exec(String(numberSort.options.indexOf(sort) * 100 + added + 100_000)) ?? [];
        await insertNumber(ctx, `+1415${added % 2 ? "2" : "9"}${digits}`);
      });
      const ids = seen.map((number) => number.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => before.has(id))).toHaveLength(before.size);

      const field = sort.replace("-", "");
      const sortedBy = (number: PhoneNumber) =>
        field === "monthly_cost"
          ? Number(number.cost_information?.monthly_cost ?? 0)
          : (number[field as "created_at" | "updated_at" | "phone_number"] as string);
      const direction = sort.startsWith("-") ? -1 : 1;
      for (const [index, number] of seen.entries()) {
        const next = seen[index + 1];
        if (!next) break;
        const [one, two] = [sortedBy(number), sortedBy(next)];
        expect(one === two || (one < two ? 1 : -1) === direction, `${one} before ${two}`).toBe(true);
      }
      expect((await list({}, walker)).data).toEqual([]);
      await database().phoneNumber.deleteMany({
        where: { organizationId: ctx.organizationId, phoneNumber: { startsWith: "+1415" } },
      });
    },
  );

  test("a cursor of another order is refused", async () => {
    const { next_cursor } = await list({ sort: "phone_number", limit: "5" });
    await expect(list({ sort: "-phone_number", cursor: next_cursor ?? "" })).rejects.toMatchObject({
      code: "validation_failed",
    });
  });
});

describe("filters", () => {
  let special: Ctx;
  const ids: Record<string, string> = {};
  const find = async (query: Record<string, string>) => {
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    return (await list(query, special)).data.map((number) => names.get(number.id)).sort();
  };

  beforeAll(async () => {
    special = await openOrganization();
    const agent = await openAgent(special, "Anna 100%_sure");
    ids.agent = agent;
    ids.plain = await insertNumber(special, "+14155550123", { label: "Front desk" });
    ids.percent = await insertNumber(special, "+14155550124", { label: "100% off" });
    ids.underscore = await insertNumber(special, "+14155550125", { label: "a_b" });
    ids.backslash = await insertNumber(special, "+14155550126", { label: "a\\b", outboundShareable: true });
    ids.british = await insertNumber(special, "+447700900123", {
      countryCode: "GB",
      type: "mobile",
      createdAt: new Date("2020-05-05T00:00:00Z"),
    });
    ids.released = await insertNumber(special, "+14155550127", { state: "released" });
    ids.gone = await insertNumber(special, "+14155550128", { state: "gone" });
    ids.checking = await insertNumber(special, "+14155550129", { state: "unknown", nextCheckAt: new Date() });
    const slot = { organizationId: special.organizationId, agentId: agent };
    await database().assignment.createMany({
      data: [
        { ...slot, phoneNumberId: ids.plain, direction: "inbound" },
        { ...slot, phoneNumberId: ids.british, direction: "outbound", version: 1 },
      ],
    });
  });

  const live = ["backslash", "british", "checking", "percent", "plain", "underscore"];

  test.each<[Record<string, string>, string[]]>([
    [{}, live],
    [{ status: "released" }, ["released"]],
    [{ status: "active,checking" }, live],
    [{ status: "checking" }, ["checking"]],
    [{ status: "released,gone" }, ["gone", "released"]],
    [{ status: "refused" }, []],
    [{ assigned: "true" }, ["british", "plain"]],
    [{ assigned: "false" }, ["backslash", "checking", "percent", "underscore"]],
    [{ outbound_shareable: "true" }, ["backslash"]],
    [{ outbound_shareable: "false", country_code: "gb" }, ["british"]],
    [{ phone_number_type: "mobile" }, ["british"]],
    [{ phone_number: "0123" }, ["british", "plain"]],
    [{ phone_number: "+1415" }, ["backslash", "checking", "percent", "plain", "underscore"]],
    [{ phone_number: "%" }, []],
    [{ trunk_id: "trk_none" }, []],
    [{ created_before: "2021-01-01T00:00:00Z" }, ["british"]],
    [{ created_after: "2021-01-01T00:00:00+02:00", q: "anna" }, ["plain"]],
    [{ updated_before: "2000-01-01T00:00:00Z" }, []],
    [{ q: "(415) 555-0123" }, ["plain"]],
    [{ q: "415.555.0123" }, ["plain"]],
    [{ q: "+1 415 555 0123" }, ["plain"]],
    [{ q: "+44 7700" }, ["british"]],
    [{ q: "555 01" }, ["backslash", "checking", "percent", "plain", "underscore"]],
    [{ q: "front DESK" }, ["plain"]],
    [{ q: "100%" }, ["british", "percent", "plain"]],
    [{ q: "100% off" }, ["percent"]],
    [{ q: "%" }, ["british", "percent", "plain"]],
    [{ q: "_" }, ["british", "plain", "underscore"]],
    [{ q: "a_b" }, ["underscore"]],
    [{ q: "a\\b" }, ["backslash"]],
    [{ q: "\\" }, ["backslash"]],
    [{ q: "()" }, []],
    [{ q: "' OR true --" }, []],
    [{ q: "sure" }, ["british", "plain"]],
    [{ q: "" }, live],
  ])("%o", async (query, names) => {
    expect(await find(query)).toEqual(names);
  });

  test("by agent, in either slot or in one", async () => {
    const agent = ids.agent ?? "";
    expect(await find({ agent_id: agent })).toEqual(["british", "plain"]);
    expect(await find({ inbound_agent_id: agent })).toEqual(["plain"]);
    expect(await find({ outbound_agent_id: agent })).toEqual(["british"]);
    expect(await find({ agent_id: anna })).toEqual([]);
  });

  test("never another organization's, whatever is asked", async () => {
    const mine = new Set(Object.values(ids));
    const queries: Record<string, string>[] = [
      { q: "628" },
      { phone_number: "628" },
      { status: "active" },
      { limit: "200" },
    ];
    for (const query of queries)
      for (const number of (await list(query, special)).data) expect(mine.has(number.id)).toBe(true);
  });
});

describe("what a page costs", () => {
  test("one statement, with its filters, free text and cursor; two as a request, with its session", async () => {
    const browser = await openBrowser(ctx);
    // The first request of a minute takes a share of the caller's limit besides.
    await browser.call("GET", "/core/me");
    const { next_cursor } = await list({ q: "628", limit: "10" });
    const statements = vi.spyOn(Client.prototype, "query");
    try {
      const page = await list({ q: "628", limit: "10", cursor: next_cursor ?? "", assigned: "false" });
      expect(page.data).toHaveLength(10);
      expect(statements).toHaveBeenCalledTimes(1);
      statements.mockClear();
      const reply = await browser.call("GET", "/core/phone-numbers?limit=200&q=628&sort=-monthly_cost");
      expect(reply.body.data).toHaveLength(200);
      expect(statements).toHaveBeenCalledTimes(2);
    } finally {
      statements.mockRestore();
    }
  });
});
