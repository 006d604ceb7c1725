import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBooks } from "./books/books";
import { sellNumber } from "./carrier";
import { createInventory, type InventoryQuery } from "./inventory/inventory";
import {
  ACCOUNT_PATH,
  ACCOUNT_SID,
  AUTH_TOKEN,
  callControl,
  openClient,
  startTestCarrier,
  type TestBooks,
} from "./test-carrier";

/** Processes start and stop here, on machines that may be busy with the rest of the suite. */
const PATIENCE = { timeout: 60_000 };

let folder: string;
let bundle: string;
let file: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "local-carrier-process-"));
  bundle = join(folder, "main.mjs");
  const entry = fileURLToPath(new URL("main.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
}, PATIENCE.timeout);

beforeEach(() => {
  file = join(folder, `${crypto.randomUUID()}.jsonl`);
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function launch(port = 0) {
  const child = spawn(process.execPath, [bundle], {
    env: {
      ...process.env,
      LOCAL_CARRIER_PORT: String(port),
      LOCAL_CARRIER_FILE: file,
      LOCAL_CARRIER_ACCOUNT_SID: ACCOUNT_SID,
      LOCAL_CARRIER_AUTH_TOKEN: AUTH_TOKEN,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

async function start() {
  const child = launch();
  const [line] = (await once(createInterface(child.stdout ?? []), "line")) as [string];
  const url = line.split(" ").at(-1) ?? "";
  return {
    child,
    client: openClient(url),
    url,
    books: async () => (await callControl(url, "GET", "books")).body as unknown as TestBooks,
    async kill() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

describe("a carrier killed in the middle", PATIENCE, () => {
  it("still owns what it said was bought, and has forgotten no charge, release or setting", async () => {
    const before = await start();
    const first = await before.client.incomingPhoneNumbers.create({
      phoneNumber: "+14155550101",
      friendlyName: "kept",
    });
    const second = await before.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550102" });
    await before.client.incomingPhoneNumbers(second.sid).remove();
    await before.client.incomingPhoneNumbers(first.sid).update({ voiceUrl: "https://desk.example/voice" });
    await callControl(before.url, "POST", "sell", { phone_number: "+14155550103" });
    await callControl(before.url, "POST", "settings", { second_purchase: "update" });
    await expect(
      before.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550195" }),
    ).rejects.toThrow();
    const remembered = await before.books();
    await before.kill();

    const after = await start();
    expect(await after.books()).toEqual(remembered);
    expect(remembered.counts).toMatchObject({ owned: 1, purchases: 2, deletes: 1 });
    await expect(
      after.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550103" }),
    ).rejects.toMatchObject({
      code: 21422,
    });
    // The magic of 0195 was spent before the crash.
    const magic = await after.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550195" });
    const newest = await after.client.incomingPhoneNumbers.list();
    expect(newest.map((number) => number.sid)).toEqual([magic.sid, first.sid]);
  });

  it("loses none of the purchases it answered while it was killed under load", async () => {
    const before = await start();
    const answered: string[] = [];
    const buyers = Array.from({ length: 80 }, async (_, index) => {
      const phoneNumber = `+1628555${String(100 + index).padStart(4, "0")}`;
      const { sid } = await before.client.incomingPhoneNumbers.create({ phoneNumber });
      answered.push(sid);
      if (answered.length === 20) before.child.kill("SIGKILL");
    });
    await Promise.allSettled(buyers);
    expect(answered.length).toBeGreaterThanOrEqual(20);

    const after = await start();
    const { owned, charges } = await after.books();
    const sids = owned.map((number) => number.sid);
    expect(sids).toEqual(expect.arrayContaining(answered));
    expect(charges).toHaveLength(owned.length);
  });

  it("owns a number whose reply was lost", async () => {
    const before = await start();
    await expect(
      before.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550192" }),
    ).rejects.toThrow();
    await before.kill();
    const after = await start();
    expect((await after.books()).owned).toMatchObject([{ phone_number: "+14155550192" }]);
  });

  it("starts over a torn last line", async () => {
    const before = await start();
    await before.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550101" });
    await before.kill();
    await appendFile(file, '{"entry":"number_bought","number":{"sid":"PN');
    const after = await start();
    expect((await after.books()).owned).toMatchObject([{ phone_number: "+14155550101" }]);
    await after.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550102" });
    await after.kill();
    expect((await (await start()).books()).owned).toHaveLength(2);
  });
});

describe("the process", PATIENCE, () => {
  it("ends cleanly when asked to, even with a request waiting", async () => {
    const { child, client, url } = await start();
    await callControl(url, "POST", "faults", { operation: "buy", behaviour: { kind: "hang_after" } });
    const buying = client.incomingPhoneNumbers
      .create({ phoneNumber: "+14155550101" })
      .catch((error) => error);
    await expect
      .poll(async () => (await callControl(url, "GET", "books")).body.counts, { interval: 5 })
      .toMatchObject({ owned: 1 });
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(await buying).toBeInstanceOf(Error);
    expect((await readFile(file, "utf8")).endsWith("\n")).toBe(true);
  });

  it("says so when its port is taken", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await once(squatter, "listening");
    const child = launch((squatter.address() as AddressInfo).port);
    const ended = once(child, "exit");
    const [sentence] = await once(createInterface(child.stderr ?? []), "line");
    expect(sentence).toMatch(/Port \d+ is taken/);
    expect(await ended).toEqual([1, null]);
    squatter.close();
  });
});

describe("size", PATIENCE, () => {
  it("sells ten thousand numbers, and reads them all back in a new life", async () => {
    const account = {
      account_sid: ACCOUNT_SID,
      auth_token: AUTH_TOKEN,
      friendly_name: "Many",
      status: "active",
      type: "Full",
      opened_at: new Date(0).toISOString(),
    } as const;
    const books = await openBooks(file, account);
    const carrier = { books, inventory: createInventory("linedesk") };
    const query: InventoryQuery = {
      country: "US",
      type: "local",
      limit: 10_000,
      capabilities: {},
      excludedAddressRequirements: [],
      includeBeta: true,
    };
    for (const number of carrier.inventory.search(query, books.isOffSale)) {
      sellNumber(carrier, {
        accountSid: ACCOUNT_SID,
        number,
        attributes: {},
        kind: "purchase",
        requestId: null,
      });
    }
    await books.close();

    const reopened = await startTestCarrier({ file, validate: false });
    const listed = await reopened.client.incomingPhoneNumbers.list({ pageSize: 1000 });
    expect(new Set(listed.map((number) => number.phoneNumber)).size).toBe(10_000);
    const { counts, balance } = await reopened.books();
    expect(counts).toMatchObject({ owned: 10_000, purchases: 10_000 });
    expect(balance).toBe("88500.00");

    const [next] = await reopened.client.availablePhoneNumbers("US").local.list({ limit: 1 });
    await reopened.client.incomingPhoneNumbers.create({ phoneNumber: next?.phoneNumber ?? "" });
    expect((await reopened.books()).counts.owned).toBe(10_001);
    await reopened.close();
  });

  it("searches eighty thousand numbers for one that is not there within a few hundred ordinary searches", async () => {
    const carrier = await startTestCarrier({ validate: false });
    const measure = async (query: string) => {
      const started = performance.now();
      const path = `${ACCOUNT_PATH}/AvailablePhoneNumbers/${query}`;
      expect((await carrier.send("GET", path)).status).toBe(200);
      return performance.now() - started;
    };
    await measure("US/Local.json?PageSize=1");
    const ordinary = await measure("US/Local.json?PageSize=50");
    const exhaustive = await measure("AU/Local.json?Contains=%2B612999");
    expect(exhaustive / Math.max(ordinary, 1)).toBeLessThan(300);
    await carrier.close();
  });
});
