import type { Prisma } from "../db/generated/client";
import type { CarrierSync } from "./schema";

export const syncColumns = {
  id: true,
  managedAccountId: true,
  status: true,
  startedBy: true,
  numbersSeen: true,
  driftsSeen: true,
  error: true,
  startedAt: true,
  finishedAt: true,
  managedAccount: { select: { name: true } },
} as const;

type SyncRow = Prisma.CarrierSyncGetPayload<{ select: typeof syncColumns }>;

/** How the reason of a comparison begins that failed at the carrier; what follows are the carrier's words. */
export const unreadSentence = "The carrier could not be read";

interface Viewer {
  organizationId: string | undefined;
  /** Whether it runs the installation too. */
  operates: boolean;
}

/**
 * One comparison as an organization may see it: people of others stay unnamed, and what the account has and answers is
 * for those who run the installation, since all organizations share it.
 */
export function serializeSync(row: SyncRow, { organizationId, operates }: Viewer): CarrierSync {
  const by = row.startedBy as {
    kind: CarrierSync["started_by"]["kind"];
    name: string;
    organization_id?: string;
  };
  const isKnown = by.organization_id === undefined || by.organization_id === organizationId;
  return {
    id: row.id,
    managed_account_id: row.managedAccountId,
    managed_account_name: row.managedAccount.name,
    status: row.status,
    started_by: { kind: by.kind, name: isKnown ? by.name : "Another organization" },
    numbers_seen: operates ? row.numbersSeen : null,
    drifts_seen: operates ? row.driftsSeen : null,
    error: !operates && row.error?.startsWith(unreadSentence) ? `${unreadSentence}.` : row.error,
    started_at: row.startedAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}
