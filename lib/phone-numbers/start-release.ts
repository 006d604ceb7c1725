import { recordAudit } from "../audit";
import { chargeBegunMonths } from "../billing";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import type { Tx } from "../db/transaction";
import { failPoint } from "../fail-points";
import { newId } from "../ids";
import { snapshot } from "./assign";
import { leaseInterval } from "./lease";
import { moveNumber, type NumberRow } from "./store";

/** The first steps of a release: what is meant, written down before the carrier hears of it. */

/**
 * Writes the intent to give a locked number back, with its slots as they stand, and when: `moment` gets the database's
 * time, which alone counts. Returns when.
 */
export async function orderRelease(
  tx: Tx,
  ctx: Ctx,
  number: NumberRow,
  moment: (now: Date) => Date,
): Promise<Date> {
  const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  if (!clock) throw new Error("The database tells no time.");
  const { releaseAt } = await tx.releaseOrder.create({
    data: {
      id: newId("rel"),
      organizationId: ctx.organizationId,
      phoneNumberId: number.id,
      slots: number.slots.map((slot) => ({ direction: slot.direction, ...snapshot(slot) })),
      requestedBy: { ...ctx.actor, surface: ctx.surface },
      requestId: ctx.requestId,
      createdAt: clock.now,
      releaseAt: moment(clock.now),
    },
    select: { releaseAt: true },
  });
  return releaseAt;
}

/**
 * Moves a number that has a release order to `releasing`, taken by the caller: its call to the carrier comes next. A
 * hold ends with it, and the months it was ours in are charged, since renewal leaves it alone from here on. Returns the
 * fence, or null when somebody else moved the number meanwhile.
 */
export async function startReleasing(
  tx: Tx,
  ctx: Ctx,
  { id, fence }: { id: string; fence: number },
): Promise<number | null> {
  await chargeBegunMonths(tx, id);
  const lease = Prisma.sql`now() + ${leaseInterval()}`;
  const set = [
    Prisma.sql`call_started_at = now()`,
    // Looks of a purchase long settled would make recovery wait as if the release were old.
    Prisma.sql`lookups = 0`,
    Prisma.sql`lease_until = ${lease}`,
    Prisma.sql`next_check_at = ${lease}`,
  ];
  const taken = await moveNumber(tx, { id, to: "releasing", fence, set });
  if (taken === null) return null;
  await tx.$executeRaw`
    UPDATE release_order SET release_at = now() WHERE phone_number_id = ${id} AND status = 'pending' AND release_at > now()`;
  await failPoint("release.moved", id);
  await recordAudit(tx, ctx, {
    action: "phone_number.release_requested",
    objectType: "phone_number",
    objectId: id,
  });
  return taken;
}
