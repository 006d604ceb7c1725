import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { enterSafeMode } from "../installation";
import type { Scope } from "../permissions";
import { send } from "../testing/browser";
import { openKey } from "../testing/callers";
import { openDesk, openMember, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { openBoughtNumber } from "../testing/numbers";
import { expectBooksAgree } from "../testing/oracle";
import { isReplay } from "../testing/replays";
import { insertNumber, openOwnTrunk } from "../testing/rows";
import { endSafeModeNow, stopReleasing } from "../testing/stops";

/** Holding, undoing and locking as a program that calls the API does it. */

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectBooksAgree(desk.control);
  await desk.close();
});

/** A customer with a number whose slots are empty. */
async function openCaller(scopes?: Scope[]) {
  const owner = await openMember(await openOrganization());
  const { id, phoneNumber } = await openBoughtNumber(owner, takeNumber(), false);
  const key = await openKey(owner, scopes);
  return {
    owner,
    id,
    phoneNumber,
    call: (method: string, rest = "", body?: object, headers: Record<string, string> = {}) =>
      send(method, `/core/phone-numbers/${phoneNumber}${rest}`, body, { ...key.headers, ...headers }),
  };
}

describe("a hold through the API", () => {
  test("answers 202 until the number is kept again", async () => {
    const { call } = await openCaller();
    const plan = await call("DELETE", "?hold=7&dry_run=true");
    expect([plan.status, plan.body.can_release]).toEqual([200, true]);
    expect(plan.body.release_at).toEqual(expect.any(String));
    const held = await call("DELETE", "?hold=7");
    expect([held.status, held.body.status]).toEqual([202, "held"]);
    expect(held.headers.get("etag")).toBe(`"${held.body.version}"`);
    expect((await call("DELETE", "?hold=7")).body).toEqual(held.body);
    expect((await call("DELETE", "?hold=before_renewal")).body.code).toBe("number_not_active");
    const stale = await call("POST", "/undo-release", undefined, {
      "if-match": `"${held.body.version - 1}"`,
    });
    expect([stale.status, stale.body.code]).toEqual([412, "stale_edit"]);
    const ifMatch = { "if-match": held.headers.get("etag") ?? "" };
    const kept = await call("POST", "/undo-release", undefined, ifMatch);
    expect([kept.status, kept.body.status, kept.body.release]).toEqual([200, "active", null]);
    expect(kept.headers.get("etag")).toBe(`"${kept.body.version}"`);
    expect((await call("POST", "/undo-release", undefined, ifMatch)).body).toEqual(kept.body);
    expect((await call("DELETE")).body.status).toBe("released");
    expect((await call("POST", "/undo-release")).body.code).toBe("number_not_held");
  });

  test.each(["0", "91", "1.5", "-1", "week", ""])("of “%s” is refused", async (hold) => {
    const { call } = await openCaller();
    const refused = await call("DELETE", `?hold=${encodeURIComponent(hold)}`);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ path: "hold" }]);
    expect((await call("GET")).body.status).toBe("active");
  });

  test("of a number brought along is refused by its field", async () => {
    const { owner } = await openCaller();
    const trunkId = await openOwnTrunk(owner);
    const byoc = { source: "byoc", managedAccountId: null, carrierNumberId: null, tag: null } as const;
    const id = await insertNumber(owner, takeNumber(), { ...byoc, trunkId, purchasedAt: null });
    const { headers } = await openKey(owner);
    const refused = await send("DELETE", `/core/phone-numbers/${id}?hold=7`, undefined, headers);
    expect([refused.status, refused.body.code]).toEqual([422, "validation_failed"]);
    expect(refused.body.errors).toMatchObject([{ path: "hold" }]);
  });

  test("with a key is done once, and told again", async () => {
    const { owner, call } = await openCaller();
    const key = { "idempotency-key": "hold-1" };
    const held = await call("DELETE", "?hold=7", undefined, key);
    const again = await call("DELETE", "?hold=7", undefined, key);
    expect([again.status, again.body, isReplay(again)]).toEqual([202, held.body, true]);
    expect((await call("DELETE", "?hold=8", undefined, key)).body.code).toBe("idempotency_key_reused");
    const undo = { "idempotency-key": "undo-1" };
    const kept = await call("POST", "/undo-release", undefined, undo);
    const keptAgain = await call("POST", "/undo-release", undefined, undo);
    expect([keptAgain.status, keptAgain.body, isReplay(keptAgain)]).toEqual([200, kept.body, true]);
    expect((await call("GET")).body.status).toBe("active");
    // As if the process had died before it kept its answer.
    await database().$executeRaw`
      UPDATE idempotency_record SET final_status = NULL, final_answer = NULL, started_at = now() - interval '1 hour'
      WHERE organization_id = ${owner.organizationId} AND key = 'hold-1'`;
    const undone = await call("DELETE", "?hold=7", undefined, key);
    expect([undone.status, undone.body, isReplay(undone)]).toEqual([202, kept.body, true]);
    expect((await call("GET")).body.status).toBe("active");
  });

  test("is refused, and the undo of one, for a program that may not release", async () => {
    const { call } = await openCaller(["phone_numbers:manage"]);
    for (const reply of [await call("DELETE", "?hold=7"), await call("POST", "/undo-release")])
      expect([reply.status, reply.body.code]).toEqual([403, "missing_scope"]);
  });

  test("says why while releasing is stopped, and in safe mode", async () => {
    const { owner, call } = await openCaller();
    const lift = await stopReleasing({ organizationId: owner.organizationId });
    const stopped = await call("DELETE", "?hold=7");
    expect([stopped.status, stopped.body.code]).toEqual([503, "releasing_stopped"]);
    expect(stopped.body.detail).toContain("Under review.");
    await lift();
    await call("DELETE", "?hold=7");
    await enterSafeMode("The database went back in time.");
    const unsafe = await call("POST", "/undo-release");
    await endSafeModeNow();
    expect([unsafe.status, unsafe.body.code]).toEqual([503, "safe_mode"]);
    expect((await call("GET")).body.status).toBe("held");
  });
});

describe("a lock through the API", () => {
  test("keeps a number until somebody who may release it unlocks it", async () => {
    const { owner, phoneNumber, call } = await openCaller();
    const manager = await openKey(owner, ["phone_numbers:manage"]);
    const patch = (body: object) =>
      send("PATCH", `/core/phone-numbers/${phoneNumber}`, body, manager.headers);
    expect((await patch({ locked: true })).body).toMatchObject({ locked: true, status: "active" });
    const locked = await call("DELETE");
    expect([locked.status, locked.body.code]).toEqual([409, "number_locked"]);
    const refused = await patch({ locked: false });
    expect([refused.status, refused.body.code, refused.body.scopes]).toEqual([
      403,
      "missing_scope",
      ["phone_numbers:release"],
    ]);
    expect((await call("PATCH", "", { locked: false })).body.locked).toBe(false);
  });

  test("and through the compatible API it is told by the same word", async () => {
    const { owner, id, call } = await openCaller();
    await call("PATCH", "", { locked: true });
    const { headers } = await openKey(owner);
    const refused = await send("DELETE", `/api/public/v1/telephony/numbers/${id}`, undefined, headers);
    expect([refused.status, refused.body.error.code]).toEqual([409, "number_locked"]);
  });
});
