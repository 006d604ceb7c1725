import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { assignSlot, buyPhoneNumber, listPhoneNumbers, releasePhoneNumber, searchNumbers } from ".";
import { listPhoneNumbersQuery, searchNumbersQuery } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

describe("a number from search to release", () => {
  test("is bought, listed, assigned and released, and the carrier's books agree at every step", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 2);
    const found = await searchNumbers(ctx, "default", searchNumbersQuery.parse({ area_code: "415" }));
    const phoneNumber = found.data[0]?.phone_number ?? "";
    expect(phoneNumber).toMatch(/^\+1415555/);

    const bought = await buyPhoneNumber(ctx, "default", {
      phone_number: phoneNumber,
      inbound: { agent_id: agentId, version: 1 },
    });
    expect(bought.outcome).toBe("bought");
    expect(bought.number).toMatchObject({
      status: "active",
      phone_number: phoneNumber,
      inbound: { version: 1, follows_latest: false },
    });
    expect((await desk.control.books()).owned.map((number) => number.phone_number)).toEqual([phoneNumber]);

    const outbound = await assignSlot(ctx, {
      phoneNumber,
      direction: "outbound",
      agent_id: agentId,
      version: "latest",
      replace: false,
    });
    expect(outbound.outbound).toMatchObject({ version: 2, follows_latest: true });
    const page = await listPhoneNumbers(ctx, listPhoneNumbersQuery.parse({ q: "anna" }));
    expect(page.data.map((number) => number.phone_number)).toEqual([phoneNumber]);

    await expect(releasePhoneNumber(ctx, { phoneNumber, unassign: false })).rejects.toMatchObject({
      code: "number_in_use",
    });
    const released = await releasePhoneNumber(ctx, { phoneNumber, unassign: true });
    expect(released).toMatchObject({ outcome: "released", number: { status: "released", inbound: null } });
    const books = await desk.control.books();
    expect(books.owned).toEqual([]);
    expect(books.counts).toMatchObject({ purchases: 1, deletes: 1 });
    expect(books.violations).toEqual([]);
    expect(await database().ledgerLine.count({ where: { organizationId: ctx.organizationId } })).toBe(1);
  });
});
