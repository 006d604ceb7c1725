import { afterAll, beforeAll, expect, test } from "vitest";
import { listDrifts, syncAccount } from "../carrier-sync";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { buyPhoneNumber, recoverUnfinished, releasePhoneNumber } from "../phone-numbers";
import { startBeatingProcess } from "../testing/beating-process";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { codeOf } from "../testing/outcome";
import { insertPurchase } from "../testing/rows";
import { endSafeMode, installationTag, isInSafeMode, keepEpoch } from ".";
import { readMarks } from "./marks";

/** The drill: back up, go on buying and releasing, lose the database, restore the backup. */

let desk: Awaited<ReturnType<typeof openDesk>>;
let ctx: Ctx;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
  ctx = await openOrganization({ operator: true });
});
afterAll(() => desk.close());

const buy = async (phoneNumber = takeNumber()) =>
  (await buyPhoneNumber(ctx, "default", { phone_number: phoneNumber })).number;
const release = (phoneNumber: string) => releasePhoneNumber(ctx, { phoneNumber, unassign: true });
const operator = { kind: "user", id: "usr_operator", name: "Olga Operator" } as const;

test("nothing is bought or released until somebody has seen what was lost, and all of it is found", async () => {
  const [kept, leaving] = [await buy(), await buy()];
  const waiting = takeNumber();
  await insertPurchase(ctx, waiting, { state: "unknown", calledSecondsAgo: 60 });
  await keepEpoch();
  const backup = await desk.backUp();

  await keepEpoch();
  const lost: string[] = [];
  for (let count = 0; count < 5; count += 1) lost.push((await buy()).phone_number);
  await release(leaving.phone_number);
  await keepEpoch();
  const seen = (await readMarks()).get(await installationTag()) ?? 0n;
  await backup.restore();

  const before = await desk.control.books();
  const fresh = await startBeatingProcess();
  expect(await fresh.guard()).toMatchObject({ code: "safe_mode" });
  await fresh.stop();
  const tried = takeNumber();
  const refuseEverything = async () => {
    expect(await codeOf(buy(tried))).toBe("safe_mode");
    expect(await codeOf(release(kept.phone_number))).toBe("safe_mode");
  };
  await refuseEverything();
  await keepEpoch();
  expect(await isInSafeMode(database())).toBe(true);
  await refuseEverything();
  expect(await recoverUnfinished()).toBe(0);
  const unfinished = await database().phoneNumber.findFirstOrThrow({ where: { phoneNumber: waiting } });
  expect(unfinished).toMatchObject({ state: "unknown", lookups: 0 });

  expect(await codeOf(endSafeMode(ctx))).toBe("sync_required");
  expect((await syncAccount(desk.managedAccountId, operator)).status).toBe("completed");
  const found = await listDrifts(ctx, { status: "open", limit: 200 });
  const numbersOf = (kind: string) =>
    found.data.filter((drift) => drift.kind === kind).map((drift) => drift.phone_number);
  expect(numbersOf("lost_purchase").sort()).toEqual([...lost].sort());

  await refuseEverything();
  expect(await desk.control.books()).toMatchObject({ owned: before.owned, deletes: before.deletes });
  expect(await desk.control.purchasesSent(tried)).toBe(0);

  await endSafeMode(ctx);
  const { epoch } = await database().installation.findFirstOrThrow();
  expect(epoch).toBeGreaterThan(seen);
  expect(await codeOf(buy(tried))).toBe("done");
  await keepEpoch();
  expect(await isInSafeMode(database())).toBe(false);
  // What the drill found is not sold a second time.
  expect(await codeOf(buy(lost[0]))).not.toBe("done");
  expect(await desk.control.purchasesSent(lost[0] ?? "")).toBe(1);
  expect(await recoverUnfinished()).toBeGreaterThan(0);
}, 60_000);
