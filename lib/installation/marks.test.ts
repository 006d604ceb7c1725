import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readMarks, writeMark } from "./marks";

const root = mkdtempSync(path.join(tmpdir(), "linedesk-marks-"));
const folder = path.join(root, "data");

Object.assign(process.env, {
  DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
  LINEDESK_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests",
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "only-for-tests",
  LINEDESK_EPOCH_FILE: path.join(folder, "epoch"),
});

beforeEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const names = () => readdirSync(folder).sort();
const leave = (name: string, content = "") => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), content);
};

test("without a folder nothing is known; it is made with the first mark", async () => {
  expect(await readMarks()).toEqual(new Map());
  await writeMark("Ab12cd", 7n);
  expect(await readMarks()).toEqual(new Map([["Ab12cd", 7n]]));
  expect(names()).toEqual(["epoch.Ab12cd.7"]);
});

test("a higher mark takes the place of a lower one, a lower one changes nothing", async () => {
  for (const epoch of [9n, 10n, 10n, 3n]) await writeMark("Ab12cd", epoch);
  expect(names()).toEqual(["epoch.Ab12cd.10"]);
});

test("marks of two databases stand beside each other", async () => {
  await writeMark("Ab12cd", 100n);
  await writeMark("zzzzzz", 2n);
  expect(await readMarks()).toEqual(
    new Map([
      ["Ab12cd", 100n],
      ["zzzzzz", 2n],
    ]),
  );
});

test("many who write at once, in any order, leave the highest", async () => {
  const epochs = Array.from({ length: 200 }, (_, index) => BigInt(((index * 83) % 200) + 1));
  await Promise.all(epochs.map((epoch) => writeMark("Ab12cd", epoch)));
  expect((await readMarks()).get("Ab12cd")).toBe(200n);
  await writeMark("Ab12cd", 201n);
  expect(names()).toEqual(["epoch.Ab12cd.201"]);
});

test.each([
  ["a plain file of that name", "epoch"],
  ["no number", "epoch.Ab12cd."],
  ["letters", "epoch.Ab12cd.x7"],
  ["a sign", "epoch.Ab12cd.-7"],
  ["an exponent", "epoch.Ab12cd.7e9"],
  ["more digits than any count", `epoch.Ab12cd.${"9".repeat(19)}`],
  ["no tag", "epoch..7"],
  ["another prefix", "epochs.Ab12cd.7"],
  ["what a copy is called", "epoch.Ab12cd.7.bak"],
])("%s says nothing, and stays", async (_, name) => {
  leave(name, "garbage");
  expect(await readMarks()).toEqual(new Map());
  await writeMark("Ab12cd", 3n);
  expect(names()).toEqual([name, "epoch.Ab12cd.3"].sort());
});

test("what is in the file does not count, and a folder of that name neither breaks nor is lost", async () => {
  leave("epoch.Ab12cd.5", "999999");
  mkdirSync(path.join(folder, "epoch.Ab12cd.6"));
  expect((await readMarks()).get("Ab12cd")).toBe(6n);
  await writeMark("Ab12cd", 7n);
  expect(names()).toEqual(["epoch.Ab12cd.6", "epoch.Ab12cd.7"]);
});

test("an epoch too long to be read again is not written", async () => {
  await writeMark("Ab12cd", 10n ** 18n);
  expect(await readMarks()).toEqual(new Map());
});

test("where there can be no folder, both say so", async () => {
  writeFileSync(folder, "");
  await expect(readMarks()).rejects.toThrow("ENOTDIR");
  await expect(writeMark("Ab12cd", 1n)).rejects.toThrow("EEXIST");
});
