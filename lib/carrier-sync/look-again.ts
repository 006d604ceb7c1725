import type { Carrier, OwnedNumber } from "../carriers/carrier";
import { database } from "../db/client";
import { inTransaction, type Tx } from "../db/transaction";
import { env } from "../env";
import { enterSafeMode } from "../installation";
import { log } from "../log";
import type { ManagedAccountRow } from "../managed-accounts";
import { lockNumberOrThrow, lockOrganization, ownerOfTag, voiceUrlOf } from "../phone-numbers";
import { compareNumber, type Finding, isSameFinding, rowOf } from "./compare";
import { endStay } from "./gone";
import type { Suspicion } from "./list-account";
import { type Home, quarantineLost } from "./quarantine";
import { expectationOf, leaveOpen, recordSighting, wasDecidedSince } from "./record";
import { findRows, lockRows } from "./rows";
import { keepRunning, type Run } from "./run";
import { syncContext } from "./starter";
import { closeDrift, observe } from "./store";

/** The second look, at one number at a time: at the carrier, and at our rows under a lock. Only what both say is kept. */

export interface Comparison {
  run: Run;
  account: ManagedAccountRow;
  carrier: Carrier;
  seen: ReadonlySet<string>;
}

/** Looks again at something suspicious and writes it down if it is so. Throws CarrierError and OvertakenError. */
export async function lookAgainAtFinding(
  comparison: Comparison,
  { listed, finding }: Suspicion,
): Promise<void> {
  const { run, account, carrier } = comparison;
  await keepRunning(database(), run);
  const number = await carrier.getNumber(listed.carrierNumberId);
  if (!number) return;
  if (finding.kind === "duplicate" && !(await hasItsOwn(comparison, finding.row.carrier_number_id))) return;
  const now = (await findRows(database(), account.id, [number])).candidatesOf(number);
  const owner = await ownerOfTag(number.tag);
  const found = compareNumber(number, account.id, now, owner);
  if (isSameFinding(finding, found)) await noticeLostCommits(account.id, number, finding);
  const home = await inTransaction(async (tx) => {
    await keepRunning(tx, run);
    await lockOwner(tx, finding);
    const rows = await lockRows(tx, account.id, number);
    const agreed = compareNumber(number, account.id, rows.candidatesOf(number), owner);
    const isStale = await wasDecidedSince(tx, run, number.carrierNumberId);
    if (!agreed || !isSameFinding(finding, agreed) || isStale) {
      await leaveOpen(tx, account.id, number.carrierNumberId);
      return null;
    }
    return await writeDown(tx, account, number, agreed);
  });
  if (home && finding.kind === "lost_purchase") {
    log.error(
      { phoneNumber: number.phoneNumber, carrierNumberId: number.carrierNumberId, ...home },
      "The carrier bills a number of ours that our rows said we do not have.",
    );
  }
}

/** Two of the carrier's numbers claim one row only while the row's own is there; otherwise it is missing, and comes first. */
async function hasItsOwn({ carrier, seen }: Comparison, carrierNumberId: string | null): Promise<boolean> {
  if (carrierNumberId === null) return false;
  return seen.has(carrierNumberId) || (await carrier.getNumber(carrierNumberId)) !== null;
}

/**
 * Rows are never deleted: one that is missing was committed once and is lost, and so may others be. Everybody reads the
 * reason, so it does not name the number.
 */
async function noticeLostCommits(
  managedAccountId: string,
  number: OwnedNumber,
  finding: Finding,
): Promise<void> {
  if (finding.kind !== "lost_purchase" || finding.row) return;
  const where = {
    managedAccountId,
    carrierNumberId: number.carrierNumberId,
    status: { not: "settled" as const },
  };
  if ((await database().drift.count({ where })) > 0) return;
  await enterSafeMode("The carrier bills a number whose purchase is not on record here any more.");
}

/** First lock of a transaction that may change how many numbers an organization has; one that is lost has no lock. */
async function lockOwner(tx: Tx, finding: Finding): Promise<void> {
  if (finding.kind !== "lost_purchase") return;
  const organizationId = finding.row ? finding.row.organization_id : finding.owner.organizationId;
  await tx.$queryRaw`SELECT 1 FROM organization WHERE id = ${organizationId} FOR NO KEY UPDATE`;
}

async function writeDown(
  tx: Tx,
  account: ManagedAccountRow,
  number: OwnedNumber,
  finding: Finding,
): Promise<Home> {
  const row = rowOf(finding);
  const home =
    finding.kind === "lost_purchase"
      ? await quarantineLost(tx, account, number, finding)
      : { organizationId: row?.organization_id ?? null, phoneNumberId: row?.id ?? null };
  await recordSighting(tx, {
    managedAccountId: account.id,
    kind: finding.kind,
    ...home,
    phoneNumber: number.phoneNumber,
    carrierNumberId: number.carrierNumberId,
    expected: row ? expectationOf(row) : {},
    observed: observe(number),
  });
  return home;
}

/**
 * Asks for one number that the list did not have. Not there at two comparisons, a quiet window apart, it is gone; once is
 * only written down, since a list and even a read may lag. Throws CarrierError and OvertakenError.
 */
export async function lookForMissing(
  { run, account, carrier }: Comparison,
  row: { id: string; organization_id: string; carrier_number_id: string },
): Promise<void> {
  await keepRunning(database(), run);
  if (await carrier.getNumber(row.carrier_number_id)) return;
  const ctx = syncContext(row.organization_id);
  await inTransaction(async (tx) => {
    await keepRunning(tx, run);
    await lockOrganization(tx, ctx.organizationId);
    const number = await lockNumberOrThrow(tx, ctx.organizationId, row.id);
    const isExpected = number.state === "active" || number.state === "held" || number.state === "quarantined";
    if (!isExpected || number.carrier_number_id !== row.carrier_number_id) return;
    const { id, isNew } = await recordSighting(tx, {
      managedAccountId: account.id,
      kind: "missing",
      organizationId: number.organization_id,
      phoneNumberId: number.id,
      phoneNumber: number.phone_number,
      carrierNumberId: row.carrier_number_id,
      expected: {
        voice_url: voiceUrlOf(number.id),
        state: number.state,
        carrier_number_id: row.carrier_number_id,
      },
      observed: {},
    });
    if (isNew || !(await isLongMissing(tx, id))) return;
    if (!(await endStay(tx, ctx, number, id)))
      await closeDrift(tx, id, { resolution: "disappeared", by: null });
  });
}

async function isLongMissing(tx: Tx, driftId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM drift WHERE id = ${driftId}
      AND first_seen_at <= now() - make_interval(secs => ${env().LINEDESK_QUIET_WINDOW_SECONDS})`;
  return rows.length > 0;
}
