import type { Ctx } from "../context";
import { database } from "../db/client";
import { cursorValue, decodeCursor, encodeCursor } from "../db/cursor";
import { requireScope } from "../permissions";
import type { Drift, DriftPage, ListDriftsQuery } from "./schema";
import { serializeDrift } from "./serialize";
import { findDrifts, getDriftOrThrow } from "./store";

const order = "first_seen_at";

/**
 * One page of the differences the caller may know of, open ones oldest first and the others newest first: their organization's and, for those who run the
 * installation, numbers that belong to nobody. Throws `validation_failed` for a cursor of another list.
 */
export async function listDrifts(ctx: Ctx, { status, limit, cursor }: ListDriftsQuery): Promise<DriftPage> {
  requireScope(ctx, "phone_numbers:read");
  const place = cursor === undefined ? null : decodeCursor(cursor, order, cursorValue.moment);
  const after = place && { firstSeenAt: new Date(place.value), id: place.id };
  const rows = await findDrifts(database(), ctx, { status, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => serializeDrift(row, ctx.scopes)),
    next_cursor:
      rows.length > limit && last
        ? encodeCursor({ sort: order, value: last.firstSeenAt.toISOString(), id: last.id })
        : null,
  };
}

/** One difference. Throws `not_found`. */
export async function getDrift(ctx: Ctx, driftId: string): Promise<Drift> {
  requireScope(ctx, "phone_numbers:read");
  return serializeDrift(await getDriftOrThrow(database(), ctx, driftId), ctx.scopes);
}
