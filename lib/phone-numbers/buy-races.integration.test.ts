import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { AppError } from "../errors";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { expectBooksAgree } from "../testing/oracle";
import { buyPhoneNumber } from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => expectBooksAgree(desk.control));
afterAll(() => desk.close());

type Buyer = Awaited<ReturnType<typeof openOrganization>>;

/** What the buyer was told: the outcome, or the code of the refusal. Anything unexpected fails the test. */
async function buy(ctx: Buyer, phoneNumber: string): Promise<string> {
  try {
    return (await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).outcome;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const purchasesOf = async (phoneNumber: string) =>
  (await desk.control.books()).charges.filter((charge) => charge.phone_number === phoneNumber).length;

describe.each(["refuse", "update"] as const)(
  "when the carrier answers a second purchase with %s",
  (secondPurchase) => {
    beforeAll(() => desk.control.settings({ second_purchase: secondPurchase }));

    test.each([2, 10, 50])(
      "%i purchases of one number at once make one, and every answer is true",
      async (times) => {
        const ctx = await openOrganization();
        const phoneNumber = takeNumber();
        const told = await Promise.all(Array.from({ length: times }, () => buy(ctx, phoneNumber)));
        expect(told.filter((answer) => answer === "bought")).toHaveLength(1);
        for (const answer of told)
          expect(["bought", "purchase_in_progress", "number_already_owned"]).toContain(answer);
        expect(await purchasesOf(phoneNumber)).toBe(1);
        expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
        const rows = await database().phoneNumber.findMany({ where: { phoneNumber } });
        expect(rows.map((row) => row.state)).toEqual(["active"]);
        expect(await buy(ctx, phoneNumber)).toBe("number_already_owned");
      },
    );

    test.each([2, 10])(
      "%i organizations after one number: one has it, to the others it is sold",
      async (count) => {
        const buyers = await Promise.all(Array.from({ length: count }, () => openOrganization()));
        const phoneNumber = takeNumber();
        const told = await Promise.all(buyers.map((ctx) => buy(ctx, phoneNumber)));
        expect(told.sort()).toEqual(["bought", ...Array(count - 1).fill("number_unavailable")]);
        expect(await purchasesOf(phoneNumber)).toBe(1);
        expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
        expect((await desk.control.books()).deletes).toEqual([]);
      },
    );

    test("twenty rounds of two organizations, two clicks each", async () => {
      const buyers = [await openOrganization(), await openOrganization()];
      for (let round = 0; round < 20; round += 1) {
        const phoneNumber = takeNumber();
        const told = await Promise.all(
          buyers.flatMap((ctx) => [buy(ctx, phoneNumber), buy(ctx, phoneNumber)]),
        );
        expect(
          told.filter((answer) => answer === "bought"),
          told.join(),
        ).toHaveLength(1);
        expect(await purchasesOf(phoneNumber)).toBe(1);
      }
    });
  },
);

describe("the limit", () => {
  const sentence = "You have reached the maximum number of phone numbers for your organization.";

  test("200 purchases at once against a limit of 50: exactly 50 numbers, and the sentence for the rest", async () => {
    const ctx = await openOrganization({ numberLimit: 50 });
    const pool = createNumberPool(["212", "929", "646", "332", "305", "786", "404", "678"].slice(1));
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, () => buyPhoneNumber(ctx, "default", { phone_number: pool() })),
    );
    const bought = results.filter((result) => result.status === "fulfilled");
    expect(bought.map((result) => result.value.outcome)).toEqual(Array(50).fill("bought"));
    for (const result of results) {
      if (result.status === "fulfilled") continue;
      expect(result.reason).toMatchObject({ code: "number_limit_reached", message: sentence });
    }
    const where = { organizationId: ctx.organizationId };
    expect(await database().phoneNumber.count({ where: { ...where, state: "active" } })).toBe(50);
    expect(await database().phoneNumber.count({ where })).toBe(50);
    const total = await database().numberTotal.findFirstOrThrow({ where });
    expect([total.numbers, total.monthlyCost.toString()]).toEqual([50, "57.5"]);
  }, 90_000);

  test("fifty purchases at once against a limit of ten: exactly ten", async () => {
    const ctx = await openOrganization({ numberLimit: 10 });
    const told = await Promise.all(Array.from({ length: 50 }, () => buy(ctx, takeNumber())));
    expect(told.sort()).toEqual([...Array(10).fill("bought"), ...Array(40).fill("number_limit_reached")]);
    const held = { organizationId: ctx.organizationId, live: true };
    expect(await database().phoneNumber.count({ where: held })).toBe(10);
  }, 60_000);

  test("a limit lowered below what is held keeps those and sells no more", async () => {
    const ctx = await openOrganization({ numberLimit: 3 });
    for (const _ of [1, 2, 3]) expect(await buy(ctx, takeNumber())).toBe("bought");
    await database().organization.update({ where: { id: ctx.organizationId }, data: { numberLimit: 1 } });
    const before = (await desk.control.requests()).length;
    await expect(buyPhoneNumber(ctx, "default", { phone_number: takeNumber() })).rejects.toMatchObject({
      code: "number_limit_reached",
      message: sentence,
      extra: { numbers: 3, number_limit: 1 },
    });
    expect((await desk.control.requests()).length).toBe(before);
  });

  test("lowered in the middle of twenty purchases, it is never passed from then on", async () => {
    const ctx = await openOrganization({ numberLimit: 20 });
    const buying = Array.from({ length: 20 }, () => buy(ctx, takeNumber()));
    await Promise.race(buying);
    const lower = await database().organization.update({
      where: { id: ctx.organizationId },
      data: { numberLimit: 5 },
    });
    expect(lower.numberLimit).toBe(5);
    const told = await Promise.all(buying);
    const held = await database().phoneNumber.count({
      where: { organizationId: ctx.organizationId, live: true },
    });
    expect(told.filter((answer) => answer === "bought")).toHaveLength(held);
    for (const answer of told) expect(["bought", "number_limit_reached"]).toContain(answer);
    expect(await buy(ctx, takeNumber())).toBe(held < 5 ? "bought" : "number_limit_reached");
  });

  test("a refused purchase gives its place back", async () => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const sold = takeNumber();
    await desk.control.arm({
      operation: "buy",
      phone_number: sold,
      behaviour: { kind: "refuse", code: 21422 },
    });
    expect(await buy(ctx, sold)).toBe("number_unavailable");
    expect(await buy(ctx, takeNumber())).toBe("bought");
    expect(await buy(ctx, takeNumber())).toBe("number_limit_reached");
  });
});
