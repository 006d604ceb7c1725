import { recordAudit } from "../audit";
import { nextRenewal } from "../billing";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import type { Tx } from "../db/transaction";
import { AppError } from "../errors";
import { failPoint } from "../fail-points";
import { emptySlots } from "./assign";
import { orderRelease } from "./start-release";
import { getNumberOrThrow, moveNumber, type NumberRow } from "./store";

/** How long a number is kept before it is given back: so many days, or until shortly before its next month is charged. */
export type Hold = "before_renewal" | number;

const hourMs = 60 * 60 * 1000;
/** Room for a stopped process, or a carrier that is away, before the next month is charged after all. */
const beforeRenewalMs = 12 * hourMs;

/** When a hold made at `now` ends; at once when the month is about to be charged. */
export function holdEnd(hold: Hold, purchasedAt: Date, now: Date): Date {
  if (hold !== "before_renewal") return new Date(now.getTime() + hold * 24 * hourMs);
  const end = nextRenewal(purchasedAt, now).getTime() - beforeRenewalMs;
  return new Date(Math.max(end, now.getTime()));
}

/** Whether the number waits already, for as long as this hold would have it wait. */
export function isHeldFor({ state, release, purchased_at }: NumberRow, hold: Hold | undefined): boolean {
  if (state !== "held" || hold === undefined || !release || !purchased_at) return false;
  const end = holdEnd(hold, purchased_at, new Date(release.requested_at));
  return end.getTime() === new Date(release.release_at).getTime();
}

/** Throws `validation_failed` where there is nothing to wait for: no carrier is told, and the number can be registered again. */
export function requireHoldable({ source }: NumberRow, hold: Hold | undefined): void {
  if (hold === undefined || source === "managed") return;
  const message = "Only a number bought here can be kept before it is released.";
  throw new AppError("validation_failed", `hold: ${message}`, { errors: [{ path: "hold", message }] });
}

/**
 * Empties the slots of a locked active number and keeps it until its hold ends: it is still charged, counts against the
 * limit and answers nobody. Recovery gives it back then. Returns the number as it is then.
 */
export async function holdNumber(tx: Tx, ctx: Ctx, number: NumberRow, hold: Hold): Promise<NumberRow> {
  const { purchased_at } = number;
  if (!purchased_at) throw new Error("A managed number is active without a day of purchase.");
  const releaseAt = await orderRelease(tx, ctx, number, (now) => holdEnd(hold, purchased_at, now));
  await failPoint("hold.ordered");
  await emptySlots(tx, ctx, number, ["inbound", "outbound"]);
  const set = [Prisma.sql`version = version + 1`, Prisma.sql`next_check_at = ${releaseAt}`];
  const fence = await moveNumber(tx, { id: number.id, to: "held", fence: number.fence, set });
  if (fence === null) throw new Error("A locked number moved.");
  await failPoint("hold.moved");
  await recordAudit(tx, ctx, {
    action: "phone_number.release_held",
    objectType: "phone_number",
    objectId: number.id,
    after: { release_at: releaseAt.toISOString() },
  });
  return await getNumberOrThrow(tx, ctx.organizationId, number.id);
}
