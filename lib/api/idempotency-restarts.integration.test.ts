import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "../db/client";
import { type Reply, send } from "../testing/browser";
import { type Caller, openKey } from "../testing/callers";
import { takeNumberElsewhere, takeNumberForSale } from "../testing/calls";
import { openDesk, openMember, openOrganization } from "../testing/desk";
import { endLeases, settleEverything } from "../testing/oracle";
import { expectReplayed, isReplay } from "../testing/replays";
import { insertNumber } from "../testing/rows";

/** A key outlives the process that took it: what that process did is found in the rows, or it is done now, once. */

let desk: Awaited<ReturnType<typeof openDesk>>;
let buyer: Caller;
const address = "/core/managed-accounts/default/purchase-number";

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_QUIET_WINDOW_SECONDS: "6" });
  buyer = await openKey(await openMember(await openOrganization({ numberLimit: 1000 })));
});
afterEach(() => desk.control.disarm());
afterAll(() => desk.close());

const withKey = (key: string, { headers } = buyer) => ({ ...headers, "idempotency-key": key });
const buy = (key: string, phoneNumber: string, who = buyer) =>
  send("POST", address, { phone_number: phoneNumber }, withKey(key, who));
const atOnce = (times: number, ask: () => Promise<Reply>) => Promise.all(Array.from({ length: times }, ask));

/** The request with this key as it stands when its process died before it had answered. */
async function forgetAnswer(key: string, secondsAgo: number, { member } = buyer): Promise<void> {
  const count = await database().$executeRaw`
    UPDATE idempotency_record
    SET final_status = NULL, final_answer = NULL, started_at = now() - make_interval(secs => ${secondsAgo})
    WHERE organization_id = ${member.organizationId} AND key = ${key} AND final_answer IS NOT NULL`;
  expect(count).toBe(1);
}

/** A buyer whose purchase with this key came to nothing before it left any trace. */
async function leaveNothing(key: string, phoneNumber: string, secondsAgo: number): Promise<Caller> {
  const ctx = await openOrganization({ numberLimit: 0 });
  const who = await openKey(await openMember(ctx));
  expect((await buy(key, phoneNumber, who)).body.code).toBe("number_limit_reached");
  await database().organization.update({ where: { id: ctx.organizationId }, data: { numberLimit: 50 } });
  await forgetAnswer(key, secondsAgo, who);
  return who;
}

describe("a process killed in the middle of a purchase", () => {
  test.each(["before", "after"] as const)(
    "while the carrier, slow to answer, sells %s the wait: its key names the order, then tells the purchase",
    async (when) => {
      const phoneNumber = takeNumberForSale();
      const behaviour = { kind: "delay", ms: 3_000, when };
      await desk.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour });
      const script = fileURLToPath(new URL("../testing/send-and-wait.ts", import.meta.url));
      const key = `killed-${when}`;
      const request = [JSON.stringify(withKey(key)), JSON.stringify({ phone_number: phoneNumber })];
      const child = spawn(process.execPath, ["--import", "tsx", script, "POST", address, ...request], {
        env: process.env,
        stdio: "ignore",
      });
      await vi.waitFor(async () => expect(await desk.control.purchasesSent(phoneNumber)).toBe(1), {
        timeout: 45_000,
        interval: 50,
      });
      child.kill("SIGKILL");
      await once(child, "exit");

      const left = await database().purchaseOrder.findFirstOrThrow({
        where: { phoneNumber: { phoneNumber } },
      });
      for (const meanwhile of await atOnce(5, () => buy(key, phoneNumber)))
        expect([meanwhile.status, meanwhile.body]).toMatchObject([
          409,
          { code: "request_in_progress", operation_id: left.id },
        ]);
      await endLeases();
      await settleEverything(45_000);
      const replies = await atOnce(5, () => buy(key, phoneNumber));
      for (const { status, headers, body } of replies) {
        expect([status, headers.get("idempotent-replayed")]).toEqual([201, "true"]);
        expect(body).toMatchObject({ id: left.phoneNumberId, status: "active", purchase_order_id: left.id });
      }
      expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
    },
    120_000,
  );
});

describe("a purchase that was made, whose answer was not kept", () => {
  test("is told to twenty who ask at once, and kept from then on", async () => {
    const phoneNumber = takeNumberForSale();
    const first = await buy("made", phoneNumber);
    expect(first.status).toBe(201);
    await forgetAnswer("made", 0);
    for (const reply of await atOnce(20, () => buy("made", phoneNumber))) expectReplayed(reply, first);
    const { finalStatus } = await database().idempotencyRecord.findFirstOrThrow({ where: { key: "made" } });
    expect(finalStatus).toBe(201);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });

  test("is told long after, too: it is never made again", async () => {
    const phoneNumber = takeNumberForSale();
    await buy("long-ago", phoneNumber);
    await forgetAnswer("long-ago", 86_400);
    expect((await atOnce(20, () => buy("long-ago", phoneNumber))).map(isReplay)).toEqual(
      Array(20).fill(true),
    );
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });
});

describe("a purchase that was refused, whose answer was not kept", () => {
  test("is refused again for the same reason, without asking the carrier", async () => {
    const phoneNumber = takeNumberForSale();
    const behaviour = { kind: "refuse", code: 21404 };
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour });
    const first = await buy("refused", phoneNumber);
    expect(first.body.code).toBe("carrier_refused");
    await forgetAnswer("refused", 86_400);
    for (const reply of await atOnce(20, () => buy("refused", phoneNumber))) {
      const { request_id: _, ...told } = reply.body;
      expect([isReplay(reply), first.body]).toMatchObject([true, told]);
    }
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });

  test("because the carrier was busy is told so once; then the key is free", async () => {
    const phoneNumber = takeNumberForSale();
    const lost = { kind: "reset_before" };
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour: lost });
    expect((await buy("busy", phoneNumber)).status).toBe(202);
    await desk.control.disarm();
    // As the process would have settled it, had the carrier said that it was busy.
    const { id, phoneNumberId } = await database().purchaseOrder.findFirstOrThrow({
      where: { phoneNumber: { phoneNumber } },
    });
    await database().phoneNumber.update({
      where: { id: phoneNumberId },
      data: { state: "failed", nextCheckAt: null },
    });
    await database().purchaseOrder.update({
      where: { id },
      data: { status: "refused", settledAt: new Date(), errorCode: "carrier_busy", errorDetail: "Busy." },
    });
    const told = await buy("busy", phoneNumber);
    expect([told.status, told.body.code, isReplay(told)]).toEqual([503, "carrier_busy", true]);
    const again = await buy("busy", phoneNumber);
    expect([again.status, isReplay(again)]).toEqual([201, false]);
  });
});

describe("a request that left nothing", () => {
  test("might still be under way within a minute: nobody does it in its place", async () => {
    const phoneNumber = takeNumberForSale();
    const who = await leaveNothing("young", phoneNumber, 15);
    for (const { status, headers, body } of await atOnce(20, () => buy("young", phoneNumber, who))) {
      expect([status, body.code]).toEqual([409, "request_in_progress"]);
      expect(body).not.toHaveProperty("operation_id");
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
  });

  test("is done after that minute, by one of twenty who ask at once", async () => {
    const phoneNumber = takeNumberForSale();
    const who = await leaveNothing("old", phoneNumber, 61);
    const ask = () => buy("old", phoneNumber, who);
    const replies = await atOnce(20, ask);
    expect(replies.filter((reply) => reply.status === 201 && !isReplay(reply))).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 201))
      expect([reply.status, reply.body.code]).toEqual([409, "request_in_progress"]);
    expect(isReplay(await ask())).toBe(true);
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });
});

describe.each([
  ["/core/phone-numbers", (body: { status: string }) => body],
  ["/api/public/v1/telephony/numbers", ({ data }: { data: { status: string } }) => data],
] as const)("a release at %s whose answer was lost", (list, read) => {
  const release = (key: string, phoneNumber: string) =>
    send("DELETE", `${list}/${phoneNumber}`, undefined, withKey(key));
  const told = ({ status, body }: Reply) => [status, status < 400 ? read(body).status : body];

  test("is told from its own order, and never done to a later purchase of the same number", async () => {
    const phoneNumber = takeNumberForSale();
    const key = `lost-${list}`;
    await buy(`first-${list}`, phoneNumber);
    await desk.control.settings({ released_numbers: "back_in_stock" });
    const behaviour = { kind: "reset_after" };
    await desk.control.arm({ operation: "release", phone_number: phoneNumber, times: 1, behaviour });
    expect(told(await release(key, phoneNumber))).toEqual([202, "releasing"]);
    expect((await release(key, phoneNumber)).status).toBe(409);
    await endLeases();
    await settleEverything();

    const again = await buy(`second-${list}`, phoneNumber);
    expect(again.status).toBe(201);
    await desk.control.settings({ released_numbers: "held" });
    await database()
      .$executeRaw`UPDATE idempotency_record SET started_at = now() - interval '1 day' WHERE key = ${key}`;
    for (const reply of await atOnce(5, () => release(key, phoneNumber))) {
      expect(told(reply)).toEqual([200, "released"]);
      expect(isReplay(reply)).toBe(true);
    }
    const kept = await send("GET", `/core/phone-numbers/${again.body.id}`, undefined, buyer.headers);
    expect(kept.body.status).toBe("active");
  });

  test("that found another one under way is answered the same ever after", async () => {
    const phoneNumber = takeNumberForSale();
    const key = `beside-${list}`;
    await buy(`beside-first-${list}`, phoneNumber);
    await desk.control.settings({ released_numbers: "back_in_stock" });
    const behaviour = { kind: "reset_after" };
    await desk.control.arm({ operation: "release", phone_number: phoneNumber, times: 1, behaviour });
    await release(`other-${key}`, phoneNumber);
    expect(told(await release(key, phoneNumber))).toEqual([202, "releasing"]);
    await endLeases();
    await settleEverything();
    await buy(`beside-second-${list}`, phoneNumber);
    await desk.control.settings({ released_numbers: "held" });
    const replay = await release(key, phoneNumber);
    expect([...told(replay), isReplay(replay)]).toEqual([202, "releasing", true]);
  });
});

describe("writes that call no carrier", () => {
  test("an agent made before the end is found, not made again", async () => {
    const ask = () => send("POST", "/core/agents", { name: "Anna" }, withKey("agent"));
    const first = await ask();
    await forgetAnswer("agent", 86_400);
    for (const reply of await atOnce(20, ask)) expectReplayed(reply, first);
    const { organizationId } = buyer.member;
    expect(await database().agent.count({ where: { organizationId, name: "Anna" } })).toBe(1);
  });

  test("an edit is made again, which changes nothing", async () => {
    const id = await insertNumber(buyer.member, takeNumberElsewhere());
    const ask = () => send("PATCH", `/core/phone-numbers/${id}`, { label: "Sales" }, withKey("edit"));
    const first = await ask();
    await forgetAnswer("edit", 61);
    const again = await ask();
    expect([again.status, isReplay(again), again.text]).toEqual([200, false, first.text]);
    expectReplayed(await ask(), again);
    expect(await database().auditEvent.count({ where: { objectId: id } })).toBe(1);
  });
});
