import type { Carrier, OwnedNumber } from "../carriers/carrier";
import { CarrierError } from "../carriers/errors";
import { database } from "../db/client";
import { failPoint } from "../fail-points";
import { log } from "../log";
import { ownerOfTag } from "../phone-numbers";
import { compareNumber, type Finding } from "./compare";
import { findUnchanged, leaveOpen, listUnsettled, markSeen } from "./record";
import { findRows, listExpected } from "./rows";
import { keepRunning, type Run } from "./run";

/** Something that one look at a list and at our rows says; a second look decides. */
export interface Suspicion {
  listed: OwnedNumber;
  finding: Finding;
}

interface Listing {
  /** The carrier's ids of all numbers it listed, also of those that nothing else could be read of. */
  seen: ReadonlySet<string>;
  suspicions: Suspicion[];
  /** Rows that should be in the list and are not. */
  unlisted: { id: string; organization_id: string; carrier_number_id: string }[];
}

/**
 * Reads the whole list of an account, page by page, and compares each page with our rows as they are then. The list may
 * change meanwhile, so nothing here is more than a suspicion. Throws CarrierError, also for a list that goes in circles.
 */
export async function listAccount(run: Run, carrier: Carrier): Promise<Listing> {
  const unsettled = await listUnsettled(database(), run.managedAccountId);
  const seen = new Set<string>();
  const suspicions: Suspicion[] = [];
  const unchanged: string[] = [];
  const unreadable: (string | null)[] = [];
  const places = new Set<string>();
  let after: string | undefined;
  while (true) {
    const page = await carrier.listNumbers(after);
    await keepRunning(database(), run);
    for (const suspicion of await comparePage(run, page.numbers)) {
      const card = findUnchanged(
        unsettled.get(suspicion.listed.carrierNumberId),
        suspicion.finding,
        suspicion.listed,
      );
      if (card === null) suspicions.push(suspicion);
      else unchanged.push(card);
    }
    for (const number of page.numbers) seen.add(number.carrierNumberId);
    unreadable.push(...page.unreadable);
    await failPoint("sync.listed", run.id);
    if (page.after === null) break;
    if (places.has(page.after))
      throw new CarrierError("unknown", "The carrier's list goes on at a place where it was before.");
    places.add(page.after);
    after = page.after;
  }
  await setAside(run, unreadable, seen);
  await markSeen(database(), unchanged);
  const expected = await listExpected(database(), run.managedAccountId, run.startedAt);
  return { seen, suspicions, unlisted: expected.filter((row) => !seen.has(row.carrier_number_id)) };
}

/** Numbers that are listed and cannot be compared are not missing, and what is written of them stays as it is. */
async function setAside(run: Run, unreadable: readonly (string | null)[], seen: Set<string>): Promise<void> {
  if (unreadable.length === 0) return;
  log.error(
    { syncId: run.id, count: unreadable.length, carrierNumberIds: unreadable.slice(0, 20) },
    "The carrier lists numbers in a way that cannot be read; they were not compared.",
  );
  for (const id of unreadable) {
    if (id === null) continue;
    seen.add(id);
    await leaveOpen(database(), run.managedAccountId, id);
  }
}

async function comparePage(run: Run, numbers: OwnedNumber[]): Promise<Suspicion[]> {
  if (numbers.length === 0) return [];
  const rows = await findRows(database(), run.managedAccountId, numbers);
  const suspicions: Suspicion[] = [];
  for (const listed of numbers) {
    const owner = await ownerOfTag(listed.tag);
    const finding = compareNumber(listed, run.managedAccountId, rows.candidatesOf(listed), owner);
    if (finding) suspicions.push({ listed, finding });
  }
  return suspicions;
}
