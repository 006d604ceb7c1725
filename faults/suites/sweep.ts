import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { bareId, newId } from "@/lib/ids";
import type { Actor } from "../harness/actor";
import { type Desk, openDesk } from "../harness/desk";
import type { Tenant } from "../harness/jobs";
import { askActor, buyFrom, countActive, inTurn } from "../harness/shopping";
import type { Size, Suite, Violation } from "../harness/suite";

/**
 * A thousand numbers, one in twenty of each kind of difference, compared while other numbers are bought and given back:
 * the pages of the list change underneath. All is found, nothing else is, and the sweep itself changes nothing.
 */

const kinds = ["unknown_number", "lost_purchase", "quarantined", "missing", "rewired", "duplicate"] as const;

type Kind = (typeof kinds)[number];

const numbers = 1_000;
const ofEachKind = numbers / 20;
const quietSeconds = 2;

const repeats: Record<Size, number> = { each: 1, nightly: 20 };

/** A row of ours as PostgreSQL tells it, to make others like it. */
type Row = Record<string, unknown> & { id: string; phone_number: string; tag: string };

interface Planted {
  kind: Kind | null;
  /** Of the number that the card should name. */
  phoneNumber: string;
}

/** What stands on both sides, all as it should be: a number bought for real, copied many times over. */
interface Original {
  row: Row;
  voiceUrl: string;
}

async function readOriginal(desk: Desk, tenant: Tenant): Promise<Original> {
  const phoneNumber = desk.carrier.takeNumber();
  await buyFrom(desk.steady, tenant, phoneNumber);
  const { rows } = await desk.sql.query<{ row: Row }>(
    "SELECT to_jsonb(n) AS row FROM phone_number n WHERE phone_number = $1 AND state = 'active'",
    [phoneNumber],
  );
  const owned = (await desk.carrier.books()).owned.find((number) => number.phone_number === phoneNumber);
  if (!rows[0] || !owned) throw new Error("The number to be copied was not bought.");
  return { row: rows[0].row, voiceUrl: owned.voice_url };
}

function copyOf({ row, voiceUrl }: Original, phoneNumber: string): Original {
  const id = newId("num");
  const tag = row.tag.replace(bareId(row.id), bareId(id));
  return { row: { ...row, id, tag, phone_number: phoneNumber }, voiceUrl: voiceUrl.replace(row.id, id) };
}

/** Puts one number on both sides, with the difference of its kind between them. Answers the row, if it has one. */
async function plant(
  desk: Desk,
  original: Original,
  kind: Kind | null,
): Promise<Planted & { row: Row | null }> {
  const { carrier } = desk;
  const phoneNumber = carrier.takeNumber();
  const { row, voiceUrl } = copyOf(original, phoneNumber);
  const ours = { friendly_name: row.tag, voice_url: voiceUrl };
  if (kind === "unknown_number") {
    await carrier.own(phoneNumber, { friendly_name: "by hand", voice_url: "https://elsewhere.example.com/" });
    return { kind, phoneNumber, row: null };
  }
  if (kind === "missing") {
    return { kind, phoneNumber, row: { ...row, carrier_number_id: `PN${randomBytes(16).toString("hex")}` } };
  }
  const change = kind === "rewired" ? { voice_url: "https://elsewhere.example.com/" } : {};
  const { sid } = await carrier.own(phoneNumber, { ...ours, ...change });
  if (kind === "lost_purchase") {
    const failed = { state: "failed", carrier_number_id: null, purchased_at: null };
    return { kind, phoneNumber, row: { ...row, ...failed } };
  }
  if (kind === "duplicate") {
    const second = carrier.takeNumber();
    await carrier.own(second, ours);
    return { kind, phoneNumber: second, row: { ...row, carrier_number_id: sid } };
  }
  const state = kind === "quarantined" ? { state: kind, purchased_at: null } : {};
  return { kind, phoneNumber, row: { ...row, ...state, carrier_number_id: sid } };
}

async function insertRows({ sql }: Desk, rows: Row[]): Promise<void> {
  const { rows: columns } = await sql.query<{ list: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS list FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = 'phone_number' AND is_generated = 'NEVER'`,
  );
  const list = columns[0]?.list;
  await sql.query(
    `INSERT INTO phone_number (${list}) SELECT ${list} FROM jsonb_populate_recordset(NULL::phone_number, $1)`,
    [JSON.stringify(rows)],
  );
}

/** Buys and gives back, one after the other, until told to stop: numbers come and go while the list is read. */
function startTrade(desk: Desk, actor: Actor, tenant: Tenant): { stop(): Promise<string[]> } {
  const traded: string[] = [];
  let isOver = false;
  async function trade(): Promise<string[]> {
    while (!isOver) {
      const phoneNumber = desk.carrier.takeNumber();
      traded.push(phoneNumber);
      await buyFrom(actor, tenant, phoneNumber);
      const path = `/core/phone-numbers/${encodeURIComponent(phoneNumber)}`;
      if (traded.length % 2 === 0) await askActor(actor, tenant, "DELETE", path);
    }
    return traded;
  }
  const trading = trade();
  return {
    async stop() {
      isOver = true;
      return await trading;
    },
  };
}

interface Card {
  kind: string;
  phone_number: string;
  state: string | null;
}

async function readCards({ sql }: Desk): Promise<Card[]> {
  const { rows } = await sql.query<Card>(
    `SELECT d.kind::text, d.phone_number, n.state::text FROM drift d
     LEFT JOIN phone_number n ON n.id = d.phone_number_id WHERE d.status = 'open'`,
  );
  return rows;
}

function compareCards(cards: Card[], planted: Planted[], run: string): Violation[] {
  const wanted = new Set(
    planted.flatMap(({ kind, phoneNumber }) => (kind ? [`${kind} ${phoneNumber}`] : [])),
  );
  const found = new Set(cards.map(({ kind, phone_number }) => `${kind} ${phone_number}`));
  const unseen = [...wanted].filter((mark) => !found.has(mark));
  const wrong = [...found].filter((mark) => !wanted.has(mark));
  return [
    ...unseen.map((mark) => ({ rule: "O1", run, detail: `Not found: ${mark}.` })),
    ...wrong.map((mark) => ({ rule: "O1", run, detail: `Found where nothing is the matter: ${mark}.` })),
  ];
}

/** What the sweep asked of the carrier beyond reading: everything that does not belong to the trade. */
async function findChanges(desk: Desk, traded: Set<string>, bought: number): Promise<Violation[]> {
  const { deletes } = await desk.carrier.books();
  const requests = await desk.carrier.requests();
  const foreign = deletes.filter(({ by, phone_number }) => by === "api" && !traded.has(phone_number));
  const updates = requests.filter(({ operation }) => operation === "update");
  const buys = requests.filter(({ operation }) => operation === "buy").length;
  const detail = `The sweep deleted ${foreign.length}, changed ${updates.length} and bought ${buys - bought} numbers.`;
  return foreign.length + updates.length + (buys - bought) === 0 ? [] : [{ rule: "O5", run: null, detail }];
}

async function tryOnce(desk: Desk, actor: Actor, trader: Tenant, run: string) {
  const tenant = await desk.openTenant(numbers * 2);
  const original = await readOriginal(desk, tenant);
  const kindOf = (index: number) => kinds[Math.floor(index / ofEachKind)] ?? null;
  const planted = await inTurn(Array.from({ length: numbers }), 16, (_, index) =>
    plant(desk, original, kindOf(index)),
  );
  await insertRows(
    desk,
    planted.flatMap(({ row }) => (row ? [row] : [])),
  );
  const trade = startTrade(desk, actor, trader);
  await desk.sync();
  const afterFirst = compareCards(await readCards(desk), planted, run);
  await wait(quietSeconds * 1_000);
  await desk.sync();
  const traded = await trade.stop();
  const cards = await readCards(desk);
  const gone = cards.filter(({ kind, state }) => kind === "missing" && state === "gone").length;
  const lost = cards.filter(({ kind, state }) => kind === "lost_purchase" && state === "quarantined").length;
  const violations = [...afterFirst, ...compareCards(cards, planted, run)];
  if (gone !== ofEachKind || lost !== ofEachKind) {
    const detail = `${gone} missing numbers are gone and ${lost} lost ones have a row, of ${ofEachKind} each.`;
    violations.push({ rule: "O1", run, detail });
  }
  return { violations, traded, found: cards.length };
}

export const sweep: Suite = {
  name: "sweep",
  async run({ size, server, folder }) {
    const violations: Violation[] = [];
    let [found, traded, active] = [0, 0, 0];
    for (let repeat = 0; repeat < repeats[size]; repeat += 1) {
      const name = `desk-${repeat}`;
      const settings = {
        LINEDESK_QUIET_WINDOW_SECONDS: String(quietSeconds),
        LINEDESK_LEASE_SECONDS: "60",
        LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "30",
      };
      const desk = await openDesk({ server, folder, name, settings });
      try {
        const trader = await desk.openTenant(10_000);
        const once = await tryOnce(desk, await desk.takeActor(), trader, name);
        // Besides the trade: the number that was copied, and the bystander's.
        const bought = once.traded.length + 2;
        violations.push(...once.violations, ...(await findChanges(desk, new Set(once.traded), bought)));
        found += once.found;
        traded += once.traded.length;
        active += await countActive(desk);
      } finally {
        await desk.close();
      }
    }
    if (traded < repeats[size])
      violations.push({ rule: "harness", run: null, detail: "The list did not change." });
    const planted = kinds.length * ofEachKind * repeats[size];
    const figures = { "differences planted": planted, "bought meanwhile": traded };
    return { runs: repeats[size] * numbers, reached: found, active, violations, figures };
  },
};
