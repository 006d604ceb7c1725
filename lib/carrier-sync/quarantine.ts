import { recordAudit } from "../audit";
import type { OwnedNumber } from "../carriers/carrier";
import { kindsOfNumber } from "../carriers/numbering";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import type { Tx } from "../db/transaction";
import { failPoint } from "../fail-points";
import type { ManagedAccountRow } from "../managed-accounts";
import { ensureManagedTrunk, findLiveNumber, moveNumber, nothingDue } from "../phone-numbers";
import type { Finding } from "./compare";
import { syncContext } from "./starter";

type LostPurchase = Extract<Finding, { kind: "lost_purchase" }>;

/** Whose the number is and which row stands for it now; without a row where none can. */
export interface Home {
  organizationId: string | null;
  phoneNumberId: string | null;
}

/**
 * Gives a number that the carrier bills to us a row that counts and waits for a person: its old one, or one rebuilt
 * from its tag; found in another account than it was bought in, it is of that one now. Where another live row holds its digits, or its organization is not known, nothing is changed. The
 * organization is locked.
 */
export async function quarantineLost(
  tx: Tx,
  account: ManagedAccountRow,
  number: OwnedNumber,
  lost: LostPurchase,
): Promise<Home> {
  const organizationId = lost.row ? lost.row.organization_id : lost.owner.organizationId;
  const known = await tx.organization.findUnique({ where: { id: organizationId }, select: { id: true } });
  if (!known) return { organizationId: null, phoneNumberId: null };
  const holder = await findLiveNumber(number.phoneNumber, tx);
  if (holder) return { organizationId, phoneNumberId: lost.row?.id ?? null };
  const ctx = syncContext(organizationId);
  if (!lost.row) {
    const rebuilt = { id: lost.owner.numberId, tag: number.tag };
    const inserted = await insertFound(tx, ctx, account, number, rebuilt);
    if (inserted) await failPoint("sync.quarantined", number.phoneNumber);
    return { organizationId, phoneNumberId: inserted ? rebuilt.id : null };
  }
  const { id, state, fence, carrier_number_id, managed_account_id } = lost.row;
  const moved = managed_account_id !== account.id;
  const set = [
    ...(moved
      ? [
          Prisma.sql`managed_account_id = ${account.id}`,
          Prisma.sql`trunk_id = ${await ensureManagedTrunk(tx, ctx, account)}`,
        ]
      : []),
    Prisma.sql`carrier_number_id = ${number.carrierNumberId}`,
    Prisma.sql`released_at = NULL`,
    ...nothingDue,
  ];
  if ((await moveNumber(tx, { id, to: "quarantined", fence, set })) === null)
    throw new Error("A locked number moved.");
  await recordAudit(tx, ctx, {
    action: "phone_number.quarantined",
    objectType: "phone_number",
    objectId: id,
    before: { state, carrier_number_id, ...(moved ? { managed_account_id } : {}) },
    after: {
      state: "quarantined",
      carrier_number_id: number.carrierNumberId,
      ...(moved ? { managed_account_id: account.id } : {}),
    },
  });
  await failPoint("sync.quarantined", number.phoneNumber);
  return { organizationId, phoneNumberId: id };
}

/**
 * A new row, quarantined, for a number found at the carrier. False when there can be none: its digits belong to no
 * country, or its id or digits are taken.
 */
export async function insertFound(
  tx: Tx,
  ctx: Ctx,
  account: ManagedAccountRow,
  { carrierNumberId, phoneNumber }: Pick<OwnedNumber, "carrierNumberId" | "phoneNumber">,
  { id, tag }: { id: string; tag: string },
): Promise<boolean> {
  const kinds = kindsOfNumber(phoneNumber);
  const type = kinds?.types[0];
  if (!kinds || !type) return false;
  const { organizationId } = ctx;
  const trunkId = await ensureManagedTrunk(tx, ctx, account);
  const inserted = await tx.$executeRaw`
    INSERT INTO phone_number (id, organization_id, phone_number, state, source, managed_account_id, trunk_id, tag,
      carrier_number_id, country_code, type)
    VALUES (${id}, ${organizationId}, ${phoneNumber}, 'quarantined', 'managed', ${account.id}, ${trunkId}, ${tag},
      ${carrierNumberId}, ${kinds.countryCode}, ${type}::number_type)
    ON CONFLICT DO NOTHING`;
  if (inserted === 0) return false;
  await recordAudit(tx, ctx, {
    action: "phone_number.quarantined",
    objectType: "phone_number",
    objectId: id,
    after: { state: "quarantined", carrier_number_id: carrierNumberId },
  });
  return true;
}
