import type { OrganizationId } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import type { Direction, DriftKind, NumberSource, NumberState, NumberType } from "../db/generated/enums";
import type { Db, Tx } from "../db/transaction";
import { notFound } from "../errors";
import { statesBefore } from "./lifecycle";

/** Queries on numbers that several verbs share. Lock order everywhere: organization, number, assignment. */

export interface NumberRow {
  id: string;
  organization_id: OrganizationId;
  phone_number: string;
  state: NumberState;
  source: NumberSource;
  country_code: string;
  type: NumberType;
  region: string | null;
  locality: string | null;
  voice: boolean;
  sms: boolean;
  mms: boolean;
  label: string | null;
  outbound_shareable: boolean;
  locked: boolean;
  trunk_id: string;
  managed_account_id: string | null;
  carrier_number_id: string | null;
  monthly_cost: string | null;
  currency: string | null;
  version: number;
  fence: number;
  purchased_at: Date | null;
  released_at: Date | null;
  assignment_changed_at: Date;
  created_at: Date;
  purchase_order_id: string | null;
  slots: SlotRow[];
  /** The newest release order of a number that waits to leave, leaves or left. */
  release: ReleaseRow | null;
  /** The oldest difference to the carrier's list that nobody has decided. */
  drift: { id: string; kind: DriftKind } | null;
}

export interface SlotRow {
  direction: Direction;
  agent_id: string;
  agent_name: string;
  version: number;
  agent_version_id: string;
  follows_latest: boolean;
}

interface ReleaseRow {
  id: string;
  /** Moments as PostgreSQL writes them into JSON. */
  requested_at: string;
  release_at: string;
  requested_by: string;
  was: {
    direction: Direction;
    agent_id: string;
    /** Null when the agent was deleted since. */
    agent_name: string | null;
    version: number | "latest";
  }[];
}

/** Everything a NumberRow has, for the numbers `n` of a relation; slots resolved to the version that answers now. */
export const numberColumns = Prisma.sql`
  n.id, n.organization_id, n.phone_number, n.state, n.source, n.country_code, n.type, n.region, n.locality,
  n.voice, n.sms, n.mms, n.label, n.outbound_shareable, n.locked, n.trunk_id, n.managed_account_id, n.carrier_number_id,
  n.monthly_cost::text AS monthly_cost, n.currency, n.version, n.fence, n.purchased_at, n.released_at,
  n.assignment_changed_at, n.created_at,
  (SELECT o.id FROM purchase_order o WHERE o.phone_number_id = n.id) AS purchase_order_id,
  coalesce((
    SELECT json_agg(json_build_object(
      'direction', s.direction, 'agent_id', s.agent_id, 'agent_name', a.name,
      'version', v.version, 'agent_version_id', v.id, 'follows_latest', s.version IS NULL))
    FROM assignment s
    JOIN agent a ON a.organization_id = s.organization_id AND a.id = s.agent_id
    JOIN agent_version v ON v.organization_id = s.organization_id AND v.agent_id = s.agent_id
      AND v.version = coalesce(s.version, a.latest_version)
    WHERE s.phone_number_id = n.id
  ), '[]'::json) AS slots,
  CASE WHEN n.state IN ('held', 'releasing', 'released') THEN (
    SELECT json_build_object(
      'id', r.id, 'requested_at', r.created_at, 'release_at', r.release_at, 'requested_by', r.requested_by ->> 'name',
      'was', coalesce((
        SELECT json_agg(json_build_object(
          'direction', w.slot ->> 'direction', 'agent_id', w.slot ->> 'agent_id', 'agent_name', wa.name,
          'version', w.slot -> 'version') ORDER BY w.slot ->> 'direction')
        FROM jsonb_array_elements(r.slots) w (slot)
        LEFT JOIN agent wa ON wa.organization_id = r.organization_id AND wa.id = w.slot ->> 'agent_id'
          AND wa.deleted_at IS NULL
      ), '[]'::json))
    FROM release_order r WHERE r.phone_number_id = n.id ORDER BY r.created_at DESC, r.id DESC LIMIT 1
  ) END AS release,
  (SELECT json_build_object('id', d.id, 'kind', d.kind) FROM drift d
    WHERE d.phone_number_id = n.id AND d.status = 'open' ORDER BY d.first_seen_at, d.id LIMIT 1) AS drift`;

/**
 * One number of the organization, by E.164 or by id. A number that was here more than once is its live row, or the
 * newest; purchases that were refused are not numbers. Throws `not_found`, also for another organization's.
 */
export async function getNumberOrThrow(
  db: Db,
  organizationId: OrganizationId,
  numberOrId: string,
): Promise<NumberRow> {
  const by = numberOrId.startsWith("num_")
    ? Prisma.sql`n.id = ${numberOrId}`
    : Prisma.sql`n.phone_number = ${numberOrId}`;
  const rows = await db.$queryRaw<NumberRow[]>`
    SELECT ${numberColumns} FROM phone_number n
    WHERE n.organization_id = ${organizationId} AND ${by} AND n.state <> 'failed'
    ORDER BY n.live DESC, n.created_at DESC LIMIT 1`;
  if (!rows[0]) throw notFound("phone number");
  return rows[0];
}

/** As getNumberOrThrow, holding a lock on the row until the transaction ends. */
export async function lockNumberOrThrow(
  tx: Tx,
  organizationId: OrganizationId,
  numberOrId: string,
): Promise<NumberRow> {
  const { id } = await getNumberOrThrow(tx, organizationId, numberOrId);
  await tx.$queryRaw`SELECT 1 FROM phone_number WHERE organization_id = ${organizationId} AND id = ${id} FOR NO KEY UPDATE`;
  return await getNumberOrThrow(tx, organizationId, id);
}

/**
 * Serialises everything that changes how many numbers the organization holds. First lock of such a transaction. Not a
 * full FOR UPDATE: that would also hold up every row elsewhere that refers to the organization, and deadlock with it.
 */
export async function lockOrganization(
  tx: Tx,
  organizationId: OrganizationId,
): Promise<{ number_limit: number }> {
  const rows = await tx.$queryRaw<{ number_limit: number }[]>`
    SELECT number_limit FROM organization WHERE id = ${organizationId} FOR NO KEY UPDATE`;
  if (!rows[0]) throw notFound("organization");
  return rows[0];
}

/** Numbers that count against the limit. Exact only under lockOrganization. */
export async function countLiveNumbers(db: Db, organizationId: OrganizationId): Promise<number> {
  const rows = await db.$queryRaw<{ numbers: number }[]>`
    SELECT coalesce(sum(numbers), 0)::int AS numbers FROM number_total WHERE organization_id = ${organizationId}`;
  return rows[0]?.numbers ?? 0;
}

interface Move {
  id: string;
  to: NumberState;
  /** The fence the caller took the row with; whoever took it later has raised it and this move changes nothing. */
  fence?: number;
  set?: Prisma.Sql[];
}

/**
 * Moves a number to a state if it is in one that allows it and the fence is still ours, and raises the fence.
 * Returns the new fence, or null when somebody else has moved it meanwhile.
 */
export async function moveNumber(db: Db, { id, to, fence, set = [] }: Move): Promise<number | null> {
  const from = statesBefore(to);
  const assignments = Prisma.join(
    [Prisma.sql`state = ${to}::number_state`, Prisma.sql`fence = fence + 1`, ...set],
    ", ",
  );
  const held = fence === undefined ? Prisma.sql`true` : Prisma.sql`fence = ${fence}`;
  const rows = await db.$queryRaw<{ fence: number }[]>`
    UPDATE phone_number SET ${assignments}
    WHERE id = ${id} AND state::text = ANY(${from}) AND ${held} RETURNING fence`;
  return rows[0]?.fence ?? null;
}

/** Who holds a number anywhere in the installation, if anybody does. Only its own organization may be told more. */
export async function findLiveNumber(
  phoneNumber: string,
  db: Db = database(),
): Promise<{ id: string; organization_id: string; state: NumberState } | null> {
  const rows = await db.$queryRaw<{ id: string; organization_id: string; state: NumberState }[]>`
    SELECT id, organization_id, state FROM phone_number WHERE phone_number = ${phoneNumber} AND live`;
  return rows[0] ?? null;
}
