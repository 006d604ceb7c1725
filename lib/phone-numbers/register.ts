import { recordAudit } from "../audit";
import { kindsOfNumber } from "../carriers/numbering";
import type { Ctx } from "../context";
import { inTransaction, type Tx } from "../db/transaction";
import { AppError, notFound } from "../errors";
import { newId } from "../ids";
import { requireScope } from "../permissions";
import { requireRoom, requireUnclaimed } from "./claim";
import { getPhoneNumber } from "./list";
import type { PhoneNumber, RegisterNumberBody } from "./schema";
import { countLiveNumbers, lockOrganization } from "./store";

const unavailable = "This number cannot be registered here.";

/**
 * Puts a number the customer has elsewhere on a trunk of their own, active at once: no carrier is called and nothing is
 * charged. Throws `validation_failed` for a number of no country, `not_found` for the trunk, `trunk_is_managed`,
 * `number_already_owned`, `purchase_in_progress`, `number_unavailable` and `number_limit_reached`.
 */
export async function registerPhoneNumber(ctx: Ctx, input: RegisterNumberBody): Promise<PhoneNumber> {
  requireScope(ctx, "phone_numbers:manage");
  const { phone_number: phoneNumber, trunk_id: trunkId } = input;
  const { countryCode, type } = kindOrThrow(phoneNumber);
  const id = newId("num");
  await inTransaction(async (tx) => {
    const { number_limit } = await lockOrganization(tx, ctx.organizationId);
    await requireOwnTrunk(tx, ctx, trunkId);
    await requireUnclaimed(tx, ctx, phoneNumber, unavailable);
    requireRoom(await countLiveNumbers(tx, ctx.organizationId), number_limit);
    const registered = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO phone_number (id, organization_id, phone_number, state, source, trunk_id, country_code, type, label)
      VALUES (${id}, ${ctx.organizationId}, ${phoneNumber}, 'active', 'byoc', ${trunkId}, ${countryCode},
        ${type}::number_type, ${input.label || null})
      ON CONFLICT (phone_number) WHERE live DO NOTHING RETURNING id`;
    // Another organization took it between the look above and now; a second look says so.
    if (registered.length === 0) {
      await requireUnclaimed(tx, ctx, phoneNumber, unavailable);
      throw new AppError("number_unavailable", unavailable);
    }
    await recordAudit(tx, ctx, {
      action: "phone_number.registered",
      objectType: "phone_number",
      objectId: id,
      after: { phone_number: phoneNumber, trunk_id: trunkId, label: input.label || null },
    });
  });
  return await getPhoneNumber(ctx, id);
}

/** Country and likeliest kind, which nobody asks the customer for: the digits tell. */
function kindOrThrow(phoneNumber: string) {
  const kinds = kindsOfNumber(phoneNumber);
  const type = kinds?.types[0];
  if (kinds && type) return { countryCode: kinds.countryCode, type };
  const message = "No country has numbers like this.";
  throw new AppError("validation_failed", `phone_number: ${message}`, {
    errors: [{ path: "phone_number", message }],
  });
}

/** Passes for a trunk of the organization's own, which then stays there until the number is on it. */
async function requireOwnTrunk(tx: Tx, ctx: Ctx, trunkId: string): Promise<void> {
  const [trunk] = await tx.$queryRaw<{ managed_account_id: string | null }[]>`
    SELECT managed_account_id FROM trunk
    WHERE organization_id = ${ctx.organizationId} AND id = ${trunkId} FOR KEY SHARE`;
  if (!trunk) throw notFound("trunk");
  if (trunk.managed_account_id === null) return;
  throw new AppError(
    "trunk_is_managed",
    "Linedesk runs this trunk: numbers arrive on it by buying them. Name a trunk of your own.",
  );
}
