import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import type { AppError } from "../errors";
import { newId } from "../ids";
import { requireReleasing } from "../kill-switches";
import { getOrganization } from "../organizations";
import { hasScope, type Scope } from "../permissions";
import { startBeatingProcess } from "../testing/beating-process";
import { openDesk, openOrganization } from "../testing/desk";
import { codeOf } from "../testing/outcome";
import { endSafeMode, enterSafeMode, installationTag, isInSafeMode, keepEpoch } from ".";
import { readMarks } from "./marks";

let desk: Awaited<ReturnType<typeof openDesk>>;
let operator: Ctx;
let tag: string;
// Every process that is started takes its time.
vi.setConfig({ testTimeout: 120_000 });

const root = mkdtempSync(path.join(tmpdir(), "linedesk-epochs-"));
const started: Awaited<ReturnType<typeof startBeatingProcess>>[] = [];

beforeAll(async () => {
  desk = await openDesk();
  operator = await openOrganization({ operator: true });
  tag = await installationTag();
});
beforeEach(keepEpoch);
afterEach(async () => {
  await Promise.all(started.splice(0).map((other) => other.stop()));
  await database().installation.updateMany({ data: { safeModeSince: null, safeModeReason: null } });
  await database().carrierSync.deleteMany();
});
afterAll(async () => {
  await desk.close();
  rmSync(root, { recursive: true, force: true });
});

/** Another process: on this machine, or with an epoch file of its own on another. */
async function startProcess(epochFile?: string) {
  const other = await startBeatingProcess(epochFile);
  started.push(other);
  return other;
}

async function rowOf() {
  const { epoch, safeModeSince, safeModeReason } = await database().installation.findFirstOrThrow();
  return { epoch, since: safeModeSince, reason: safeModeReason };
}

/** As a restored backup would have it. */
async function fallBack(by: number): Promise<bigint> {
  await database().$executeRaw`UPDATE installation SET epoch = epoch - ${by}`;
  return (await rowOf()).epoch;
}

/** A comparison of the account, begun so many milliseconds after safe mode. */
async function compare(status: "completed" | "running" | "failed" = "completed", later = 1) {
  const startedAt = new Date(((await rowOf()).since?.getTime() ?? 0) + later);
  await database().carrierSync.create({
    data: {
      id: newId("syn"),
      managedAccountId: desk.managedAccountId,
      status,
      startedBy: {},
      startedAt,
      leaseUntil: startedAt,
      finishedAt: status === "running" ? null : startedAt,
      error: status === "failed" ? "The carrier cannot be reached." : null,
    },
  });
}

const without = (ctx: Ctx, scope: Scope): Ctx => ({
  ...ctx,
  scopes: new Set([...ctx.scopes].filter((held) => held !== scope)),
});
const markOf = async () => (await readMarks()).get(tag);

describe("keeping the epoch", () => {
  test("raises it by one each time and leaves the mark at it", async () => {
    const before = (await rowOf()).epoch;
    for (let beat = 0; beat < 3; beat += 1) await keepEpoch();
    expect(await rowOf()).toEqual({ epoch: before + 3n, since: null, reason: null });
    expect(await markOf()).toBe(before + 3n);
  });

  test("two processes at once lose no beat, lower no mark and raise no alarm", async () => {
    const [one, two] = [await startProcess(), await startProcess()];
    const before = (await rowOf()).epoch;
    await Promise.all([one.beat(150), two.beat(150), Promise.all(Array.from({ length: 20 }, keepEpoch))]);
    expect(await rowOf()).toEqual({ epoch: before + 320n, since: null, reason: null });
    expect(await markOf()).toBe(before + 320n);
  });

  test("killed somewhere in a beat, the next process goes on", async () => {
    for (let round = 1; round <= 2; round += 1) {
      const victim = await startBeatingProcess();
      await victim.beat();
      victim.beatOn();
      for (let beat = 0; beat < round; beat += 1) await keepEpoch();
      await victim.kill();
    }
    const next = await startProcess();
    expect(await next.guard()).toMatchObject({ code: null });
    await next.beat();
    expect((await rowOf()).since).toBeNull();
    expect(await markOf()).toBe((await rowOf()).epoch);
  });

  test("killed before the mark was written, the database is ahead of it, and that is no alarm", async () => {
    await database().$executeRaw`UPDATE installation SET epoch = epoch + 1`;
    const next = await startProcess();
    expect(await next.guard()).toMatchObject({ code: null });
    await next.beat();
    expect((await rowOf()).since).toBeNull();
  });

  test("the beats of another process are never held against what this one reads", async () => {
    const other = await startProcess();
    const beats = other.beat(300);
    const asked = Array.from({ length: 300 }, () => isInSafeMode(database()));
    expect(new Set(await Promise.all(asked))).toEqual(new Set([false]));
    await beats;
  });
});

describe("a database that went back", () => {
  test.each([1, 1000])(
    "by %i: the next beat enters safe mode, with what was seen, and catches up",
    async (by) => {
      if (by > 1) await database().$executeRaw`UPDATE installation SET epoch = epoch + ${by}`;
      await keepEpoch();
      const seen = (await rowOf()).epoch;
      const found = await fallBack(by);
      await keepEpoch();
      const row = await rowOf();
      expect(row.since).toBeInstanceOf(Date);
      expect(row.reason).toBe(
        `The database went back in time: its epoch is ${found}, and was ${seen} before.`,
      );
      expect(row.epoch).toBe(seen);
      expect(await markOf()).toBe(seen);
      await keepEpoch();
      expect(await rowOf()).toEqual({ ...row, epoch: seen + 1n });
    },
  );

  test("is noticed by whoever would buy or release before any beat, also by a process just started", async () => {
    await fallBack(1);
    const reach = { organizationId: operator.organizationId, managedAccountId: desk.managedAccountId };
    expect(await codeOf(requireReleasing(database(), reach))).toBe("safe_mode");
    expect(await isInSafeMode(database())).toBe(true);
    const fresh = await startProcess();
    expect(await fresh.guard()).toMatchObject({ code: "safe_mode" });
    // Being asked writes nothing; the beat of the fresh process does.
    expect((await rowOf()).since).toBeNull();
    await fresh.beat();
    expect((await rowOf()).since).not.toBeNull();
  });

  test("is not noticed on a machine that has no mark of it, but by another that has", async () => {
    const elsewhere = await startProcess(path.join(root, "elsewhere", "epoch"));
    await fallBack(1);
    await elsewhere.beat();
    expect((await rowOf()).since).toBeNull();
    await fallBack(1);
    await keepEpoch();
    expect((await rowOf()).since).not.toBeNull();
  });

  test("another database altogether is none of it, and the first is known again when it returns", async () => {
    const before = (await rowOf()).epoch;
    await database().$executeRaw`UPDATE installation SET tag = 'other1', epoch = 0`;
    await keepEpoch();
    expect(await rowOf()).toEqual({ epoch: 1n, since: null, reason: null });
    expect(await installationTag()).toBe("other1");
    await database().$executeRaw`UPDATE installation SET tag = ${tag}, epoch = ${before - 1n}`;
    await keepEpoch();
    expect((await rowOf()).since).not.toBeNull();
    expect(await installationTag()).toBe(tag);
  });
});

describe("a place for the mark that is no good", () => {
  const placed = (name: string) => path.join(root, name, "epoch");

  test("below a file: the epoch rises, nothing is stopped, and the process says so", async () => {
    writeFileSync(path.join(root, "file"), "");
    const other = await startProcess(placed("file"));
    const before = (await rowOf()).epoch;
    expect(await other.guard()).toMatchObject({ code: null });
    expect(await other.beat(2)).toEqual({ code: null, marksKept: false });
    expect(await rowOf()).toMatchObject({ epoch: before + 2n, since: null });
    rmSync(path.join(root, "file"));
    expect(await other.beat()).toEqual({ code: null, marksKept: true });
  });

  test("among garbage and with a folder in the place of a mark: the epoch is kept all the same", async () => {
    const folder = mkdtempSync(path.join(root, "garbage-"));
    for (const name of ["epoch", `epoch.${tag}.`, `epoch.${tag}.x`, `epoch.${tag}.${"9".repeat(40)}`])
      writeFileSync(path.join(folder, name), "garbage");
    mkdirSync(path.join(folder, `epoch.${tag}.1`));
    const other = await startProcess(path.join(folder, "epoch"));
    expect(await other.beat(2)).toEqual({ code: null, marksKept: true });
    expect((await rowOf()).since).toBeNull();
  });

  test("with the highest number there can be: safe mode, which can be ended", async () => {
    const folder = mkdtempSync(path.join(root, "huge-"));
    writeFileSync(path.join(folder, `epoch.${tag}.${"9".repeat(18)}`), "");
    const other = await startProcess(path.join(folder, "epoch"));
    await other.beat();
    expect((await rowOf()).since).not.toBeNull();
    await compare();
    await endSafeMode(operator);
    expect(await other.guard()).toMatchObject({ code: null });
    expect(await other.beat(3)).toMatchObject({ code: null });
    await keepEpoch();
    expect((await rowOf()).since).toBeNull();
    // The count of this database is spoilt for the tests that follow.
    await database().$executeRaw`UPDATE installation SET tag = 'other2', epoch = 0`;
    tag = "other2";
  });
});

describe("entering and ending", () => {
  test("the first reason and moment stay, and the organization is told", async () => {
    await enterSafeMode("First.");
    const { since } = await rowOf();
    await enterSafeMode("Second.");
    expect(await rowOf()).toMatchObject({ since, reason: "First." });
    const anybody = await openOrganization({ role: "viewer" });
    expect(await getOrganization(anybody)).toMatchObject({
      operates_installation: false,
      safe_mode: { since: since?.toISOString(), reason: "First." },
    });
    expect(await codeOf(requireReleasing(database(), { organizationId: "o", managedAccountId: "m" }))).toBe(
      "safe_mode",
    );
  });

  test("is for the organization that runs the installation, with both scopes", async () => {
    await enterSafeMode("Somebody said so.");
    await compare();
    expect(await codeOf(endSafeMode(await openOrganization()))).toBe("missing_scope");
    for (const scope of ["phone_numbers:release", "managed_accounts:manage"] as const) {
      expect(hasScope(operator.scopes, scope)).toBe(true);
      expect(await codeOf(endSafeMode(without(operator, scope)))).toBe("missing_scope");
    }
    expect((await rowOf()).reason).toBe("Somebody said so.");
    expect(await codeOf(endSafeMode(operator))).toBe("done");
  });

  test("takes a comparison of every account that was begun since, and completed", async () => {
    await enterSafeMode("Somebody said so.");
    const refused = async () => await endSafeMode(operator).catch((error: AppError) => error);
    expect(await refused()).toMatchObject({
      code: "sync_required",
      message: "Compare every carrier account first, so that you know what changed: Local carrier.",
      extra: { managed_account_ids: [desk.managedAccountId] },
    });
    await compare("completed", -1);
    await compare("failed");
    await compare("running");
    expect(await refused()).toMatchObject({ code: "sync_required" });
    await compare();
    // One whose credentials are gone can be neither compared nor bought on.
    await database().managedAccount.create({
      data: { id: newId("mac"), carrier: "twilio", carrierAccountId: "ACgone", name: "Of the past" },
    });
    expect(await codeOf(endSafeMode(operator))).toBe("done");
  });

  test("leaves an audit entry, an epoch above every mark, and does nothing the second time", async () => {
    await enterSafeMode("Somebody said so.");
    const { since, epoch } = await rowOf();
    await compare();
    await Promise.all([endSafeMode(operator), endSafeMode(operator)]);
    const row = await rowOf();
    expect(row).toEqual({ epoch: epoch + 1_000_000n, since: null, reason: null });
    expect(await markOf()).toBe(row.epoch);
    await endSafeMode(operator);
    expect((await rowOf()).epoch).toBe(row.epoch);
    const events = await database().auditEvent.findMany({
      where: { organizationId: operator.organizationId, action: "safe_mode.ended" },
      orderBy: { id: "desc" },
    });
    expect(events[0]).toMatchObject({
      actorId: operator.actor.id,
      objectType: "installation",
      objectId: tag,
      before: { since: since?.toISOString(), reason: "Somebody said so." },
    });
    expect(
      events.filter(({ before }) => JSON.stringify(before).includes(since?.toISOString() ?? "-")),
    ).toHaveLength(1);
  });

  test.each([
    ["that beat during safe mode", true],
    ["that were silent all the while", false],
  ])(
    "processes of other machines %s, with a higher epoch in mind, do not start it again",
    async (_, beats) => {
      const others = await Promise.all(
        ["one", "two"].map((name) => startProcess(path.join(root, `${name}-${beats}`, "epoch"))),
      );
      const before = (await rowOf()).epoch;
      // They have seen it far above of what this process knows, which then finds the backup and ends safe mode.
      await database().$executeRaw`UPDATE installation SET epoch = epoch + 5000`;
      for (const other of others) await other.beat();
      await database().$executeRaw`UPDATE installation SET epoch = ${before}`;
      await enterSafeMode("Somebody said so.");
      for (const other of beats ? others : []) {
        await other.beat();
        expect((await rowOf()).epoch).toBeGreaterThan(before + 5000n);
      }
      await compare();
      await endSafeMode(operator);
      for (const other of others) {
        expect(await other.guard()).toMatchObject({ code: null });
        await other.beat();
      }
      await keepEpoch();
      expect((await rowOf()).since).toBeNull();
    },
  );

  test("a database that goes back once more in safe mode, or after it, enters it again", async () => {
    await enterSafeMode("First.");
    await database().installation.updateMany({ data: { safeModeSince: null, safeModeReason: null } });
    await fallBack(1);
    await keepEpoch();
    expect((await rowOf()).reason).toContain("went back in time");
    await compare();
    await endSafeMode(operator);
    await fallBack(1);
    await keepEpoch();
    expect((await rowOf()).reason).toContain("went back in time");
  });
});
