import { recordAudit } from "../audit";
import type { Ctx, OrganizationId } from "../context";
import { database } from "../db/client";
import type { Direction } from "../db/generated/enums";
import { type Db, inTransaction, type Tx } from "../db/transaction";
import { AppError, notFound } from "../errors";
import { requireScope } from "../permissions";
import type { PhoneNumber, SlotWish } from "./schema";
import { serializeNumber } from "./serialize";
import { getNumberOrThrow, lockNumberOrThrow, type NumberRow, type SlotRow } from "./store";

/** An agent of the organization that can take a slot; `version` null follows the newest published one. */
interface SlotTarget {
  agentId: string;
  version: number | null;
}

interface SlotEdit {
  /** E.164 or id. */
  phoneNumber: string;
  direction: Direction;
  /** The number's version the caller saw; another one now is `stale_edit`. */
  expectedVersion?: number | undefined;
}

/**
 * Puts an agent into one slot of a number; the other slot is left alone and no carrier is called. Repeating it
 * changes nothing. Throws `not_found`, `version_not_published`, `number_not_active`, `stale_edit`, and
 * `slot_occupied` when another agent holds the slot and `replace` is not set.
 */
export async function assignSlot(
  ctx: Ctx,
  edit: SlotEdit & SlotWish & { replace: boolean },
): Promise<PhoneNumber> {
  requireScope(ctx, "phone_numbers:manage");
  await inTransaction(async (tx) => {
    const number = await lockNumberOrThrow(tx, ctx.organizationId, edit.phoneNumber);
    requireVersion(number, edit.expectedVersion);
    const target = await resolveWish(tx, ctx.organizationId, edit);
    const held = slotIn(number, edit.direction);
    if (held && held.agent_id !== target.agentId && !edit.replace) {
      throw new AppError(
        "slot_occupied",
        `${held.agent_name} holds the ${edit.direction} slot of this number.`,
        { slot: held },
      );
    }
    await fillSlot(tx, ctx, number, edit.direction, target);
  });
  return await readNumber(database(), ctx, edit.phoneNumber);
}

/** Empties one slot of a number. An empty slot stays empty without complaint. Throws `not_found` and `stale_edit`. */
export async function unassignSlot(ctx: Ctx, edit: SlotEdit): Promise<PhoneNumber> {
  requireScope(ctx, "phone_numbers:manage");
  await inTransaction(async (tx) => {
    const number = await lockNumberOrThrow(tx, ctx.organizationId, edit.phoneNumber);
    requireVersion(number, edit.expectedVersion);
    await emptySlots(tx, ctx, number, [edit.direction]);
  });
  return await readNumber(database(), ctx, edit.phoneNumber);
}

interface BulkAssignment {
  agentId: string;
  version: number;
  phoneNumbers: string[];
  unassignPhoneNumbers: string[];
  directions: Direction[];
}

/**
 * Pins a published version to slots of many numbers and clears the agent's own slots on others, all or nothing, in
 * the caller's transaction. Slots that other agents hold are overwritten when assigning and left alone when clearing.
 * Returns the numbers named, each once, as they are then.
 */
export async function assignVersionToNumbers(tx: Tx, ctx: Ctx, bulk: BulkAssignment): Promise<PhoneNumber[]> {
  requireScope(ctx, "agents:manage");
  const target = await resolveWish(tx, ctx.organizationId, { agent_id: bulk.agentId, version: bulk.version });
  const touched = new Set<string>();
  // One order for everybody, so that two bulk assignments cannot wait for each other.
  const all = [...new Set([...bulk.phoneNumbers, ...bulk.unassignPhoneNumbers])].sort();
  for (const phoneNumber of all) {
    const number = await lockNumberOrThrow(tx, ctx.organizationId, phoneNumber);
    touched.add(number.id);
    if (bulk.unassignPhoneNumbers.includes(phoneNumber)) {
      const own = bulk.directions.filter((direction) => slotIn(number, direction)?.agent_id === bulk.agentId);
      await emptySlots(tx, ctx, number, own);
    }
    if (bulk.phoneNumbers.includes(phoneNumber)) {
      for (const direction of bulk.directions) await fillSlot(tx, ctx, number, direction, target);
    }
  }
  const numbers: PhoneNumber[] = [];
  for (const id of touched) numbers.push(await readNumber(tx, ctx, id));
  return numbers;
}

/** Checks that an agent can take a slot and returns what to store; in a transaction it then stays there to take it. */
export async function resolveWish(
  db: Db,
  organizationId: OrganizationId,
  wish: SlotWish,
): Promise<SlotTarget> {
  // The lock that the foreign key of the slot takes, only earlier: an agent being deleted is waited for, and not found.
  const [agent] = await db.$queryRaw<{ id: string; name: string; latest_version: number | null }[]>`
    SELECT id, name, latest_version FROM agent
    WHERE organization_id = ${organizationId} AND id = ${wish.agent_id} AND deleted_at IS NULL FOR KEY SHARE`;
  if (!agent) throw notFound("agent");
  if (wish.version === "latest") {
    if (agent.latest_version !== null) return { agentId: agent.id, version: null };
    throw new AppError("version_not_published", `${agent.name} has no published version yet.`);
  }
  const version = await db.agentVersion.findUnique({
    where: { organizationId_agentId_version: { organizationId, agentId: agent.id, version: wish.version } },
    select: { publishedAt: true },
  });
  if (!version) throw notFound("version");
  if (version.publishedAt) return { agentId: agent.id, version: wish.version };
  throw new AppError("version_not_published", `Version ${wish.version} of ${agent.name} is not published.`);
}

/** Writes one slot of a locked number, unless it already says so. */
async function fillSlot(
  tx: Tx,
  ctx: Ctx,
  number: NumberRow,
  direction: Direction,
  target: SlotTarget,
): Promise<void> {
  requireActive(number);
  const held = slotIn(number, direction);
  const sameVersion =
    held &&
    (target.version === null ? held.follows_latest : !held.follows_latest && held.version === target.version);
  if (held?.agent_id === target.agentId && sameVersion) return;
  const key = { phoneNumberId: number.id, direction };
  await tx.assignment.upsert({
    where: { phoneNumberId_direction: key },
    create: {
      ...key,
      organizationId: number.organization_id,
      agentId: target.agentId,
      version: target.version,
    },
    update: { agentId: target.agentId, version: target.version, createdAt: new Date() },
  });
  await markAssignmentChanged(tx, number.id);
  await recordAudit(tx, ctx, {
    action: "phone_number.assigned",
    objectType: "phone_number",
    objectId: number.id,
    before: { [direction]: held ? snapshot(held) : null },
    after: { [direction]: { agent_id: target.agentId, version: target.version ?? "latest" } },
  });
}

/** As fillSlot, for a wish made earlier: if the agent went away since, the slot stays empty, which is the truth then. */
export async function fillSlotIfPossible(
  tx: Tx,
  ctx: Ctx,
  numberId: string,
  direction: Direction,
  wish: SlotWish,
): Promise<void> {
  try {
    const target = await resolveWish(tx, ctx.organizationId, wish);
    await fillSlot(tx, ctx, await getNumberOrThrow(tx, ctx.organizationId, numberId), direction, target);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Empties slots of a locked number; those already empty are left out. Works in any state, so that a release can. */
export async function emptySlots(
  tx: Tx,
  ctx: Ctx,
  number: NumberRow,
  directions: Direction[],
): Promise<void> {
  const filled = number.slots.filter((slot) => directions.includes(slot.direction));
  if (filled.length === 0) return;
  await tx.assignment.deleteMany({
    where: { phoneNumberId: number.id, direction: { in: filled.map((slot) => slot.direction) } },
  });
  await markAssignmentChanged(tx, number.id);
  await recordAudit(tx, ctx, {
    action: "phone_number.unassigned",
    objectType: "phone_number",
    objectId: number.id,
    before: Object.fromEntries(filled.map((slot) => [slot.direction, snapshot(slot)])),
    after: Object.fromEntries(filled.map((slot) => [slot.direction, null])),
  });
}

/** What a slot holds, as stored in audit rows and release orders. */
export function snapshot(slot: SlotRow): { agent_id: string; version: number | "latest" } {
  return { agent_id: slot.agent_id, version: slot.follows_latest ? "latest" : slot.version };
}

export function requireVersion(number: NumberRow, expected: number | undefined): void {
  if (expected === undefined || expected === number.version) return;
  throw new AppError(
    "stale_edit",
    "This number was changed meanwhile. Look at it again before you change it.",
    {
      phone_number: serializeNumber(number),
    },
  );
}

export function requireActive(number: NumberRow): void {
  if (number.state === "active") return;
  throw new AppError("number_not_active", "This number is not active, so this cannot be done with it now.");
}

function slotIn(number: NumberRow, direction: Direction): SlotRow | undefined {
  return number.slots.find((slot) => slot.direction === direction);
}

async function markAssignmentChanged(tx: Tx, numberId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE phone_number SET version = version + 1, assignment_changed_at = now() WHERE id = ${numberId}`;
}

async function readNumber(db: Db, ctx: Ctx, phoneNumber: string): Promise<PhoneNumber> {
  return serializeNumber(await getNumberOrThrow(db, ctx.organizationId, phoneNumber));
}
