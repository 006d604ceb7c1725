import { takeBackup } from "../harness/backup";
import { type Desk, openDesk } from "../harness/desk";
import type { HttpAnswer, Tenant } from "../harness/jobs";
import { askActor, buyFrom, countActive, inTurn, type Told, wordOf } from "../harness/shopping";
import type { Size, Suite, Violation } from "../harness/suite";

/**
 * The database is set back to a copy of minutes ago, as after a disaster, and the processes are started again: what was
 * bought since is billed and no row knows it. Nothing may be bought or released until somebody has looked, and one
 * comparison has to find all of it.
 */

const purchases: Record<Size, { kept: number; lost: number }> = {
  each: { kept: 20, lost: 40 },
  nightly: { kept: 200, lost: 500 },
};

interface Restored {
  desk: Desk;
  tenants: Tenant[];
  violations: Violation[];
}

const requireThat = ({ violations }: Restored, isTrue: boolean, rule: string, detail: string) => {
  if (!isTrue) violations.push({ rule, run: null, detail });
};

async function buySome({ desk, tenants }: Omit<Restored, "violations">, count: number): Promise<Told[]> {
  const actor = await desk.takeActor();
  const told = await inTurn(Array.from({ length: count }), 6, (_, index) =>
    buyFrom(actor, tenants[index % tenants.length] as Tenant, desk.carrier.takeNumber()),
  );
  const failed = told.find(({ answer }) => answer?.status !== 201);
  if (failed) throw new Error(`${failed.phoneNumber} was not bought: ${wordOf(failed)}`);
  await actor.do({ kind: "beat" });
  // A machine that is set back does not keep its processes either.
  await actor.kill();
  return told;
}

/** Before anybody looked: reads work, money does not, and recovery decides nothing by rows that may be old. */
async function expectSafeMode(restored: Restored, kept: Told): Promise<void> {
  const { desk } = restored;
  const actor = await desk.takeActor();
  const { tenant, phoneNumber } = kept;
  const path = `/core/phone-numbers/${encodeURIComponent(phoneNumber)}`;
  const before = (await desk.carrier.requests()).filter(({ method }) => method !== "GET").length;
  await actor.do({ kind: "beat" });
  const bought = await buyFrom(actor, tenant, desk.carrier.takeNumber());
  const released = await askActor(actor, tenant, "DELETE", `${path}?unassign=true`);
  const read = await askActor(actor, tenant, "GET", path);
  const recovered = await actor.do({ kind: "recover" });
  const after = (await desk.carrier.requests()).filter(({ method }) => method !== "GET").length;
  const told = `${wordOf(bought)}, ${wordOf({ answer: released })}, ${read.status}, ${recovered} recovered`;
  const isSafe =
    bought.answer?.body?.code === "safe_mode" && released.body?.code === "safe_mode" && read.status === 200;
  requireThat(restored, isSafe && recovered === 0, "safe mode", `After the restore: ${told}.`);
  requireThat(
    restored,
    after === before,
    "safe mode",
    `The carrier was asked to change something ${after - before} times.`,
  );
}

/** Each lost purchase has a card of its organization, and nothing else is called lost. */
async function expectAllFound(restored: Restored, lost: Told[]): Promise<number> {
  const { rows } = await restored.desk.sql.query<{ mark: string }>(
    `SELECT d.organization_id || ' ' || d.phone_number AS mark FROM drift d
     JOIN phone_number n ON n.id = d.phone_number_id
     WHERE d.kind = 'lost_purchase' AND d.status = 'open' AND n.state = 'quarantined'
       AND n.organization_id = d.organization_id`,
  );
  const found = new Set(rows.map(({ mark }) => mark));
  const wanted = new Set(lost.map(({ tenant, phoneNumber }) => `${tenant.organizationId} ${phoneNumber}`));
  const unseen = [...wanted].filter((mark) => !found.has(mark));
  const wrong = [...found].filter((mark) => !wanted.has(mark));
  requireThat(restored, unseen.length === 0, "O1", `Lost purchases not found: ${unseen.join(", ")}.`);
  requireThat(restored, wrong.length === 0, "O1", `Called lost and never bought: ${wrong.join(", ")}.`);
  return wanted.size - unseen.length;
}

/** A person ends safe mode and takes every lost number over. */
async function adoptAll(restored: Restored, operator: Tenant): Promise<void> {
  const { desk, tenants } = restored;
  const ended = await desk.ask(operator, { method: "DELETE", path: "/core/safe-mode" });
  requireThat(
    restored,
    ended.status === 204,
    "safe mode",
    `It could not be ended: ${wordOf({ answer: ended })}.`,
  );
  for (const tenant of tenants) {
    const page = await desk.ask(tenant, { method: "GET", path: "/core/drifts?limit=200" });
    const ids: string[] = page.body.data.map((drift: { id: string }) => drift.id);
    const answers = await inTurn(ids, 4, (id): Promise<HttpAnswer> => {
      const body = { action: "adopt" };
      return desk.ask(tenant, { method: "POST", path: `/core/drifts/${id}/resolve`, body });
    });
    const refused = answers.filter(({ status }) => status !== 200).map((answer) => wordOf({ answer }));
    requireThat(restored, refused.length === 0, "O1", `Not adopted: ${refused.join(", ")}.`);
  }
}

/** The carrier's list and the rows that own a number are the same again. */
async function expectSameAsCarrier(restored: Restored): Promise<void> {
  const { owned, charges, deletes } = await restored.desk.carrier.books();
  const { rows } = await restored.desk.sql.query<{ sid: string }>(
    "SELECT carrier_number_id AS sid FROM phone_number WHERE state = 'active' AND source = 'managed'",
  );
  const [theirs, ours] = [owned.map(({ sid }) => sid).sort(), rows.map(({ sid }) => sid).sort()];
  const same = theirs.join() === ours.join();
  requireThat(restored, same, "O1", `The carrier bills ${theirs.length}, the rows own ${ours.length}.`);
  const exact = charges.length === owned.length && deletes.length === 0;
  requireThat(
    restored,
    exact,
    "O2",
    `${charges.length} charged, ${deletes.length} given back, ${owned.length} owned.`,
  );
}

export const restore: Suite = {
  name: "restore",
  async run({ size, server, folder }) {
    const desk = await openDesk({ server, folder, name: "desk", settings: { LINEDESK_LEASE_SECONDS: "30" } });
    const restored: Restored = { desk, tenants: [], violations: [] };
    try {
      const wish = purchases[size];
      restored.tenants = await inTurn(Array.from({ length: 5 }), 5, () => desk.openTenant(1_000));
      const operator = await desk.steady.do({ kind: "open", numberLimit: 1, operates: true });
      const kept = await buySome(restored, wish.kept);
      const backup = await takeBackup(desk.databaseUrl);
      const lost = await buySome(restored, wish.lost);
      await backup.restore();
      await expectSafeMode(restored, kept[0] as Told);
      await desk.sync();
      const found = await expectAllFound(restored, lost);
      await adoptAll(restored, operator);
      await desk.sync();
      await expectSameAsCarrier(restored);
      return {
        runs: wish.lost,
        reached: found,
        active: await countActive(desk),
        violations: restored.violations,
        figures: { bought: wish.kept + wish.lost, "lost and found": `${found} of ${wish.lost}` },
      };
    } finally {
      await desk.close();
    }
  },
};
