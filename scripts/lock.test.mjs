import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLock } from "./lock.mjs";
import { isAlive, processIdentity } from "./process-identity.mjs";

let directory;
let file;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "linedesk-lock-"));
  file = join(directory, "lock.json");
});
afterEach(() => rmSync(directory, { recursive: true }));

test("a second taker is told who has it, until it is released", () => {
  const lock = takeLock(file, { title: "npm start" });
  expect(takeLock(file).holder).toMatchObject({ pid: process.pid, title: "npm start" });
  lock.release();
  expect(existsSync(file)).toBe(false);
  expect(takeLock(file).holder).toBeUndefined();
});

test("the lock of a process that has ended is taken over", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeFileSync(file, JSON.stringify({ pid, identity: "gone" }));
  expect(takeLock(file).holder).toBeUndefined();
  expect(JSON.parse(readFileSync(file, "utf8")).pid).toBe(process.pid);
});

test("the same number given to another process does not keep the lock", () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: "an earlier process" }));
  expect(takeLock(file).holder).toBeUndefined();
});

test("a lock that was written in half is taken over", () => {
  writeFileSync(file, '{"pid":');
  expect(takeLock(file).holder).toBeUndefined();
});

test("an identity belongs to one living process", () => {
  expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
  expect(processIdentity(process.ppid)).not.toBe(processIdentity(process.pid));
  expect(isAlive(spawnSync(process.execPath, ["--version"]).pid)).toBe(false);
});
