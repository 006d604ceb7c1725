import type { Ctx } from "../context";
import { inTransaction, type Tx } from "../db/transaction";
import { AppError } from "../errors";
import { failPoint } from "../fail-points";
import { requireReleasing } from "../kill-switches";
import { carrierOf, getManagedAccountOrThrow, type ManagedAccountRow } from "../managed-accounts";
import {
  lockNumberOrThrow,
  lockOrganization,
  type NumberRow,
  orderRelease,
  sendRelease,
  sendWithinMs,
  startReleasing,
} from "../phone-numbers";
import { lockedSentence } from "./fitting-actions";
import { claimFoundNumber } from "./found-row";
import { markAsOurs } from "./mark";
import { closeDrift, type DriftRow, isOnItsWayBack, lockOpenDrift } from "./store";

/**
 * Releases a number that the carrier bills to us and nobody wants. It first gets a row and our mark, so that from there
 * on it is a release like any other, which recovery finishes: only what is ours to give is ever given back. Repeated
 * while it is on its way, nothing more is sent.
 */
export async function giveBack(ctx: Ctx, drift: DriftRow): Promise<void> {
  const account = await getManagedAccountOrThrow(drift.managedAccountId);
  if (isOnItsWayBack(drift)) return await settleIfReleased(ctx, drift.id);
  const claimed = await inTransaction((tx) => claim(tx, ctx, account, drift));
  await failPoint("give-back.claimed", claimed.phone_number);
  if (claimed.state === "releasing") return;
  await markAsOurs(account, claimed);
  await failPoint("give-back.marked", claimed.phone_number);
  const sendUntil = performance.now() + sendWithinMs();
  const fence = await inTransaction((tx) => start(tx, ctx, account, claimed, drift.id));
  if (fence !== null) await send(ctx, account, claimed, fence, sendUntil);
  await settleIfReleased(ctx, drift.id);
}

async function claim(tx: Tx, ctx: Ctx, account: ManagedAccountRow, drift: DriftRow): Promise<NumberRow> {
  await requireReleasing(tx, { organizationId: ctx.organizationId, managedAccountId: account.id });
  const number = await claimFoundNumber(tx, ctx, account, drift.id, { takesRoom: false });
  requireUnlocked(number);
  return number;
}

async function start(
  tx: Tx,
  ctx: Ctx,
  account: ManagedAccountRow,
  { id }: NumberRow,
  driftId: string,
): Promise<number | null> {
  await lockOrganization(tx, ctx.organizationId);
  const number = await lockNumberOrThrow(tx, ctx.organizationId, id);
  await lockOpenDrift(tx, ctx, driftId);
  if (number.state !== "quarantined") return null;
  requireUnlocked(number);
  await requireReleasing(tx, { organizationId: ctx.organizationId, managedAccountId: account.id });
  await orderRelease(tx, ctx, number, (now) => now);
  const fence = await startReleasing(tx, ctx, number);
  await failPoint("give-back.moved", number.phone_number);
  return fence;
}

async function send(
  ctx: Ctx,
  account: ManagedAccountRow,
  number: NumberRow,
  fence: number,
  sendUntil: number,
): Promise<void> {
  const outcome = await sendRelease(
    ctx,
    carrierOf(account),
    { numberId: number.id, fence },
    { carrierNumberId: number.carrier_number_id ?? "", sendUntil, answered: "release.answered" },
  );
  if (typeof outcome === "string") return;
  throw new AppError(outcome.code, `${outcome.detail} The number stays where it was.`, {
    carrier_code: outcome.carrierCode,
  });
}

async function settleIfReleased(ctx: Ctx, driftId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const drift = await lockOpenDrift(tx, ctx, driftId);
    if (isOnItsWayBack(drift) && drift.phoneNumberRow?.state === "released")
      await closeDrift(tx, driftId, { resolution: "given_back", by: ctx.actor });
  });
}

function requireUnlocked({ locked }: NumberRow): void {
  if (!locked) return;
  throw new AppError("number_locked", lockedSentence);
}
