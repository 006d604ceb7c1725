import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { endLeases } from "../testing/oracle";
import { insertPurchase } from "../testing/rows";
import { buyPhoneNumber, recoverUnfinished } from ".";

/** Numbers the carrier account has for other reasons than a purchase of ours. They are somebody's. */

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  const { deletes, violations } = await desk.control.books();
  await desk.close();
  expect(deletes).toEqual([]);
  expect(violations).toEqual([]);
});

describe("a number bought in the carrier's console", () => {
  test("is off the shelf: refused, nothing sent, left as it is", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    await desk.control.own(phoneNumber, {
      friendly_name: "by hand",
      voice_url: "https://elsewhere.example.com",
    });
    await expect(buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).rejects.toMatchObject({
      code: "number_unavailable",
    });
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    const { owned } = await desk.control.books();
    expect(owned.find((number) => number.phone_number === phoneNumber)).toMatchObject({
      friendly_name: "by hand",
      voice_url: "https://elsewhere.example.com",
    });
  });
});

describe("a number that was there before the call, found only afterwards", () => {
  test.each(["refuse", "update"] as const)(
    "tagged otherwise, while the carrier answers a second purchase with %s: not ours, not charged, not given back",
    async (second_purchase) => {
      await desk.control.settings({ second_purchase });
      const ctx = await openOrganization();
      const phoneNumber = takeNumber();
      const { numberId } = await insertPurchase(ctx, phoneNumber, {
        state: "unknown",
        lookups: 5,
        calledSecondsAgo: 900,
      });
      await desk.control.own(phoneNumber, { friendly_name: "by hand" });
      await recoverUnfinished();
      const row = await database().phoneNumber.findUniqueOrThrow({ where: { id: numberId } });
      expect(row).toMatchObject({ state: "failed", carrierNumberId: null });
      expect(await database().ledgerLine.count({ where: { phoneNumberId: numberId } })).toBe(0);
      expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    },
  );

  test("tagged otherwise: as long as ours may still come, nothing is decided", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const { numberId } = await insertPurchase(ctx, phoneNumber, { state: "unknown", calledSecondsAgo: 5 });
    await desk.control.own(phoneNumber, { friendly_name: "by hand" });
    await recoverUnfinished();
    const row = await database().phoneNumber.findUniqueOrThrow({ where: { id: numberId } });
    expect(row).toMatchObject({ state: "unknown", lookups: 1 });
    await database().phoneNumber.update({
      where: { id: numberId },
      data: { lookups: 9, callStartedAt: new Date(0) },
    });
    await endLeases();
    await recoverUnfinished();
  });

  test("with our own tag, but older than the call: quarantined, refused, not charged", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    // The call lies an hour ahead of what the carrier says the number's date is.
    const { numberId, orderId, tag } = await insertPurchase(ctx, phoneNumber, {
      state: "calling",
      calledSecondsAgo: -3600,
    });
    await desk.control.own(phoneNumber, { friendly_name: tag });
    await recoverUnfinished();
    const row = await database().phoneNumber.findUniqueOrThrow({ where: { id: numberId } });
    const { owned } = await desk.control.books();
    const sid = owned.find((number) => number.phone_number === phoneNumber)?.sid;
    expect(row).toMatchObject({ state: "quarantined", carrierNumberId: sid, live: true });
    expect(await database().purchaseOrder.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({
      status: "refused",
      errorCode: "number_unavailable",
    });
    expect(await database().ledgerLine.count({ where: { phoneNumberId: numberId } })).toBe(0);
    // It stays where it is, and nobody can buy it meanwhile.
    expect(await recoverUnfinished()).toBe(0);
    await expect(
      buyPhoneNumber(await openOrganization(), "default", { phone_number: phoneNumber }),
    ).rejects.toMatchObject({ code: "number_unavailable" });
  });
});

describe("the carrier says 201 to a purchase that was an update", () => {
  test("of a number the list did not show yet, tagged by somebody else", async () => {
    await desk.control.settings({ second_purchase: "update", list_lag_ms: 60_000 });
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    // The purchase is answered with the body of another tag, as an update that kept it would be.
    await desk.control.arm({
      operation: "buy",
      phone_number: phoneNumber,
      behaviour: { kind: "wrong_number", phone_number: phoneNumber },
    });
    const bought = await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber });
    await desk.control.settings({ second_purchase: "refuse", list_lag_ms: 0 });
    expect(bought.outcome).toBe("bought");
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });
});
