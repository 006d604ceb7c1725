import { z } from "zod";
import {
  driftKind,
  e164,
  formatted,
  managedAccountId,
  money,
  numberId,
  slot,
} from "../phone-numbers/vocabulary";

/** The resources of Settings → Carrier sync; see docs/decisions/0011-carrier-sync.md. */

export const driftAction = z.enum(["adopt", "give_back", "rewire", "accept", "detach"]).meta({
  id: "DriftAction",
  description:
    "`adopt`: make it a number of the organization. `give_back`: release it at the carrier, for good. `rewire`: send its calls here again and write our tag on it. `accept`: leave it as it is and do not report it again while it stays so. `detach`: keep the record and stop looking for it.",
  example: "rewire",
});

const person = z.object({
  kind: z.enum(["user", "key", "token", "job"]).meta({ example: "user" }),
  name: z.string().meta({ example: "Ada Admin" }),
});

const moment = z.iso.datetime();

/** What is known of a number on one side; null where that side says nothing about it. */
const side = z.object({
  voice_url: z
    .string()
    .nullable()
    .meta({ description: "Where its calls are sent.", example: "https://example.com/voice" }),
  tag: z.string().nullable().meta({ description: "What is written on it at the carrier.", example: "Sales" }),
  carrier_number_id: z
    .string()
    .nullable()
    .meta({ description: "The carrier's own id.", example: "PN0f6b7c2d1e4a45f3a8b90c1d2e3f4a5b" }),
});

export const drift = z
  .object({
    id: z.string().meta({ example: "drf_1xSgQz7Yt2nWb5Hc9Ke3Vm" }),
    kind: driftKind,
    status: z.enum(["open", "accepted", "settled"]).meta({
      description: "`open`: somebody should decide.",
      example: "open",
    }),
    phone_number: e164,
    formatted,
    phone_number_id: numberId.nullable().meta({ description: "The record here, if there is one." }),
    managed_account_id: managedAccountId,
    monthly_cost: money.nullable().meta({
      description: "What it costs a month, as far as the record here says; null without one.",
    }),
    expected: side.nullable().meta({ description: "What the record here says; null without one." }),
    observed: side
      .nullable()
      .meta({ description: "What the carrier says; null when it has no such number." }),
    slots: z
      .object({ inbound: slot.nullable(), outbound: slot.nullable() })
      .nullable()
      .meta({ description: "Who held the slots when the number went missing; null otherwise." }),
    title: z.string().meta({
      description: "What is the matter, in one sentence.",
      example: "Calls to this number are sent elsewhere.",
    }),
    explanation: z.string().meta({
      description: "What it means and what each action would do.",
      example: "Somebody changed its voice URL at the carrier, so its agent does not answer.",
    }),
    actions: z
      .array(driftAction)
      .meta({ description: "What the caller may do about it now.", example: ["rewire", "accept"] }),
    first_seen_at: moment.meta({ example: "2026-11-22T09:15:00.214Z" }),
    last_seen_at: moment.meta({ example: "2026-11-22T09:30:00.120Z" }),
    resolution: z
      .enum(["adopted", "given_back", "rewired", "accepted", "detached", "disappeared"])
      .nullable()
      .meta({ description: "How it ended; `disappeared` by itself.", example: null }),
    resolved_by: person
      .nullable()
      .meta({ description: "Who decided; null while nobody has.", example: null }),
    resolved_at: moment.nullable().meta({ example: null }),
  })
  .meta({
    id: "Drift",
    description: "A difference between the carrier's list and the records here.",
  });

/** Query of `GET /core/drifts`. Open ones, oldest first, unless `status` says otherwise; then newest first. */
export const listDriftsQuery = z.strictObject({
  status: z.enum(["open", "accepted", "settled"]).default("open").meta({ description: "Which ones." }),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: "Differences to a page." }),
  cursor: z.string().max(500).optional().meta({ description: "`next_cursor` of the page before." }),
});

export const driftPage = z
  .object({ data: z.array(drift), next_cursor: z.string().nullable().meta({ example: null }) })
  .meta({ id: "DriftPage" });

export const carrierSync = z
  .object({
    id: z.string().meta({ example: "syn_1xSgQyW3kLp8Rv6Tn2Bd4Fs" }),
    managed_account_id: managedAccountId,
    managed_account_name: z.string().meta({ example: "Twilio" }),
    status: z.enum(["running", "completed", "failed"]).meta({ example: "completed" }),
    started_by: person.meta({ description: "Who asked for it; people of other organizations stay unnamed." }),
    numbers_seen: z.number().int().nullable().meta({
      description: "Numbers the carrier listed; null but for those who run the installation.",
      example: 42,
    }),
    drifts_seen: z.number().int().nullable().meta({
      description: "Differences it met, new and known; null but for those who run the installation.",
      example: 1,
    }),
    error: z.string().nullable().meta({
      description: "Why it failed, or null; the carrier's words only for those who run the installation.",
      example: null,
    }),
    started_at: moment.meta({ example: "2026-11-22T09:30:00.004Z" }),
    finished_at: moment.nullable().meta({ example: "2026-11-22T09:30:01.377Z" }),
  })
  .meta({ id: "CarrierSync", description: "One comparison of a carrier account with the records here." });

/** The newest comparison of each account, running or ended, and when the next one begins. */
export const carrierSyncOverview = z
  .object({
    data: z.array(
      z.object({
        managed_account_id: managedAccountId,
        managed_account_name: z.string().meta({ example: "Twilio" }),
        latest: carrierSync.nullable().meta({ description: "The newest one; null before the first." }),
        last_completed_at: moment.nullable().meta({ example: "2026-11-22T09:30:01.377Z" }),
        next_at: moment.meta({
          description: "When the next begins by itself.",
          example: "2026-11-22T09:45:00.000Z",
        }),
      }),
    ),
    next_cursor: z.null(),
  })
  .meta({ id: "CarrierSyncOverview" });

/** Body of `POST /core/drifts/{drift_id}/resolve`. */
export const resolveDriftBody = z.strictObject({ action: driftAction }).meta({ id: "ResolveDrift" });

export type Drift = z.infer<typeof drift>;
export type DriftKind = z.infer<typeof driftKind>;
export type DriftAction = z.infer<typeof driftAction>;
export type DriftPage = z.infer<typeof driftPage>;
export type ListDriftsQuery = z.output<typeof listDriftsQuery>;
export type CarrierSync = z.infer<typeof carrierSync>;
export type CarrierSyncOverview = z.infer<typeof carrierSyncOverview>;
