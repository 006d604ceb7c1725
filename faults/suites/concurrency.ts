import { randomUUID } from "node:crypto";
import type { Actor } from "../harness/actor";
import { type Desk, openDesk } from "../harness/desk";
import { examine } from "../harness/oracle";
import {
  buyFrom,
  countActive,
  countWords,
  findUntrueAnswers,
  inTurn,
  type Told,
  wordOf,
} from "../harness/shopping";
import type { Size, Suite, Violation } from "../harness/suite";

/**
 * Everybody at once, through two processes: purchases beyond a limit, two organizations after one number, one request
 * sent fifty times.
 */

const rounds: Record<Size, { limit: number; sameNumber: number; sameKey: number }> = {
  each: { limit: 40, sameNumber: 40, sameKey: 5 },
  nightly: { limit: 200, sameNumber: 500, sameKey: 100 },
};
const crowd = 50;
const limit = 10;

/** Nothing goes wrong at the carrier here, so that nobody may give up on it either. */
const patient = {
  LINEDESK_LEASE_SECONDS: "120",
  LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "60",
  LINEDESK_CARRIER_READ_TIMEOUT_SECONDS: "60",
};

interface Shop {
  desk: Desk;
  processes: Actor[];
  violations: Violation[];
}

const processOf = ({ processes }: Shop, index: number) => processes[index % processes.length] as Actor;

/** Fifty purchases of different numbers against a limit of ten. */
async function limitRound(
  shop: Shop,
  round: number,
  tenant: Told["tenant"],
  numbers: string[],
): Promise<Told[]> {
  const told = await Promise.all(
    numbers.map((phoneNumber, index) => buyFrom(processOf(shop, index), tenant, phoneNumber)),
  );
  const counts = countWords(told);
  const held = await liveNumbers(shop.desk, tenant.organizationId);
  if (counts["201"] !== limit || counts["403 number_limit_reached"] !== crowd - limit || held !== limit) {
    shop.violations.push({
      rule: "O3",
      run: `limit:${round}`,
      detail: `${JSON.stringify(counts)} were told, ${held} are held; exactly ${limit} were allowed.`,
    });
  }
  return told;
}

async function liveNumbers(desk: Desk, organizationId: string): Promise<number> {
  const { rows } = await desk.sql.query<{ held: number }>(
    "SELECT count(*)::int AS held FROM phone_number WHERE organization_id = $1 AND live",
    [organizationId],
  );
  return rows[0]?.held ?? 0;
}

async function tryLimit(shop: Shop, times: number): Promise<Told[]> {
  const { desk } = shop;
  const tenants = await inTurn(Array.from({ length: times }), 8, () => desk.openTenant(limit));
  const all: Told[] = [];
  // What nobody got is for sale in the next round.
  let left: string[] = [];
  for (const [round, tenant] of tenants.entries()) {
    while (left.length < crowd) left.push(desk.carrier.takeNumber());
    const told = await limitRound(shop, round, tenant, left);
    left = told.filter(({ answer }) => answer?.status !== 201).map(({ phoneNumber }) => phoneNumber);
    all.push(...told);
  }
  return all;
}

/** Two organizations, each through a process of its own, after one number: one buys, to the other it is sold. */
async function trySameNumber(shop: Shop, times: number): Promise<Told[]> {
  const { desk } = shop;
  const pair = [await desk.openTenant(times), await desk.openTenant(times)];
  const all: Told[] = [];
  for (const mode of ["refuse", "update"]) {
    await desk.carrier.settings({ second_purchase: mode });
    for (let round = 0; round < times / 2; round += 1) {
      const phoneNumber = desk.carrier.takeNumber();
      const told = await Promise.all(
        pair.map((tenant, index) => buyFrom(processOf(shop, index + round), tenant, phoneNumber)),
      );
      const words = told.map(wordOf).sort();
      if (words.join() !== "201,409 number_unavailable") {
        const run = `same-number:${mode}:${round}`;
        shop.violations.push({ rule: "O2", run, detail: `The two were told ${words.join(" and ")}.` });
      }
      all.push(...told);
    }
  }
  await desk.carrier.settings({ second_purchase: "refuse" });
  return all;
}

/** One request with one key, fifty times at once: one effect, and one body for everybody who gets one. */
async function trySameKey(shop: Shop, times: number): Promise<Told[]> {
  const tenant = await shop.desk.openTenant(times);
  const all: Told[] = [];
  for (let round = 0; round < times; round += 1) {
    const phoneNumber = shop.desk.carrier.takeNumber();
    const key = randomUUID();
    const ask = (index: number) => buyFrom(processOf(shop, index), tenant, phoneNumber, key);
    const told = await Promise.all(Array.from({ length: crowd }, (_, index) => ask(index)));
    told.push(await ask(0), await ask(1));
    const words = [...new Set(told.map(wordOf))].filter((word) => word !== "409 request_in_progress");
    const bodies = new Set(
      told.filter(({ answer }) => answer?.status === 201).map(({ answer }) => JSON.stringify(answer?.body)),
    );
    if (words.join() !== "201" || bodies.size !== 1) {
      const detail = `${JSON.stringify(countWords(told))} were told, with ${bodies.size} different bodies.`;
      shop.violations.push({ rule: "O4", run: `same-key:${round}`, detail });
    }
    all.push(...told);
  }
  return all;
}

export const concurrency: Suite = {
  name: "concurrency",
  async run({ size, server, folder }) {
    const desk = await openDesk({ server, folder, name: "desk", settings: patient });
    const violations: Violation[] = [];
    try {
      const shop = { desk, processes: [await desk.takeActor(), await desk.takeActor()], violations };
      const times = rounds[size];
      const told = [
        ...(await tryLimit(shop, times.limit)),
        ...(await trySameNumber(shop, times.sameNumber)),
        ...(await trySameKey(shop, times.sameKey)),
      ];
      await desk.settle();
      await desk.sync();
      violations.push(...(await findUntrueAnswers(desk, told)), ...(await examine(desk, () => null)));
      return {
        runs: times.limit + times.sameNumber + times.sameKey,
        reached: times.limit + times.sameNumber + times.sameKey,
        active: await countActive(desk),
        violations,
        figures: { requests: told.length, ...countWords(told) },
      };
    } finally {
      await desk.close();
    }
  },
};
