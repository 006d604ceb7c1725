import { readFile } from "node:fs/promises";
import type { CarrierBooks, CarrierRequest } from "./carrier";
import type { Desk } from "./desk";
import { readTransitions, type Transition } from "./observation";
import { explainLedger, type LedgerLine } from "./oracle-ledger";
import type { Violation } from "./suite";

/**
 * "Nothing lost": what must hold of a desk once nothing is under way and its account was compared. The carrier's own
 * books decide, not our database. Answers of clients (O4) and slots (O7) are known to the suite that asked; it adds
 * them by `checkAnswers` and `checkSlots` of oracle-answers.ts.
 */

export interface NumberRow {
  id: string;
  organization_id: string;
  phone_number: string;
  state: string;
  source: string;
  live: boolean;
  carrier_number_id: string | null;
  purchased_at: Date | null;
  released_at: Date | null;
  monthly_cost: string | null;
  order_status: string | null;
  slots: number;
}

interface Evidence {
  books: CarrierBooks;
  requests: CarrierRequest[];
  rows: NumberRow[];
  transitions: Transition[];
  audits: Set<string>;
  ledger: LedgerLine[];
  /** The carrier's ids of numbers that are nobody's here, and on a card for those who run the installation. */
  carded: Set<string>;
}

/** States in which the carrier has the number and bills it to us. */
const owning = ["active", "held", "pending_papers", "quarantined"];

type Found = Omit<Violation, "run"> & { organizationId: string | null };

/** `runOf`: which run an organization belongs to. Returns what is wrong; nothing, when all is well. */
export async function examine(
  desk: Desk,
  runOf: (organizationId: string) => string | null,
): Promise<Violation[]> {
  const evidence = await gather(desk);
  const found: Found[] = [
    ...compareWithCarrier(evidence),
    ...countPurchases(evidence),
    ...watchLimit(evidence),
    ...justifyDeletes(evidence),
    ...explainLedger(evidence),
    ...findIdleSlots(evidence),
    ...findUntraced(evidence),
    ...(await findSecrets(desk)),
    ...(await compareBystander(desk)),
    ...evidence.books.violations.map(({ operation, problems }) => ({
      rule: "carrier",
      organizationId: null,
      detail: `${operation}: ${problems.join("; ")}`,
    })),
  ];
  return found.map(({ rule, detail, organizationId }) => ({
    rule,
    detail,
    run: organizationId === null ? null : runOf(organizationId),
  }));
}

async function gather(desk: Desk): Promise<Evidence> {
  const [books, requests, rows, transitions, audits, ledger, carded] = await Promise.all([
    desk.carrier.books(),
    desk.carrier.requests(),
    desk.sql.query<NumberRow>(`
      SELECT n.id, n.organization_id, n.phone_number, n.state::text, n.source::text, n.live, n.carrier_number_id,
        n.purchased_at, n.released_at, n.monthly_cost::text, o.status::text AS order_status,
        (SELECT count(*)::int FROM assignment s WHERE s.phone_number_id = n.id) AS slots
      FROM phone_number n LEFT JOIN purchase_order o ON o.phone_number_id = n.id`),
    readTransitions(desk.sql),
    desk.sql.query<{ mark: string }>("SELECT transaction || ' ' || object_id AS mark FROM observed.audit"),
    desk.sql.query<LedgerLine>(`
      SELECT phone_number_id, period_start::text, period_end::text, amount::text FROM ledger_line`),
    desk.sql.query<{ sid: string }>(
      "SELECT carrier_number_id AS sid FROM drift WHERE kind = 'unknown_number' AND status <> 'settled'",
    ),
  ]);
  return {
    books,
    requests,
    rows: rows.rows,
    transitions,
    audits: new Set(audits.rows.map(({ mark }) => mark)),
    ledger: ledger.rows,
    carded: new Set(carded.rows.map(({ sid }) => sid)),
  };
}

/**
 * O1: every number the carrier bills has exactly one row that says so, and no number is live twice. What was bought in
 * the carrier's console and never here is nobody's: it has a card instead.
 */
function compareWithCarrier({ books, rows, carded }: Evidence): Found[] {
  const found: Found[] = [];
  const ours = rows.filter(({ source, state }) => source !== "byoc" && owning.includes(state));
  const bySid = new Map<string, NumberRow[]>();
  for (const row of ours) {
    const sid = row.carrier_number_id ?? "none";
    bySid.set(sid, [...(bySid.get(sid) ?? []), row]);
  }
  const byHand = new Set(
    books.charges.filter(({ kind }) => kind === "console_purchase").map(({ sid }) => sid),
  );
  for (const { sid, phone_number } of books.owned) {
    const holders = bySid.get(sid) ?? [];
    if (holders.length === 1) continue;
    if (holders.length === 0 && carded.has(sid) && byHand.has(sid)) continue;
    const rowsOfNumber = rows.filter((row) => row.phone_number === phone_number);
    found.push({
      rule: "O1",
      organizationId: rowsOfNumber[0]?.organization_id ?? null,
      detail: `The carrier bills ${phone_number} (${sid}); rows that own it: ${holders.length}; rows of the number: ${listRows(rowsOfNumber)}.`,
    });
  }
  const billed = new Set(books.owned.map(({ sid }) => sid));
  for (const row of ours.filter(({ carrier_number_id }) => !billed.has(carrier_number_id ?? ""))) {
    const detail = `${listRows([row])} says it is ours, and the carrier has no ${row.carrier_number_id}.`;
    found.push({ rule: "O1", organizationId: row.organization_id, detail });
  }
  for (const [number, holders] of groupBy(
    rows.filter(({ live }) => live),
    ({ phone_number }) => phone_number,
  )) {
    if (holders.length < 2) continue;
    const detail = `${number} is live ${holders.length} times: ${listRows(holders)}.`;
    found.push({ rule: "O1", organizationId: holders[0]?.organization_id ?? null, detail });
  }
  return found;
}

/**
 * O2: what was bought and not given back is owned, every purchase belongs to an intent that came to own it, and no
 * intent was ever sent twice.
 */
function countPurchases({ books, requests, rows, transitions }: Evidence): Found[] {
  const found: Found[] = [];
  const [bought, gone, owned] = [books.charges.length, books.deletes.length, books.owned.length];
  if (bought - gone !== owned) {
    const detail = `${bought} bought, ${gone} given back, ${owned} owned.`;
    found.push({ rule: "O2", organizationId: null, detail });
  }
  const everOwned = new Set(
    transitions.filter(({ to_state }) => owning.includes(to_state)).map((move) => move.carrier_number_id),
  );
  const purchases = books.charges.filter(({ kind }) => kind === "purchase");
  for (const { sid, phone_number } of purchases.filter((charge) => !everOwned.has(charge.sid))) {
    const holders = rows.filter((row) => row.phone_number === phone_number);
    found.push({
      rule: "O2",
      organizationId: holders[0]?.organization_id ?? null,
      detail: `The purchase of ${phone_number} (${sid}) never became anybody's: ${listRows(holders)}.`,
    });
  }
  const sent = requests
    .filter(({ operation }) => operation === "buy")
    .map(({ form }) => form.FriendlyName ?? "");
  for (const [tag, times] of groupBy(sent, (tag) => tag)) {
    if (times.length < 2) continue;
    const row = rows.find(({ id }) => tag.endsWith(`.${id.replace("num_", "")}`));
    const detail = `The purchase tagged ${tag} was sent ${times.length} times.`;
    found.push({ rule: "O2", organizationId: row?.organization_id ?? null, detail });
  }
  return found;
}

/** O3: no claim was ever admitted beyond the limit, as counted at its own commit. */
function watchLimit({ transitions }: Evidence): Found[] {
  return transitions
    .filter(({ to_state, held, number_limit }) => to_state === "claimed" && held > number_limit)
    .map((move) => ({
      rule: "O3",
      organizationId: move.organization_id,
      detail: `${move.phone_number} was claimed as number ${move.held} of ${move.number_limit}.`,
    }));
}

/** O5: every DELETE names a number whose row said `releasing` at that moment, and that was bought here. */
function justifyDeletes({ books, transitions }: Evidence): Found[] {
  const found: Found[] = [];
  const movesOf = groupBy(transitions, ({ phone_number_id }) => phone_number_id);
  const rowsOfSid = groupBy(
    transitions.filter((move) => move.carrier_number_id !== null),
    (move) => move.carrier_number_id ?? "",
  );
  for (const { sid, phone_number, at } of books.deletes.filter(({ by }) => by === "api")) {
    const moment = new Date(at);
    const ids = new Set((rowsOfSid.get(sid) ?? []).map((move) => move.phone_number_id));
    const meant = [...ids].some((id) => {
      const before = (movesOf.get(id) ?? []).filter((move) => move.at <= moment);
      return before.at(-1)?.to_state === "releasing" && before.at(-1)?.source === "managed";
    });
    if (meant) continue;
    const moves = [...ids].flatMap((id) => movesOf.get(id) ?? []);
    const way = moves.map((move) => `${move.to_state} ${move.at.toISOString()}`).join(", ");
    found.push({
      rule: "O5",
      organizationId: moves[0]?.organization_id ?? null,
      detail: `${phone_number} (${sid}) was deleted at ${at} and nobody was releasing it: ${way || "no row"}.`,
    });
  }
  return found;
}

/** O7, the half that needs no client: a number that is not active has no slots filled. */
function findIdleSlots({ rows }: Evidence): Found[] {
  return rows
    .filter(({ state, slots }) => state !== "active" && slots > 0)
    .map((row) => ({
      rule: "O7",
      organizationId: row.organization_id,
      detail: `${listRows([row])} has slots filled.`,
    }));
}

/**
 * O8: every move left an audit entry in its own transaction. `calling` is the one that needs none: it says that the
 * purchase just asked for is being sent, and the entry of the request stands right before it.
 */
function findUntraced({ transitions, audits }: Evidence): Found[] {
  return transitions
    .filter(({ to_state }) => to_state !== "calling")
    .filter((move) => !audits.has(`${move.transaction} ${move.phone_number_id}`))
    .map((move) => ({
      rule: "O8",
      organizationId: move.organization_id,
      detail: `${move.phone_number} went from ${move.from_state} to ${move.to_state} without an audit entry.`,
    }));
}

/** O9: no secret in a log line or a row. The account at the carrier is named in rows; its token never is. */
async function findSecrets(desk: Desk): Promise<Found[]> {
  const { rows: tables } = await desk.sql.query<{ name: string }>(`
    SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`);
  const texts = await Promise.all([
    ...desk.logs().map(async (file) => ({ where: file, text: await readFile(file, "utf8") })),
    ...tables.map(async ({ name }) => {
      const { rows } = await desk.sql.query<{ text: string | null }>(
        `SELECT string_agg(to_jsonb(t)::text, E'\\n') AS text FROM ${name} t`,
      );
      return { where: name, text: rows[0]?.text ?? "" };
    }),
  ]);
  return texts.flatMap(({ where, text }) =>
    desk.secrets
      .filter((secret) => text.includes(secret))
      .map(() => ({ rule: "O9", organizationId: null, detail: `A secret stands in ${where}.` })),
  );
}

/** O10: somebody who did nothing has exactly what they had. */
async function compareBystander({ steady, bystander }: Desk): Promise<Found[]> {
  const { organizationId } = bystander;
  const now = await steady.do({ kind: "dump", organizationId });
  if (now === bystander.dump) return [];
  return [{ rule: "O10", organizationId: null, detail: "The rows of the bystander changed." }];
}

function listRows(rows: NumberRow[]): string {
  return (
    rows.map(({ id, state, carrier_number_id }) => `${id} ${state} ${carrier_number_id ?? ""}`).join("; ") ||
    "none"
  );
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
