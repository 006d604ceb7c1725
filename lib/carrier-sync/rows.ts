import type { OwnedNumber } from "../carriers/carrier";
import { Prisma } from "../db/generated/client";
import type { NumberSource, NumberState } from "../db/generated/enums";
import type { Db, Tx } from "../db/transaction";
import { voiceUrlOf } from "../phone-numbers";
import type { Candidates } from "./compare";

/** Rows of numbers as a comparison needs them: of any organization and in any state. */

export interface KnownNumber {
  id: string;
  organization_id: string;
  phone_number: string;
  state: NumberState;
  live: boolean;
  source: NumberSource;
  managed_account_id: string | null;
  carrier_number_id: string | null;
  tag: string | null;
  fence: number;
  /** Where the carrier should send its calls. */
  voice_url: string;
}

const columns = Prisma.sql`
  id, organization_id, phone_number, state, live, source, managed_account_id, carrier_number_id, tag, fence`;

/** The rows a page of the carrier's list may be about, found again for each number by `candidatesOf`. */
export async function findRows(
  db: Db,
  managedAccountId: string,
  numbers: readonly OwnedNumber[],
): Promise<RowIndex> {
  return indexRows(await select(db, managedAccountId, numbers, Prisma.empty));
}

/** As findRows for one number, holding the rows until the transaction ends. */
export async function lockRows(tx: Tx, managedAccountId: string, number: OwnedNumber): Promise<RowIndex> {
  return indexRows(await select(tx, managedAccountId, [number], Prisma.sql`ORDER BY id FOR NO KEY UPDATE`));
}

async function select(
  db: Db,
  managedAccountId: string,
  numbers: readonly OwnedNumber[],
  ending: Prisma.Sql,
): Promise<KnownNumber[]> {
  const rows = await db.$queryRaw<Omit<KnownNumber, "voice_url">[]>`
    SELECT ${columns} FROM phone_number
    WHERE carrier_number_id = ANY(${numbers.map((number) => number.carrierNumberId)}) AND managed_account_id = ${managedAccountId}
      OR tag = ANY(${numbers.map((number) => number.tag)})
      OR live AND phone_number = ANY(${numbers.map((number) => number.phoneNumber)})
    ${ending}`;
  return rows.map(withVoiceUrl);
}

/** Numbers that should be at the carrier since before `startedAt`, whatever its list says. */
export async function listExpected(
  db: Db,
  managedAccountId: string,
  startedAt: Date,
): Promise<{ id: string; organization_id: string; carrier_number_id: string }[]> {
  return await db.$queryRaw`
    SELECT id, organization_id, carrier_number_id FROM phone_number
    WHERE managed_account_id = ${managedAccountId} AND source = 'managed' AND state IN ('active', 'held', 'quarantined')
      AND coalesce(purchased_at, created_at) < ${startedAt} AND carrier_number_id IS NOT NULL
    ORDER BY id`;
}

interface RowIndex {
  candidatesOf(number: OwnedNumber): Candidates;
}

function indexRows(rows: readonly KnownNumber[]): RowIndex {
  const byCarrierNumber = new Map<string, KnownNumber>();
  const byTag = new Map<string, KnownNumber>();
  const byDigits = new Map<string, KnownNumber>();
  for (const row of rows) {
    const { carrier_number_id: id, tag } = row;
    // An id that was let go of and taken over again has several rows; the live one says what it is now.
    if (id !== null && (row.live || !byCarrierNumber.has(id))) byCarrierNumber.set(id, row);
    if (tag !== null) byTag.set(tag, row);
    if (row.live) byDigits.set(row.phone_number, row);
  }
  return {
    candidatesOf: ({ carrierNumberId, tag, phoneNumber }) => ({
      byCarrierNumber: byCarrierNumber.get(carrierNumberId),
      byTag: byTag.get(tag),
      byDigits: byDigits.get(phoneNumber),
    }),
  };
}

function withVoiceUrl(row: Omit<KnownNumber, "voice_url">): KnownNumber {
  return { ...row, voice_url: voiceUrlOf(row.id) };
}
