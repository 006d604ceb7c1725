import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "../harness/actor";
import { ageByMonth } from "../harness/aging";
import { type Desk, openDesk } from "../harness/desk";
import type { HttpAnswer, Tenant } from "../harness/jobs";
import { examine } from "../harness/oracle";
import { createRandom, type Random } from "../harness/random";
import { askActor, buyFrom, countActive, inTurn } from "../harness/shopping";
import type { Size, Suite, Violation } from "../harness/suite";
import { type End, type Operation, type Pair, pairs, rightRefusals } from "./pairs";

/** Every two operations on one number at the same moment, each through a process of its own. */

const rounds: Record<Size, number> = { each: 6, nightly: 50 };

/** The carrier does what it is asked, so that what a race ends in is decided here. */
const patient = { LINEDESK_LEASE_SECONDS: "120", LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "60" };

/** From the claim to its end a purchase takes about this long. */
const purchaseMs = 150;

interface Race {
  desk: Desk;
  random: Random;
  processes: readonly [Actor, Actor];
  violations: Violation[];
}

interface Round {
  id: string;
  index: number;
  tenant: Tenant;
  phoneNumber: string;
}

const numberPath = ({ phoneNumber }: Round) => `/core/phone-numbers/${encodeURIComponent(phoneNumber)}`;

/** Brings the number to where both operations find it. */
async function prepare({ desk, processes }: Race, pair: Pair, round: Round): Promise<void> {
  const { tenant, phoneNumber } = round;
  if (pair.start === "free") return;
  const inbound = pair.start === "active" ? {} : { inbound: { agent_id: tenant.agentId } };
  await expectDone(
    desk.ask(tenant, {
      method: "POST",
      path: "/core/managed-accounts/default/purchase-number",
      body: { phone_number: phoneNumber, ...inbound },
    }),
  );
  if (pair.start !== "held") return;
  const path = `${numberPath(round)}?unassign=true&hold=7`;
  await expectDone(askActor(processes[0], tenant, "DELETE", path));
}

async function expectDone(asked: Promise<HttpAnswer>): Promise<void> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`A race could not be prepared: ${status} ${JSON.stringify(body)}`);
}

/** Does one of the two, and answers the code of its refusal, or null when it was done. */
async function act(actor: Actor, operation: Operation, round: Round): Promise<string | null> {
  const { tenant, phoneNumber } = round;
  const slot = `${numberPath(round)}/slots/inbound`;
  const body = { agent_id: tenant.agentId, replace: true };
  // Half of the releases are to empty the slots, the others are refused where one is filled.
  const release = `${numberPath(round)}?unassign=${round.index % 2 === 0}`;
  const asks: Record<Operation, () => Promise<HttpAnswer | null>> = {
    buy: async () => (await buyFrom(actor, tenant, phoneNumber)).answer,
    assign: () => askActor(actor, tenant, "PUT", slot, { body }),
    unassign: () => askActor(actor, tenant, "DELETE", slot),
    release: () => askActor(actor, tenant, "DELETE", release),
    undo: () => askActor(actor, tenant, "POST", `${numberPath(round)}/undo-release`),
    renew: () => actor.do({ kind: "renew" }).then(() => null),
    sweep: () => actor.do({ kind: "sync" }).then(() => null),
  };
  const answer = await asks[operation]();
  if (answer === null || answer.status < 300) return null;
  return `${answer.body?.code ?? answer.status}`;
}

/** At once; but a purchase takes its time, and every other round the second comes somewhere in the middle of it. */
async function untilItsTurn({ desk, random }: Race, first: Operation, round: Round): Promise<void> {
  if (first !== "buy" || round.index % 2 === 0) return;
  const deadline = performance.now() + 30_000;
  while ((await endOf(desk, round)) === "free") {
    if (performance.now() > deadline) throw new Error(`${round.id}: nobody claims ${round.phoneNumber}.`);
    await wait(5);
  }
  await wait(random.integer(0, purchaseMs));
}

async function runRound(race: Race, { both, name }: Pair, round: Round): Promise<void> {
  const [first, second] = round.index % 2 === 0 ? race.processes : [...race.processes].reverse();
  const told = await Promise.all([
    act(first as Actor, both[0], round),
    untilItsTurn(race, both[0], round).then(() => act(second as Actor, both[1], round)),
  ]);
  for (const [index, code] of told.entries()) {
    const operation = both[index] as Operation;
    if (code === null || rightRefusals[operation].includes(code)) continue;
    const detail = `${name}: ${operation} was answered with ${code}.`;
    race.violations.push({ rule: "O4", run: round.id, detail });
  }
}

async function endOf({ sql }: Desk, { tenant, phoneNumber }: Round): Promise<End | string> {
  const { rows } = await sql.query<{ state: string; slots: number }>(
    `SELECT n.state, (SELECT count(*)::int FROM assignment s WHERE s.phone_number_id = n.id) AS slots
     FROM phone_number n WHERE n.organization_id = $1 AND n.phone_number = $2 AND n.state <> 'failed'
     ORDER BY n.live DESC, n.created_at DESC LIMIT 1`,
    [tenant.organizationId, phoneNumber],
  );
  const [row] = rows;
  if (!row) return "free";
  return row.state === "active" && row.slots > 0 ? "used" : row.state;
}

/** All rounds of a pair: prepared, raced some at a time, settled, and each looked at. */
async function runPair(race: Race, pair: Pair, tenants: Tenant[]): Promise<Map<string, number>> {
  const { desk } = race;
  const all = tenants.map((tenant, index): Round => {
    const phoneNumber = desk.carrier.takeNumber();
    return { id: `${pair.name}#${index}`, index, tenant, phoneNumber };
  });
  await inTurn(all, 6, (round) => prepare(race, pair, round));
  if (pair.both.includes("renew") && pair.start !== "free")
    await ageByMonth(
      desk.sql,
      all.map(({ phoneNumber }) => phoneNumber),
    );
  await inTurn(all, 3, (round) => runRound(race, pair, round));
  await desk.settle();
  const ends = new Map<string, number>();
  for (const round of all) {
    const end = await endOf(desk, round);
    ends.set(end, (ends.get(end) ?? 0) + 1);
    if ((pair.ends as readonly string[]).includes(end)) continue;
    const detail = `${pair.name} from ${pair.start} ended ${end}; right is ${pair.ends.join(" or ")}.`;
    race.violations.push({ rule: "O7", run: round.id, detail });
  }
  return ends;
}

/** The one race in which the books may say two things: released before its second month was charged, or after. */
const either = "release+renew";

export const pairRaces: Suite = {
  name: "pair-races",
  async run({ size, seed, replay, server, folder, say }) {
    const desk = await openDesk({ server, folder, name: "desk", settings: patient });
    try {
      const violations: Violation[] = [];
      const processes = [await desk.takeActor(), await desk.takeActor()] as const;
      const race: Race = { desk, random: createRandom(`pair-races ${seed}`), processes, violations };
      const openTenants = () => inTurn(Array.from({ length: rounds[size] }), 4, () => desk.openTenant(200));
      const [tenants, apart] = [await openTenants(), await openTenants()];
      const chosen = pairs.filter(
        ({ name }) => replay === null || replay === name || replay.startsWith(`${name}#`),
      );
      for (const pair of chosen) {
        const ends = await runPair(race, pair, pair.name === either ? apart : tenants);
        say(`  ${pair.name.padEnd(18)} ${[...ends].map(([end, times]) => `${end} ${times}`).join(", ")}`);
      }
      // A renewal leaves a number that is just locked for its next run; this is it.
      await desk.steady.do({ kind: "renew" });
      await desk.sync();
      const isApart = new Set(apart.map(({ organizationId }) => organizationId));
      const found = await examine(desk, (organizationId) => (isApart.has(organizationId) ? either : null));
      violations.push(...found.filter(({ rule, run }) => rule !== "O6" || run !== either));
      const runs = chosen.length * tenants.length;
      const figures = { pairs: chosen.length };
      return { runs, reached: runs, active: await countActive(desk), violations, figures };
    } finally {
      await desk.close();
    }
  },
};
