import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "../db/client";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { endLeases, expectBooksAgree, settleEverything } from "../testing/oracle";
import { insertPurchase } from "../testing/rows";
import { buyPhoneNumber, recoverUnfinished, releasePhoneNumber } from ".";
import { sendWithinMs } from "./lease";

/** A lease so short that every transaction outlasts the time within which a call must be sent. */

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_LEASE_SECONDS: "0.0006", LINEDESK_QUIET_WINDOW_SECONDS: "3" });
});
afterEach(async () => {
  vi.useRealTimers();
  await endLeases();
  await settleEverything(30_000);
  await expectBooksAgree(desk.control);
});
afterAll(() => desk.close());

/** A number that is ours at the carrier too, though no process here could send a purchase in time. */
async function openOwned(ctx: Awaited<ReturnType<typeof openOrganization>>) {
  const phoneNumber = takeNumber();
  const { numberId, tag } = await insertPurchase(ctx, phoneNumber, { state: "unknown" });
  await desk.control.own(phoneNumber, { friendly_name: tag });
  await recoverUnfinished();
  return { phoneNumber, numberId };
}

const stateOf = async (id: string) =>
  (await database().phoneNumber.findUniqueOrThrow({ where: { id } })).state;

describe("a process that slept between its last look at the rows and the call", () => {
  test("sends no purchase: recovery may long have said that nothing was bought", async () => {
    expect(sendWithinMs()).toBeLessThan(1);
    const phoneNumber = takeNumber();
    const told = await buyPhoneNumber(await openOrganization(), "default", { phone_number: phoneNumber });
    expect(told).toMatchObject({ outcome: "checking", number: { status: "checking" } });
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
  });

  test("sends no release, neither the request nor recovery: only a read may still end it", async () => {
    const ctx = await openOrganization();
    const { phoneNumber, numberId } = await openOwned(ctx);
    const told = await releasePhoneNumber(ctx, { phoneNumber, unassign: false });
    expect(told).toMatchObject({ outcome: "releasing", number: { status: "releasing" } });
    await endLeases();
    await recoverUnfinished();
    expect(await stateOf(numberId)).toBe("releasing");
    const { requests } = desk.control;
    expect((await requests()).filter(({ operation }) => operation === "release")).toEqual([]);
    await desk.control.disown(phoneNumber);
    await endLeases();
    await recoverUnfinished();
    expect(await stateOf(numberId)).toBe("released");
  });
});

test("a host whose clock is ten minutes ahead takes nothing before the database says that it is due", async () => {
  const { numberId } = await insertPurchase(await openOrganization(), takeNumber(), { state: "claimed" });
  await database().$executeRaw`
    UPDATE phone_number SET next_check_at = now() + interval '1 minute' WHERE id = ${numberId}`;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 600_000 });
  expect(await recoverUnfinished()).toBe(0);
  expect(await stateOf(numberId)).toBe("claimed");
  vi.useRealTimers();
  await endLeases();
  expect(await recoverUnfinished()).toBe(1);
  expect(await stateOf(numberId)).toBe("failed");
});
