import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { AppError, type ErrorCode } from "../errors";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { expectBooksAgree, settleEverything } from "../testing/oracle";
import { buyPhoneNumber, getPurchaseOrder } from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk({
    LINEDESK_QUIET_WINDOW_SECONDS: "8",
    LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "4",
    LINEDESK_CARRIER_READ_TIMEOUT_SECONDS: "8",
  });
});
afterAll(async () => {
  await expectBooksAgree(desk.control);
  await desk.close();
});

type Told = "bought" | "checking" | ErrorCode;

/** The fault, what the buyer is told at once, and how it ends. */
const faults: [string, object, Told, "active" | "failed"][] = [
  ["nothing goes wrong", { kind: "ok" }, "bought", "active"],
  ["refused", { kind: "refuse", code: 21404 }, "carrier_refused", "failed"],
  ["account closed", { kind: "refuse", status: 403, code: 10001 }, "carrier_refused", "failed"],
  ["sold under the buyer's feet", { kind: "refuse", code: 21422 }, "number_unavailable", "failed"],
  ["paperwork after all", { kind: "refuse", code: 21631 }, "paperwork_required", "failed"],
  ["too busy", { kind: "status_429" }, "carrier_busy", "failed"],
  ["reset before", { kind: "reset_before" }, "checking", "failed"],
  ["reset after", { kind: "reset_after" }, "checking", "active"],
  ["500 before", { kind: "error_500_before" }, "checking", "failed"],
  ["500 after", { kind: "error_500_after" }, "checking", "active"],
  ["hangs, not done", { kind: "hang_before" }, "checking", "failed"],
  ["hangs, done", { kind: "hang_after" }, "checking", "active"],
  ["answers after the limit", { kind: "delay", ms: 6_000, when: "after" }, "checking", "active"],
  ["acts after the limit", { kind: "delay", ms: 6_000, when: "before" }, "checking", "active"],
  ["acts late, connection dropped", { kind: "late", ms: 3_000 }, "checking", "active"],
  ["half an answer", { kind: "garble" }, "checking", "active"],
  [
    "an answer about another number",
    { kind: "wrong_number", phone_number: "+12015550100" },
    "checking",
    "active",
  ],
  ["conflict", { kind: "refuse", status: 409, code: 20409 }, "checking", "failed"],
];

describe("a purchase that goes wrong", () => {
  test.concurrent.each(faults)(
    "%s",
    async (_, behaviour, told, end) => {
      const ctx = await openOrganization();
      const phoneNumber = takeNumber();
      await desk.control.arm({ operation: "buy", phone_number: phoneNumber, times: 0, behaviour });

      const answer = await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber }).catch((error) => {
        if (error instanceof AppError) return { outcome: error.code, number: null, error };
        throw error;
      });
      expect(answer.outcome).toBe(told);
      const order = await database().purchaseOrder.findFirstOrThrow({
        where: { organizationId: ctx.organizationId },
        include: { phoneNumber: true },
      });
      if (answer.outcome === "checking") {
        expect(answer.number).toMatchObject({ status: "checking", phone_number: phoneNumber });
        expect(order.phoneNumber.live).toBe(true);
        // Nobody buys it a second time while its end is open.
        await expect(buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).rejects.toMatchObject({
          code: "purchase_in_progress",
        });
      } else if (told !== "bought") {
        expect(order).toMatchObject({ status: "refused", errorCode: told, phoneNumber: { state: "failed" } });
        expect("error" in answer && answer.error.extra).toMatchObject({ purchase_order_id: order.id });
      }

      await settleEverything(60_000);
      const settled = await database().phoneNumber.findUniqueOrThrow({ where: { id: order.phoneNumberId } });
      expect(settled.state).toBe(end);
      const books = await desk.control.books();
      const owned = books.owned.filter((number) => number.phone_number === phoneNumber);
      expect(owned.map((number) => number.sid)).toEqual(end === "active" ? [settled.carrierNumberId] : []);
      expect(owned.every((number) => number.friendly_name === settled.tag)).toBe(true);
      expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
      expect(await getPurchaseOrder(ctx, order.id)).toMatchObject(
        end === "active"
          ? { status: "bought", error: null }
          : { status: "refused", error: { code: expect.any(String), detail: expect.stringMatching(/\.$/) } },
      );
      const lines = await database().ledgerLine.count({ where: { phoneNumberId: settled.id } });
      expect(lines).toBe(end === "active" ? 1 : 0);
      const actions = await database().auditEvent.findMany({
        where: { objectId: settled.id },
        orderBy: { id: "asc" },
      });
      expect(actions.map((event) => event.action)).toEqual([
        "phone_number.purchase_requested",
        ...(told === "checking" ? ["phone_number.purchase_unknown"] : []),
        end === "active" ? "phone_number.purchased" : "phone_number.purchase_refused",
      ]);
    },
    120_000,
  );

  test("a refusal that is busy says when to come again", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    await desk.control.arm({
      operation: "buy",
      phone_number: phoneNumber,
      behaviour: { kind: "status_429" },
    });
    await expect(buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).rejects.toMatchObject({
      code: "carrier_busy",
      extra: { retryAfterSeconds: 2 },
    });
  });

  test.each([
    ["pricing", { kind: "error_500_before" }, "carrier_unreachable"],
    ["search", { kind: "reset_before" }, "carrier_unreachable"],
    ["search", { kind: "refuse", status: 403, code: 20403 }, "carrier_refused"],
    ["list", { kind: "error_500_before" }, "carrier_unreachable"],
    ["list", { kind: "status_429" }, "carrier_busy"],
    ["list", { kind: "garble" }, "carrier_unreachable"],
  ])("when %s fails with %o, nothing is sent: %s", async (operation, behaviour, code) => {
    const ctx = await openOrganization({ numberLimit: 1 });
    const phoneNumber = takeNumber();
    await desk.control.arm({ operation, times: 0, behaviour });
    await expect(buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).rejects.toMatchObject({
      code,
    });
    await desk.control.disarm();
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
    const open = { organizationId: ctx.organizationId, live: true };
    expect(await database().phoneNumber.count({ where: open })).toBe(0);
    expect((await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).outcome).toBe("bought");
  });
});
