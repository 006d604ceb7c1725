import { z } from "zod";
import { agentId, booleanParam, direction, e164, money, slot, versionNumber } from "./vocabulary";

/** Giving a number back: what is asked, what it would do, and what is told of it. */

/** A release: while it waits it can be undone. */
export const release = z
  .object({
    id: z.string().meta({ example: "rel_1xSgQ8rVb3Yk6Tz0Pn5Ws2" }),
    requested_at: z.iso.datetime().meta({ example: "2026-11-22T09:20:41.730Z" }),
    requested_by: z.string().meta({ description: "Who asked for it, by name.", example: "Ada Admin" }),
    release_at: z.iso.datetime().meta({
      description: "When it is given back; until then it can be undone.",
      example: "2026-11-29T09:20:41.730Z",
    }),
    was: z
      .array(
        z.object({
          direction,
          agent_id: agentId,
          agent_name: z.string().nullable().meta({ example: "Reception" }),
          version: z.union([z.literal("latest"), versionNumber]),
        }),
      )
      .meta({ description: "Who held its slots; an undo puts them back." }),
  })
  .meta({ id: "Release", description: "A number on its way back to the carrier, or there." });

export const dryRun = booleanParam
  .optional()
  .meta({ description: "Says what would happen (200) and does nothing.", example: "true" });

export const releaseQuery = z
  .strictObject({
    unassign: booleanParam
      .optional()
      .meta({ description: "Empty both slots first; without it a number in use is refused." }),
    hold: z
      .union(
        [z.literal("before_renewal"), z.coerce.number().int().min(1).max(90)],
        "Use before_renewal, or a number of days from 1 to 90.",
      )
      .optional()
      .meta({
        description:
          "Keep it first, with an undo: for so many days, or until shortly before the next month is charged (`before_renewal`). Without it, it is released at once.",
        example: 7,
      }),
    dry_run: dryRun,
  })
  .meta({ example: { dry_run: "true" } });

/** What a release would do: the answer to `dry_run=true`. */
export const releasePlan = z
  .object({
    phone_number: e164,
    inbound: slot.nullable().meta({ description: "Who would no longer answer." }),
    outbound: slot.nullable().meta({ description: "Who could no longer call from it." }),
    monthly_saving: money.nullable().meta({ description: "What a month no longer costs." }),
    paid_until: z.iso
      .date()
      .nullable()
      .meta({ description: "The day up to which it is paid.", example: "2026-12-22" }),
    action: z.enum(["release", "detach"]).meta({
      description: "`detach` for a number registered on an own trunk: it stays with its carrier.",
      example: "release",
    }),
    release_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it would be given back; null for at once.", example: null }),
    before_renewal_at: z.iso.datetime().nullable().meta({
      description: "When `hold=before_renewal` would give it back; null when it has no renewal.",
      example: "2026-12-21T12:00:00.000Z",
    }),
    can_release: z.boolean().meta({ example: true }),
    reason: z.string().nullable().meta({ description: "Why it cannot, or null.", example: null }),
  })
  .meta({ id: "ReleasePlan", description: "What a release would do: the answer to a dry run." });
