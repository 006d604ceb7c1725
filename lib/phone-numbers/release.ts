import { isoDate, nextRenewal } from "../billing";
import type { Carrier } from "../carriers/carrier";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { type Db, inTransaction, isDatabaseUnavailable, type Tx } from "../db/transaction";
import { AppError, type ErrorCode } from "../errors";
import { failPoint } from "../fail-points";
import { requireReleasing } from "../kill-switches";
import { log } from "../log";
import { carrierOf, getManagedAccountOrThrow, hasCredentials } from "../managed-accounts";
import { requireScope } from "../permissions";
import { emptySlots, requireVersion } from "./assign";
import { detachNumber } from "./detach";
import { type Hold, holdEnd, holdNumber, isHeldFor, requireHoldable } from "./hold";
import { sendWithinMs } from "./lease";
import type { PhoneNumber, ReleasePlan } from "./schema";
import { decimalText, serializeNumber } from "./serialize";
import type { Refusal } from "./settle-purchase";
import { sendRelease } from "./settle-release";
import { orderRelease, startReleasing } from "./start-release";
import { getNumberOrThrow, lockNumberOrThrow, lockOrganization, type NumberRow } from "./store";

export interface ReleaseResult {
  /**
   * `releasing`: the carrier's answer is not known yet; the number is given back by itself. `held`: so it is, later, and
   * until then it can be undone.
   */
  outcome: "released" | "releasing" | "held" | "detached";
  number: PhoneNumber;
}

interface ReleaseInput {
  /** E.164 or id. */
  phoneNumber: string;
  /** Empty the slots first. Without it a number in use is refused. */
  unassign: boolean;
  expectedVersion?: number | undefined;
  /** Keep it first; without it, it is given back at once. */
  hold?: Hold | undefined;
}

/**
 * Gives a number back to the carrier, at once and for good or when `hold` ends, or detaches one that was registered on
 * an own trunk; the row and its history stay. Without `hold`, a number that is held is given back at once. Repeating it
 * is answered from the row. Throws `missing_scope`, `not_found`, `stale_edit`, `validation_failed`, `number_not_managed`,
 * `number_not_active`, `number_locked`, `number_in_use`, `safe_mode`, `releasing_stopped`, `carrier_unreachable` when
 * there are no credentials to tell the carrier with, and `carrier_refused` or `paperwork_required` when the carrier says
 * no, after which the number is active again with its slots as they were.
 */
export async function releasePhoneNumber(ctx: Ctx, input: ReleaseInput): Promise<ReleaseResult> {
  requireScope(ctx, "phone_numbers:release");
  const asked = await getNumberOrThrow(database(), ctx.organizationId, input.phoneNumber);
  const carrier = await findCarrier(asked);
  const sendUntil = performance.now() + sendWithinMs();
  const { number, sending } = await inTransaction((tx) =>
    startRelease(tx, ctx, { ...input, phoneNumber: asked.id }, carrier),
  );
  if (number.state === "held") await failPoint("hold.held");
  if (sending === null) return resultOf(number);
  await failPoint("release.started");
  try {
    await callAndSettle(ctx, number, sending, sendUntil);
    await failPoint("release.settled");
    return resultOf(await getNumberOrThrow(database(), ctx.organizationId, number.id));
  } catch (error) {
    if (error instanceof AppError || !isDatabaseUnavailable(error)) throw error;
    log.error(
      { err: error, phoneNumberId: number.id },
      "The database went away while a release was on its way.",
    );
    return resultOf(number);
  }
}

/**
 * What a release would stop and save, when it would be, and whether it would be refused; written nowhere. Throws
 * `missing_scope`, `not_found`, `stale_edit` and `validation_failed`.
 */
export async function planRelease(ctx: Ctx, input: ReleaseInput, now = new Date()): Promise<ReleasePlan> {
  requireScope(ctx, "phone_numbers:release");
  const row = await getNumberOrThrow(database(), ctx.organizationId, input.phoneNumber);
  requireVersion(row, input.expectedVersion);
  requireHoldable(row, input.hold);
  const { inbound, outbound, cost_information } = serializeNumber(row, now);
  const { purchased_at } = row;
  const reason = (objectionTo(row, input) ?? (await findStop(row, input)))?.message ?? null;
  return {
    phone_number: row.phone_number,
    inbound,
    outbound,
    monthly_saving: cost_information && {
      amount: decimalText(cost_information.monthly_cost),
      currency: cost_information.currency,
    },
    paid_until: purchased_at ? isoDate(nextRenewal(purchased_at, now)) : null,
    action: row.source === "byoc" ? "detach" : "release",
    release_at: endOfHold(row, input.hold, now)?.toISOString() ?? null,
    before_renewal_at: endOfHold(row, "before_renewal", now)?.toISOString() ?? null,
    can_release: reason === null,
    reason,
  };
}

/** When the hold of a number that waits already ends, or would end if it began now. */
function endOfHold(row: NumberRow, hold: Hold | undefined, now: Date): Date | null {
  if (hold === undefined || row.source !== "managed" || !row.purchased_at) return null;
  const from = isHeldFor(row, hold) && row.release ? new Date(row.release.requested_at) : now;
  return holdEnd(hold, row.purchased_at, from);
}

/** The carrier that is told of a release; null for a number brought along, and without credentials for its account. */
async function findCarrier({ managed_account_id }: NumberRow): Promise<Carrier | null> {
  if (managed_account_id === null) return null;
  const account = await getManagedAccountOrThrow(managed_account_id);
  return hasCredentials(account) ? carrierOf(account) : null;
}

/** Passes when the carrier of a managed number may be told now; nothing may be written before, since it could not go on. */
async function requireSendable(db: Db, number: NumberRow, carrier: Carrier | null): Promise<Carrier> {
  await requireReleasing(db, {
    organizationId: number.organization_id,
    managedAccountId: number.managed_account_id ?? "",
  });
  if (carrier) return carrier;
  throw new AppError(
    "carrier_unreachable",
    "There are no credentials for the carrier account of this number. Nothing was done.",
  );
}

/** What stands against a release besides the number itself: a release throws it, a plan only says it. */
async function findStop(number: NumberRow, { hold }: ReleaseInput): Promise<AppError | null> {
  if (number.source !== "managed" || isHeldFor(number, hold)) return null;
  try {
    await requireSendable(database(), number, await findCarrier(number));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

interface Sending {
  carrier: Carrier;
  fence: number;
}

/** The number as it is then, and what its call to the carrier needs when that comes next. */
async function startRelease(
  tx: Tx,
  ctx: Ctx,
  input: ReleaseInput,
  found: Carrier | null,
): Promise<{ number: NumberRow; sending: Sending | null }> {
  // First, because detaching changes how many numbers there are.
  await lockOrganization(tx, ctx.organizationId);
  const number = await lockNumberOrThrow(tx, ctx.organizationId, input.phoneNumber);
  await failPoint("release.locked");
  if (isLeaving(number) || isHeldFor(number, input.hold)) return { number, sending: null };
  requireVersion(number, input.expectedVersion);
  requireHoldable(number, input.hold);
  const objection = objectionTo(number, input);
  if (objection) throw objection;
  if (number.source === "byoc") return { number: await detachNumber(tx, ctx, number), sending: null };
  const carrier = await requireSendable(tx, number, found);
  if (input.hold !== undefined)
    return { number: await holdNumber(tx, ctx, number, input.hold), sending: null };
  if (number.state === "active") {
    await orderRelease(tx, ctx, number, (now) => now);
    await failPoint("release.ordered");
    await emptySlots(tx, ctx, number, ["inbound", "outbound"]);
    await failPoint("release.emptied");
  }
  const fence = await startReleasing(tx, ctx, number);
  if (fence === null) throw new Error("A locked number moved.");
  return { number: await getNumberOrThrow(tx, ctx.organizationId, number.id), sending: { carrier, fence } };
}

async function callAndSettle(
  ctx: Ctx,
  number: NumberRow,
  { carrier, fence }: Sending,
  sendUntil: number,
): Promise<void> {
  const outcome = await sendRelease(
    ctx,
    carrier,
    { numberId: number.id, fence },
    { carrierNumberId: number.carrier_number_id ?? "", sendUntil, answered: "release.answered" },
  );
  const refusal = typeof outcome === "string" ? await findRefusal(ctx, number) : outcome;
  if (!refusal) return;
  throw new AppError(refusal.code, `${refusal.detail} The number stays with you as it was.`, {
    carrier_code: refusal.carrierCode,
  });
}

/** Of the release that a number was on its way with, by its order: recovery may have been faster. */
async function findRefusal({ organizationId }: Ctx, { release }: NumberRow): Promise<Refusal | null> {
  const order = await database().releaseOrder.findUnique({
    where: { organizationId_id: { organizationId, id: release?.id ?? "" } },
    select: { status: true, errorCode: true, errorDetail: true, carrierCode: true },
  });
  if (order?.status !== "refused") return null;
  return {
    code: (order.errorCode ?? "carrier_refused") as ErrorCode,
    detail: order.errorDetail ?? "The release was refused.",
    carrierCode: order.carrierCode,
  };
}

/** Whether it is on its way out, or out already by a release or a detachment. */
function isLeaving({ state }: NumberRow): boolean {
  return state === "releasing" || state === "released" || state === "detached";
}

/** What about the number itself stands against a release: a release throws it, a plan only says it. */
function objectionTo(number: NumberRow, { unassign, hold }: ReleaseInput): AppError | null {
  const [verb, done] = number.source === "byoc" ? ["detach", "detached"] : ["release", "released"];
  if (number.source === "imported") {
    const reason = "This number was imported and stays with its carrier; it cannot be released here.";
    return new AppError("number_not_managed", reason);
  }
  if (number.state === "held") {
    if (hold === undefined || isHeldFor(number, hold)) return null;
    const reason = "This number waits to be released already. Undo that first, or release it now.";
    return new AppError("number_not_active", reason);
  }
  if (number.state !== "active")
    return new AppError("number_not_active", `Only an active number can be ${done}.`);
  if (number.locked)
    return new AppError("number_locked", `This number is locked. Unlock it before you ${verb} it.`);
  if (unassign || number.slots.length === 0) return null;
  const holders = number.slots.map((slot) => `${slot.agent_name} (${slot.direction})`).join(" and ");
  return new AppError(
    "number_in_use",
    `This number is in use by ${holders}. Unassign it first, or choose to unassign and ${verb}.`,
    { slots: number.slots },
  );
}

function resultOf(row: NumberRow): ReleaseResult {
  const number = serializeNumber(row);
  const { state } = row;
  if (state === "released" || state === "detached" || state === "held") return { outcome: state, number };
  return { outcome: "releasing", number };
}
