import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { inTransaction } from "../db/transaction";
import { requireScope } from "../permissions";
import { requireActive, requireVersion } from "./assign";
import type { PhoneNumber, UpdatePhoneNumberBody } from "./schema";
import { serializeNumber } from "./serialize";
import { getNumberOrThrow, lockNumberOrThrow } from "./store";

interface Update {
  phoneNumber: string;
  changes: UpdatePhoneNumberBody;
  expectedVersion?: number | undefined;
}

/**
 * Sets whether any agent of the organization may call from the number, its label, and whether it is locked against being
 * released; unlocking takes the right to release. Nothing else can be edited. Repeating it changes nothing. Throws
 * `missing_scope`, `not_found`, `stale_edit`, and `number_not_active` when a number that is not active is to be locked.
 */
export async function updatePhoneNumber(
  ctx: Ctx,
  { phoneNumber, changes, expectedVersion }: Update,
): Promise<PhoneNumber> {
  requireScope(ctx, "phone_numbers:manage");
  if (changes.locked === false) requireScope(ctx, "phone_numbers:release");
  const id = await inTransaction(async (tx) => {
    const number = await lockNumberOrThrow(tx, ctx.organizationId, phoneNumber);
    requireVersion(number, expectedVersion);
    const { outbound_shareable, label, locked } = number;
    const before = { outbound_shareable, label, locked };
    const after = {
      outbound_shareable: changes.outbound_shareable ?? outbound_shareable,
      label: changes.label === undefined ? label : changes.label || null,
      locked: changes.locked ?? locked,
    };
    if (isDeepStrictEqual(after, before)) return number.id;
    if (after.locked && !locked) requireActive(number);
    await tx.phoneNumber.update({
      where: { id: number.id },
      data: {
        outboundShareable: after.outbound_shareable,
        label: after.label,
        locked: after.locked,
        version: { increment: 1 },
      },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "phone_number.updated",
      objectType: "phone_number",
      objectId: number.id,
      before,
      after,
    });
    return number.id;
  });
  return serializeNumber(await getNumberOrThrow(database(), ctx.organizationId, id));
}
