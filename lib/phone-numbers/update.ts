import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { inTransaction } from "../db/transaction";
import { requireScope } from "../permissions";
import { requireVersion } from "./assign";
import type { PhoneNumber, UpdatePhoneNumberBody } from "./schema";
import { serializeNumber } from "./serialize";
import { getNumberOrThrow, lockNumberOrThrow } from "./store";

interface Update {
  phoneNumber: string;
  changes: UpdatePhoneNumberBody;
  expectedVersion?: number | undefined;
}

/**
 * Sets whether any agent of the organization may call from the number, and its label. Nothing else can be edited.
 * Repeating it changes nothing. Throws `not_found` and `stale_edit`.
 */
export async function updatePhoneNumber(
  ctx: Ctx,
  { phoneNumber, changes, expectedVersion }: Update,
): Promise<PhoneNumber> {
  requireScope(ctx, "phone_numbers:manage");
  await inTransaction(async (tx) => {
    const number = await lockNumberOrThrow(tx, ctx.organizationId, phoneNumber);
    requireVersion(number, expectedVersion);
    const before = { outbound_shareable: number.outbound_shareable, label: number.label };
    const after = {
      outbound_shareable: changes.outbound_shareable ?? before.outbound_shareable,
      label: changes.label === undefined ? before.label : changes.label || null,
    };
    if (after.outbound_shareable === before.outbound_shareable && after.label === before.label) return;
    await tx.phoneNumber.update({
      where: { id: number.id },
      data: { outboundShareable: after.outbound_shareable, label: after.label, version: { increment: 1 } },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "phone_number.updated",
      objectType: "phone_number",
      objectId: number.id,
      before,
      after,
    });
  });
  return serializeNumber(await getNumberOrThrow(database(), ctx.organizationId, phoneNumber));
}
