import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createNumberPool, openLocalCarrier } from "../testing/local-carrier";
import type { CarrierError } from "./errors";
import { createCarrier } from "./registry";

const account = { accountSid: `AC${"6".repeat(32)}`, authToken: "registry" };
let local: Awaited<ReturnType<typeof openLocalCarrier>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  local = await openLocalCarrier(account);
});
afterAll(() => local.close());

function open(timeouts: { readTimeoutMs: number; writeTimeoutMs: number }) {
  const failures: [string, CarrierError][] = [];
  const carrier = createCarrier(
    { carrier: "twilio", ...account, baseUrl: local.url, ...timeouts },
    ({ method, error }) => void (error && failures.push([method, error])),
  );
  return { carrier, failures };
}

const order = (phoneNumber: string) => ({
  phoneNumber,
  tag: "t",
  voiceUrl: "https://a.example/v",
  addressId: null,
});

test("a purchase that waited in line for longer than a purchase may take is not sent", async () => {
  const { carrier } = open({ readTimeoutMs: 20_000, writeTimeoutMs: 300 });
  const slow = { kind: "delay", ms: 2_000, when: "before" };
  await local.control.arm({ operation: "list", times: 20, behaviour: slow });
  const ahead = Array.from({ length: 20 }, () => carrier.findNumbers({ tag: "x" }));
  const phoneNumber = takeNumber();
  const late = carrier.buyNumber(order(phoneNumber));
  await expect(late).rejects.toMatchObject({ name: "CarrierError", kind: "busy" });
  await Promise.all(ahead);
  expect(await local.control.purchasesSent(phoneNumber)).toBe(0);
});

test("at most twenty requests are under way at a time, and all are answered", async () => {
  const { carrier } = open({ readTimeoutMs: 20_000, writeTimeoutMs: 20_000 });
  const before = (await local.control.requests()).length;
  await local.control.arm({
    operation: "list",
    times: 20,
    behaviour: { kind: "delay", ms: 1_500, when: "after" },
  });
  const asked = Array.from({ length: 50 }, () => carrier.findNumbers({ tag: "x" }));
  await vi.waitFor(async () => expect((await local.control.requests()).length - before).toBe(20));
  expect(await Promise.all(asked)).toEqual(Array(50).fill([]));
});

test.each([
  ["status_429", "busy"],
  ["error_500_before", "unknown"],
])("a read that meets %s is tried once more, a second failure is told", async (kind, told) => {
  const { carrier, failures } = open({ readTimeoutMs: 5_000, writeTimeoutMs: 5_000 });
  await local.control.arm({ operation: "list", times: 1, behaviour: { kind } });
  expect(await carrier.findNumbers({ tag: "x" })).toEqual([]);
  expect(failures.map(([method, error]) => [method, error.kind])).toEqual([["findNumbers", told]]);
  await local.control.arm({ operation: "list", times: 2, behaviour: { kind } });
  await expect(carrier.findNumbers({ tag: "x" })).rejects.toMatchObject({ kind: told });
});

test("a read that is refused for good is not tried again", async () => {
  const { carrier, failures } = open({ readTimeoutMs: 5_000, writeTimeoutMs: 5_000 });
  await local.control.arm({ operation: "list", times: 1, behaviour: { kind: "refuse", code: 20001 } });
  await expect(carrier.findNumbers({ tag: "x" })).rejects.toMatchObject({
    kind: "refused",
    carrierCode: "20001",
  });
  expect(failures).toHaveLength(1);
});

test("a release whose turn comes too late is not sent", async () => {
  const { carrier, failures } = open({ readTimeoutMs: 5_000, writeTimeoutMs: 5_000 });
  const asked = async () =>
    (await local.control.requests()).filter(({ operation }) => operation === "release").length;
  const before = await asked();
  const released = carrier.releaseNumber(`PN${"0".repeat(32)}`, performance.now() - 1);
  await expect(released).rejects.toMatchObject({ kind: "busy" });
  expect(failures.map(([method, error]) => [method, error.kind])).toEqual([["releaseNumber", "busy"]]);
  expect(await asked()).toBe(before);
  await carrier.releaseNumber(`PN${"0".repeat(32)}`, performance.now() + 60_000);
  expect(await asked()).toBe(before + 1);
});
