import type { OwnedNumber } from "../carriers/carrier";
import type { Actor, Ctx } from "../context";
import type { Prisma } from "../db/generated/client";
import type { DriftResolution, DriftStatus } from "../db/generated/enums";
import type { Db, Tx } from "../db/transaction";
import { AppError, notFound } from "../errors";
import { operatesInstallation } from "../installation";
import { foundKinds } from "../phone-numbers/vocabulary";
import type { Drift } from "./schema";

/** Rows of differences. Lock order: organization, number, difference. */

export interface Side {
  voice_url?: string;
  tag?: string;
  carrier_number_id?: string;
}

export interface Expected extends Side {
  state?: string;
  slots?: NonNullable<Drift["slots"]>;
}

const withNumber = {
  phoneNumberRow: {
    select: {
      id: true,
      phoneNumber: true,
      state: true,
      source: true,
      locked: true,
      tag: true,
      carrierNumberId: true,
      monthlyCost: true,
      currency: true,
      releaseOrders: { orderBy: { createdAt: "desc" }, take: 1, select: { createdAt: true, status: true } },
    },
  },
} as const;

export type DriftRow = Prisma.DriftGetPayload<{ include: typeof withNumber }>;

/** What the carrier says of a number, as it is kept and compared. */
export function observe({ voiceUrl, tag, carrierNumberId }: OwnedNumber): Side {
  return { voice_url: voiceUrl, tag, carrier_number_id: carrierNumberId };
}

export function isSameSide(one: Prisma.JsonValue, two: Side): boolean {
  const side = (one ?? {}) as Side;
  const fields = ["voice_url", "tag", "carrier_number_id"] as const;
  return fields.every((field) => side[field] === two[field]);
}

/** The differences a caller may know of: their organization's, and nobody's for those who run the installation. */
async function visibleTo(db: Db, ctx: Ctx): Promise<Prisma.DriftWhereInput> {
  const own = { organizationId: ctx.organizationId };
  return (await operatesInstallation(ctx, db)) ? { OR: [own, { organizationId: null }] } : own;
}

/** One difference the caller may know of. Throws `not_found`, also for another organization's. */
export async function getDriftOrThrow(db: Db, ctx: Ctx, driftId: string): Promise<DriftRow> {
  const where = { id: driftId, ...(await visibleTo(db, ctx)) };
  const drift = await db.drift.findFirst({ where, include: withNumber });
  if (!drift) throw notFound("difference");
  return drift;
}

export async function findDrifts(
  db: Db,
  ctx: Ctx,
  {
    status,
    after,
    limit,
  }: { status: DriftStatus; after: { firstSeenAt: Date; id: string } | null; limit: number },
): Promise<DriftRow[]> {
  // What waits longest comes first, and of what is decided the newest.
  const [direction, beyond] = status === "open" ? (["asc", "gt"] as const) : (["desc", "lt"] as const);
  const later: Prisma.DriftWhereInput = after
    ? {
        OR: [
          { firstSeenAt: { [beyond]: after.firstSeenAt } },
          { firstSeenAt: after.firstSeenAt, id: { [beyond]: after.id } },
        ],
      }
    : {};
  return await db.drift.findMany({
    where: { AND: [{ status }, await visibleTo(db, ctx), later] },
    include: withNumber,
    orderBy: [{ firstSeenAt: direction }, { id: direction }],
    take: limit,
  });
}

/** As getDriftOrThrow, holding a lock on the row until the transaction ends. Throws `drift_settled` besides. */
export async function lockOpenDrift(tx: Tx, ctx: Ctx, driftId: string): Promise<DriftRow> {
  await tx.$queryRaw`SELECT 1 FROM drift WHERE id = ${driftId} FOR UPDATE`;
  const drift = await getDriftOrThrow(tx, ctx, driftId);
  if (drift.status === "settled") throw settledAlready();
  return drift;
}

export function settledAlready(): AppError {
  return new AppError("drift_settled", "This difference is settled already.");
}

/** Unsettled differences with this number of the carrier, locked, oldest first. */
export async function lockUnsettled(
  tx: Tx,
  managedAccountId: string,
  carrierNumberId: string,
): Promise<DriftRow[]> {
  const where = { managedAccountId, carrierNumberId, status: { not: "settled" as const } };
  await tx.$queryRaw`
    SELECT 1 FROM drift WHERE managed_account_id = ${managedAccountId} AND carrier_number_id = ${carrierNumberId}
      AND status <> 'settled' ORDER BY id FOR UPDATE`;
  return await tx.drift.findMany({
    where,
    include: withNumber,
    orderBy: [{ firstSeenAt: "asc" }, { id: "asc" }],
  });
}

/** Ends a difference, or lays it aside as `accepted`, by a person's word. */
export async function closeDrift(
  tx: Tx,
  driftId: string,
  { resolution, by }: { resolution: DriftResolution; by: Actor | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE drift SET status = ${resolution === "accepted" ? "accepted" : "settled"}::drift_status,
      resolution = ${resolution}::drift_resolution, resolved_by = ${by && JSON.stringify(by)}::jsonb, resolved_at = now()
    WHERE id = ${driftId} AND status <> 'settled'`;
}

/** Whether a number is being given back, or was, by a decision about this difference. */
export function isOnItsWayBack({
  kind,
  firstSeenAt,
  carrierNumberId,
  phoneNumberRow: row,
}: DriftRow): boolean {
  if (!row || !foundKinds.includes(kind) || row.carrierNumberId !== carrierNumberId) return false;
  // A release from before the number was found again says nothing about this one.
  const [order] = row.releaseOrders;
  return row.state === "releasing" || (row.state === "released" && !!order && order.createdAt >= firstSeenAt);
}
