import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import { inTransaction } from "../db/transaction";
import type { ErrorCode } from "../errors";
import { failPoint } from "../fail-points";
import { fillSlotIfPossible } from "./assign";
import type { Direction, SlotWish } from "./schema";
import { lockOrganization, moveNumber } from "./store";

/** The last step of a release, by its request or by recovery. With an old fence both change nothing and return false. */

export interface OpenRelease {
  numberId: string;
  fence: number;
}

interface Refusal {
  code: ErrorCode;
  detail: string;
  carrierCode: string | null;
}

const done = [Prisma.sql`lease_until = NULL`, Prisma.sql`next_check_at = NULL`];

/** The carrier no longer has the number: it stops counting and costing. */
export async function confirmRelease(ctx: Ctx, { numberId, fence }: OpenRelease): Promise<boolean> {
  return await inTransaction(async (tx) => {
    await lockOrganization(tx, ctx.organizationId);
    const moved = await moveNumber(tx, {
      id: numberId,
      to: "released",
      fence,
      set: [Prisma.sql`released_at = now()`, ...done],
    });
    if (moved === null) return false;
    await failPoint("release.confirming");
    await tx.$executeRaw`
      UPDATE release_order SET status = 'released', settled_at = now() WHERE phone_number_id = ${numberId} AND status = 'pending'`;
    await recordAudit(tx, ctx, {
      action: "phone_number.released",
      objectType: "phone_number",
      objectId: numberId,
    });
    await failPoint("release.confirmed");
    return true;
  });
}

/** The carrier refused for good: active again, slots put back as they were, renewal goes on. */
export async function refuseRelease(
  ctx: Ctx,
  { numberId, fence }: OpenRelease,
  refusal: Refusal,
): Promise<boolean> {
  return await inTransaction(async (tx) => {
    const moved = await moveNumber(tx, { id: numberId, to: "active", fence, set: done });
    if (moved === null) return false;
    const orders = await tx.$queryRaw<{ slots: (SlotWish & { direction: Direction })[] }[]>`
      UPDATE release_order SET status = 'refused', settled_at = now(), error_code = ${refusal.code},
        error_detail = ${refusal.detail}, carrier_code = ${refusal.carrierCode}
      WHERE phone_number_id = ${numberId} AND status = 'pending' RETURNING slots`;
    await recordAudit(tx, ctx, {
      action: "phone_number.release_refused",
      objectType: "phone_number",
      objectId: numberId,
      after: { code: refusal.code, carrier_code: refusal.carrierCode },
    });
    await failPoint("release.refusing");
    for (const { direction, ...wish } of orders[0]?.slots ?? []) {
      await fillSlotIfPossible(tx, ctx, numberId, direction, wish);
    }
    return true;
  });
}
