import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "../harness/actor";
import { type Desk, openDesk } from "../harness/desk";
import type { Tenant } from "../harness/jobs";
import { examine } from "../harness/oracle";
import { createRandom, type Random } from "../harness/random";
import { buyFrom, countActive, countWords, findUntrueAnswers, inTurn, type Told } from "../harness/shopping";
import type { Server, Size, Suite, Violation } from "../harness/suite";

/** PostgreSQL killed with SIGKILL while two processes sell, and started again at once: what it confirmed is there. */

/** What dies is the subject here; a carrier that is slow because the machine is busy is not. */
const calm = { LINEDESK_LEASE_SECONDS: "6", LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "5" };

const sizes: Record<Size, { purchases: number; kills: number }> = {
  each: { purchases: 100, kills: 2 },
  nightly: { purchases: 1_000, kills: 12 },
};
const atOnce = 8;
/** Seconds from one kill to the next. */
const pause = [5, 10] as const;

interface Shop {
  desk: Desk;
  server: Server;
  processes: Actor[];
  tenants: Tenant[];
  random: Random;
}

const processOf = ({ processes }: Shop, index: number) => processes[index % processes.length] as Actor;

/** Sells until so many purchases found a database and the server was killed so often. */
async function sellThroughKills(shop: Shop, wish: { purchases: number; kills: number }) {
  const { desk, server, tenants, random } = shop;
  const told: Told[] = [];
  let kills = 0;
  let served = 0;
  let back = Promise.resolve();
  const isOver = () => served >= wish.purchases && kills >= wish.kills;

  async function sell(worker: number): Promise<void> {
    while (!isOver()) {
      const bought = await buyFrom(processOf(shop, worker), random.pick(tenants), desk.carrier.takeNumber());
      told.push(bought);
      if (bought.answer?.status === 503) await back;
      else served += 1;
    }
  }

  async function killNowAndThen(): Promise<void> {
    while (kills < wish.kills) {
      await wait(random.integer(pause[0] * 1_000, pause[1] * 1_000));
      server.kill();
      back = server.start();
      await back;
      kills += 1;
    }
  }

  await Promise.all([killNowAndThen(), ...Array.from({ length: atOnce }, (_, worker) => sell(worker))]);
  return { told, kills };
}

/** With the database away before anything was written, the carrier must not hear of a purchase at all. */
async function tryWithoutDatabase(shop: Shop): Promise<{ told: Told[]; violations: Violation[] }> {
  const { desk, server, tenants } = shop;
  const before = (await desk.carrier.requests()).length;
  server.kill();
  const told = await inTurn(Array.from({ length: 20 }), 4, (_, index) =>
    buyFrom(processOf(shop, index), shop.random.pick(tenants), desk.carrier.takeNumber()),
  );
  const after = (await desk.carrier.requests()).length;
  await server.start();
  const words = countWords(told);
  if (after === before && words["503 service_unavailable"] === told.length) return { told, violations: [] };
  const detail = `Without a database ${JSON.stringify(words)} were told and the carrier was asked ${after - before} times.`;
  return { told, violations: [{ rule: "O4", run: null, detail }] };
}

export const databaseKills: Suite = {
  name: "database-kills",
  async run({ size, seed, folder, openServer }) {
    const server = await openServer("database-kills", { durable: true });
    const desk = await openDesk({ server, folder, name: "desk", settings: calm });
    try {
      const wish = sizes[size];
      const shop: Shop = {
        desk,
        server,
        processes: [await desk.takeActor(), await desk.takeActor()],
        tenants: await inTurn(Array.from({ length: 10 }), 4, () => desk.openTenant(1_000)),
        random: createRandom(`database-kills ${seed}`),
      };
      const { told, kills } = await sellThroughKills(shop, wish);
      const without = await tryWithoutDatabase(shop);
      await desk.settle();
      await desk.sync();
      const all = [...told, ...without.told];
      const violations = [
        ...without.violations,
        ...(await findUntrueAnswers(desk, all)),
        ...(await examine(desk, () => null)),
      ];
      const words = countWords(told);
      const felt = told.length - (words["201"] ?? 0);
      if (felt < kills)
        violations.push({
          rule: "harness",
          run: null,
          detail: `${kills} kills were felt by ${felt} purchases only.`,
        });
      const figures = { kills, ...words };
      return { runs: told.length, reached: felt, active: await countActive(desk), violations, figures };
    } finally {
      await desk.close();
      await server.stop();
    }
  },
};
