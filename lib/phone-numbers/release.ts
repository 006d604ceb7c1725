import { recordAudit } from "../audit";
import { isoDate, nextRenewal } from "../billing";
import { CarrierError } from "../carriers/errors";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import { inTransaction, isDatabaseUnavailable, type Tx } from "../db/transaction";
import { AppError } from "../errors";
import { failPoint } from "../fail-points";
import { newId } from "../ids";
import { requireReleasing } from "../kill-switches/guard";
import { log } from "../log";
import { carrierOf, explainFailure, getManagedAccountOrThrow } from "../managed-accounts";
import { requireScope } from "../permissions";
import { emptySlots, requireActive, requireVersion, snapshot } from "./assign";
import { detachNumber } from "./detach";
import { leaseInterval, sendWithinMs } from "./lease";
import type { PhoneNumber, ReleasePlan } from "./schema";
import { decimalText, serializeNumber } from "./serialize";
import { confirmRelease, refuseRelease } from "./settle-release";
import { getNumberOrThrow, lockNumberOrThrow, lockOrganization, moveNumber, type NumberRow } from "./store";

export interface ReleaseResult {
  /** `releasing`: the carrier's answer is not known yet; the number is given back by itself. */
  outcome: "released" | "releasing" | "detached";
  number: PhoneNumber;
}

interface ReleaseInput {
  /** E.164 or id. */
  phoneNumber: string;
  /** Empty the slots first. Without it a number in use is refused. */
  unassign: boolean;
  expectedVersion?: number | undefined;
}

/**
 * Gives a number back to the carrier, at once and for good, or detaches one that was registered on an own trunk; the
 * row and its history stay. Repeating it is answered from the row. Throws `missing_scope`, `not_found`, `stale_edit`,
 * `number_not_managed`, `number_not_active`, `number_in_use`, and `carrier_refused` or `paperwork_required` when the
 * carrier says no, after which the number is active again with its slots as they were.
 */
export async function releasePhoneNumber(ctx: Ctx, input: ReleaseInput): Promise<ReleaseResult> {
  requireScope(ctx, "phone_numbers:release");
  const started = performance.now();
  const { number, fence } = await inTransaction((tx) => startRelease(tx, ctx, input));
  if (fence === null) return resultOf(number);
  await failPoint("release.started");
  const releasing: ReleaseResult = {
    outcome: "releasing",
    number: { ...serializeNumber(number), status: "releasing" },
  };
  // A process that slept here must not send: recovery may have finished, and even given the number back to its slots.
  if (performance.now() - started > sendWithinMs()) return releasing;
  try {
    await callAndSettle(ctx, number, fence);
    await failPoint("release.settled");
    return resultOf(await getNumberOrThrow(database(), ctx.organizationId, number.id));
  } catch (error) {
    if (error instanceof AppError || !isDatabaseUnavailable(error)) throw error;
    log.error(
      { err: error, phoneNumberId: number.id },
      "The database went away while a release was on its way.",
    );
    return releasing;
  }
}

/**
 * What a release would stop and save, and whether it would be refused; written nowhere. Throws `missing_scope`,
 * `not_found` and `stale_edit`.
 */
export async function planRelease(ctx: Ctx, input: ReleaseInput, now = new Date()): Promise<ReleasePlan> {
  requireScope(ctx, "phone_numbers:release");
  const row = await getNumberOrThrow(database(), ctx.organizationId, input.phoneNumber);
  requireVersion(row, input.expectedVersion);
  const { inbound, outbound, cost_information } = serializeNumber(row, now);
  const reason = reasonAgainst(row) ?? (input.unassign ? null : reasonInUse(row));
  return {
    phone_number: row.phone_number,
    inbound,
    outbound,
    monthly_saving: cost_information && {
      amount: decimalText(cost_information.monthly_cost),
      currency: cost_information.currency,
    },
    paid_until: row.purchased_at ? isoDate(nextRenewal(row.purchased_at, now)) : null,
    action: row.source === "byoc" ? "detach" : "release",
    can_release: reason === null,
    reason,
  };
}

async function startRelease(
  tx: Tx,
  ctx: Ctx,
  input: ReleaseInput,
): Promise<{ number: NumberRow; fence: number | null }> {
  // First, because detaching changes how many numbers there are.
  await lockOrganization(tx, ctx.organizationId);
  const number = await lockNumberOrThrow(tx, ctx.organizationId, input.phoneNumber);
  await failPoint("release.locked");
  if (isLeaving(number)) return { number, fence: null };
  requireVersion(number, input.expectedVersion);
  if (number.source === "imported") throw new AppError("number_not_managed", reasonAgainst(number) ?? "");
  requireActive(number);
  if (!input.unassign) requireUnused(number);
  if (number.source === "byoc") return { number: await detachNumber(tx, ctx, number), fence: null };
  await requireReleasing(tx, {
    organizationId: ctx.organizationId,
    managedAccountId: number.managed_account_id ?? "",
  });
  await tx.releaseOrder.create({
    data: {
      id: newId("rel"),
      organizationId: ctx.organizationId,
      phoneNumberId: number.id,
      slots: number.slots.map((slot) => ({ direction: slot.direction, ...snapshot(slot) })),
      requestedBy: { ...ctx.actor, surface: ctx.surface },
      requestId: ctx.requestId,
    },
  });
  await failPoint("release.ordered");
  await emptySlots(tx, ctx, number, ["inbound", "outbound"]);
  await failPoint("release.emptied");
  const lease = Prisma.sql`now() + ${leaseInterval()}`;
  const set = [
    Prisma.sql`call_started_at = now()`,
    // Looks of a purchase long settled would make recovery wait as if the release were old.
    Prisma.sql`lookups = 0`,
    Prisma.sql`lease_until = ${lease}`,
    Prisma.sql`next_check_at = ${lease}`,
  ];
  const fence = await moveNumber(tx, { id: number.id, to: "releasing", fence: number.fence, set });
  if (fence === null) throw new Error("A locked number moved.");
  await failPoint("release.moved");
  await recordAudit(tx, ctx, {
    action: "phone_number.release_requested",
    objectType: "phone_number",
    objectId: number.id,
  });
  return { number, fence };
}

async function callAndSettle(ctx: Ctx, number: NumberRow, fence: number): Promise<void> {
  const open = { numberId: number.id, fence };
  try {
    const carrier = carrierOf(await getManagedAccountOrThrow(number.managed_account_id ?? ""));
    // By the carrier's id and never by the number: the same number may since be a later purchase.
    await carrier.releaseNumber(number.carrier_number_id ?? "");
    await failPoint("release.answered");
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    // Not a definite no: the number stays `releasing`, recovery reads it again and goes on.
    if (error.kind !== "refused" && error.kind !== "paperwork") return;
    const refusal = explainFailure(error);
    if (!(await refuseRelease(ctx, open, refusal))) return;
    throw new AppError(refusal.code, `${refusal.detail} The number stays with you as it was.`, {
      carrier_code: refusal.carrierCode,
    });
  }
  await confirmRelease(ctx, open);
}

/** Whether it is on its way out, or out already by a release or a detachment. */
function isLeaving({ state }: NumberRow): boolean {
  return state === "releasing" || state === "released" || state === "detached";
}

function requireUnused(number: NumberRow): void {
  const reason = reasonInUse(number);
  if (reason !== null) throw new AppError("number_in_use", reason, { slots: number.slots });
}

function reasonInUse(number: NumberRow): string | null {
  if (number.slots.length === 0) return null;
  const holders = number.slots.map((slot) => `${slot.agent_name} (${slot.direction})`).join(" and ");
  const verb = number.source === "byoc" ? "detach" : "release";
  return `This number is in use by ${holders}. Unassign it first, or choose to unassign and ${verb}.`;
}

function reasonAgainst(row: NumberRow): string | null {
  if (row.source === "imported")
    return "This number was imported and stays with its carrier; it cannot be released here.";
  if (row.state === "active") return null;
  return `Only an active number can be ${row.source === "byoc" ? "detached" : "released"}.`;
}

function resultOf(row: NumberRow): ReleaseResult {
  const number = serializeNumber(row);
  if (row.state === "released" || row.state === "detached") return { outcome: row.state, number };
  return { outcome: "releasing", number };
}
