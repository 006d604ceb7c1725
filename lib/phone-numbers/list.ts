import type { Ctx } from "../context";
import { database } from "../db/client";
import { cursorValue, decodeCursor, encodeCursor } from "../db/cursor";
import { Prisma } from "../db/generated/client";
import type { NumberState } from "../db/generated/enums";
import { notFound } from "../errors";
import { requireScope } from "../permissions";
import { isLive, statesOf } from "./lifecycle";
import type { Direction, ListPhoneNumbersQuery, NumberSort, PhoneNumber, PhoneNumberPage } from "./schema";
import { serializeNumber } from "./serialize";
import { countLiveNumbers, getNumberOrThrow, type NumberRow, numberColumns } from "./store";

type SortField = "created_at" | "updated_at" | "phone_number" | "monthly_cost";

interface Order {
  column: Prisma.Sql;
  /** What the cursor's value is read back as. */
  type: Prisma.Sql;
  held: (typeof cursorValue)[keyof typeof cursorValue];
  value: (row: NumberRow) => string;
}

/** Each order of the directory; each has an index of its own. */
const orders: Record<SortField, Order> = {
  created_at: {
    column: Prisma.sql`n.created_at`,
    type: Prisma.sql`timestamptz`,
    held: cursorValue.moment,
    value: (row) => row.created_at.toISOString(),
  },
  updated_at: {
    column: Prisma.sql`n.assignment_changed_at`,
    type: Prisma.sql`timestamptz`,
    held: cursorValue.moment,
    value: (row) => row.assignment_changed_at.toISOString(),
  },
  phone_number: {
    column: Prisma.sql`n.phone_number`,
    type: Prisma.sql`text`,
    held: cursorValue.text,
    value: (row) => row.phone_number,
  },
  monthly_cost: {
    column: Prisma.sql`coalesce(n.monthly_cost, 0)`,
    type: Prisma.sql`numeric`,
    held: cursorValue.amount,
    value: (row) => row.monthly_cost ?? "0",
  },
};

/**
 * One page of the organization's numbers, in one statement, by keyset: a number bought while you page is neither
 * repeated nor does it push another one out. Throws `validation_failed` for a cursor of another order.
 */
export async function listPhoneNumbers(ctx: Ctx, query: ListPhoneNumbersQuery): Promise<PhoneNumberPage> {
  requireScope(ctx, "phone_numbers:read");
  const { field, descending } = parseSort(query.sort);
  const { column, type, held, value } = orders[field];
  const filters = [Prisma.sql`n.organization_id = ${ctx.organizationId}`, ...filtersOf(query)];
  if (query.cursor) {
    const after = decodeCursor(query.cursor, query.sort, held);
    const bound = Prisma.sql`(${after.value}::${type}, ${after.id})`;
    filters.push(
      descending ? Prisma.sql`(${column}, n.id) < ${bound}` : Prisma.sql`(${column}, n.id) > ${bound}`,
    );
  }
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const rows = await database().$queryRaw<NumberRow[]>`
    SELECT ${numberColumns} FROM phone_number n
    WHERE ${Prisma.join(filters, " AND ")}
    ORDER BY ${column} ${direction}, n.id ${direction} LIMIT ${query.limit + 1}`;
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const more = rows.length > query.limit && last;
  const now = new Date();
  return {
    data: page.map((row) => serializeNumber(row, now)),
    next_cursor: more ? encodeCursor({ sort: query.sort, value: value(last), id: last.id }) : null,
  };
}

/** One number of the organization, by E.164 or id. Throws `not_found`. */
export async function getPhoneNumber(ctx: Ctx, phoneNumber: string): Promise<PhoneNumber> {
  requireScope(ctx, "phone_numbers:read");
  return serializeNumber(await getNumberOrThrow(database(), ctx.organizationId, phoneNumber));
}

/**
 * `limit` of the organization's live numbers after skipping `offset`, newest first, and how many there are in all, for
 * callers that count positions: a number bought meanwhile pushes the others one further.
 */
export async function listPhoneNumbersByOffset(
  ctx: Ctx,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ numbers: PhoneNumber[]; total: number }> {
  requireScope(ctx, "phone_numbers:read");
  // Skipping happens among ids, in the index: the columns of a number are worth several reads each.
  const rows = await database().$queryRaw<NumberRow[]>`
    WITH page AS (
      SELECT id FROM phone_number WHERE organization_id = ${ctx.organizationId} AND live
      ORDER BY created_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}::bigint)
    SELECT ${numberColumns} FROM page JOIN phone_number n USING (id)
    ORDER BY n.created_at DESC, n.id DESC`;
  const now = new Date();
  return {
    numbers: rows.map((row) => serializeNumber(row, now)),
    total: await countLiveNumbers(database(), ctx.organizationId),
  };
}

/** The numbers an agent answers and those it calls from, all of them, newest first. Throws `not_found`. */
export async function listNumbersOfAgent(
  ctx: Ctx,
  agentId: string,
): Promise<Record<Direction, PhoneNumber[]>> {
  requireScope(ctx, "phone_numbers:read");
  const { organizationId } = ctx;
  const agent = await database().agent.findFirst({
    where: { organizationId, id: agentId, deletedAt: null },
    select: { id: true },
  });
  if (!agent) throw notFound("agent");
  const rows = await database().$queryRaw<NumberRow[]>`
    SELECT ${numberColumns} FROM phone_number n
    WHERE n.organization_id = ${organizationId} AND n.id IN (
      SELECT phone_number_id FROM assignment WHERE organization_id = ${organizationId} AND agent_id = ${agentId})
    ORDER BY n.created_at DESC, n.id DESC`;
  const now = new Date();
  const numbers = rows.map((row) => serializeNumber(row, now));
  return {
    inbound: numbers.filter(({ inbound }) => inbound?.agent_id === agentId),
    outbound: numbers.filter(({ outbound }) => outbound?.agent_id === agentId),
  };
}

function parseSort(sort: NumberSort): { field: SortField; descending: boolean } {
  const descending = sort.startsWith("-");
  return { field: (descending ? sort.slice(1) : sort) as SortField, descending };
}

function filtersOf(query: ListPhoneNumbersQuery): Prisma.Sql[] {
  const states = query.status?.flatMap(statesOf);
  const filters: (Prisma.Sql | undefined)[] = [
    states ? inStates(states) : Prisma.sql`n.live`,
    query.q ? freeText(query.q) : undefined,
    query.phone_number ? Prisma.sql`n.phone_number LIKE ${like(query.phone_number)}` : undefined,
    query.assigned === undefined ? undefined : assigned(query.assigned),
    query.outbound_shareable === undefined
      ? undefined
      : Prisma.sql`n.outbound_shareable = ${query.outbound_shareable}`,
    query.agent_id ? holds(query.agent_id) : undefined,
    query.inbound_agent_id ? holds(query.inbound_agent_id, "inbound") : undefined,
    query.outbound_agent_id ? holds(query.outbound_agent_id, "outbound") : undefined,
    query.country_code ? Prisma.sql`n.country_code = ${query.country_code}` : undefined,
    query.phone_number_type ? Prisma.sql`n.type = ${query.phone_number_type}::number_type` : undefined,
    query.trunk_id ? Prisma.sql`n.trunk_id = ${query.trunk_id}` : undefined,
    query.created_after ? Prisma.sql`n.created_at > ${query.created_after}::timestamptz` : undefined,
    query.created_before ? Prisma.sql`n.created_at < ${query.created_before}::timestamptz` : undefined,
    query.updated_after
      ? Prisma.sql`n.assignment_changed_at > ${query.updated_after}::timestamptz`
      : undefined,
    query.updated_before
      ? Prisma.sql`n.assignment_changed_at < ${query.updated_before}::timestamptz`
      : undefined,
  ];
  return filters.filter((filter) => filter !== undefined);
}

/** Says `live` or `NOT live` beside the states where it can, since the indexes of the directory are split by it. */
function inStates(states: NumberState[]): Prisma.Sql {
  const listed = Prisma.sql`n.state::text = ANY(${states})`;
  if (states.every(isLive)) return Prisma.sql`n.live AND ${listed}`;
  return states.some(isLive) ? listed : Prisma.sql`NOT n.live AND ${listed}`;
}

/** Over number, label and agent name. Digits are compared without the punctuation people type between them. */
function freeText(text: string): Prisma.Sql {
  const digits = text.replace(/[^0-9]/g, "");
  const numberish = /^[0-9+().\-\s]+$/.test(text) && digits.length > 0;
  const byNumber = numberish ? Prisma.sql`n.phone_number LIKE ${like(digits)}` : Prisma.sql`false`;
  return Prisma.sql`(${byNumber} OR n.label ILIKE ${like(text)} OR EXISTS (
    SELECT 1 FROM assignment s JOIN agent a ON a.organization_id = s.organization_id AND a.id = s.agent_id
    WHERE s.phone_number_id = n.id AND a.name ILIKE ${like(text)}))`;
}

function assigned(wanted: boolean): Prisma.Sql {
  const filled = Prisma.sql`EXISTS (SELECT 1 FROM assignment s WHERE s.phone_number_id = n.id)`;
  return wanted ? filled : Prisma.sql`NOT ${filled}`;
}

function holds(agentId: string, direction?: Direction): Prisma.Sql {
  const slot = direction ? Prisma.sql`AND s.direction = ${direction}::direction` : Prisma.empty;
  return Prisma.sql`EXISTS (SELECT 1 FROM assignment s WHERE s.phone_number_id = n.id AND s.agent_id = ${agentId} ${slot})`;
}

/** Contains `text`, with its own wildcards taken literally. */
function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
