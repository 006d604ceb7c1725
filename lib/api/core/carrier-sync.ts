import { z } from "zod";
import { getDrift, getSyncOverview, listDrifts, requestSync, resolveDrift } from "../../carrier-sync";
import {
  carrierSyncOverview,
  drift,
  driftPage,
  listDriftsQuery,
  resolveDriftBody,
} from "../../carrier-sync/schema";
import { endpoint, noQuery } from "../endpoint";
import { carrierErrors } from "../problems";

const driftId = z.strictObject({
  drift_id: z
    .string()
    .max(40)
    .meta({ description: "The difference.", example: "drf_1xSgQz7Yt2nWb5Hc9Ke3Vm" }),
});

export const carrierSyncEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/carrier-syncs",
    operationId: "getSyncOverview",
    tag: "Carrier sync",
    summary: "See when the carrier's list was last compared with yours",
    description:
      "One entry for each carrier account, with its newest comparison and when the next one begins.",
    access: ["phone_numbers:read", "managed_accounts:read"],
    params: noQuery,
    query: noQuery,
    responses: { 200: carrierSyncOverview },
    errors: [],
    handle: async ({ ctx }) => ({ body: await getSyncOverview(ctx) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/carrier-syncs",
    operationId: "requestSync",
    tag: "Carrier sync",
    summary: "Compare with the carrier now",
    description:
      "Every carrier account, soon, and at the latest at `next_at`. The carrier is only read. One comparison that waits already is enough, and organizations that do not run the installation share one in half a minute; `GET /core/carrier-syncs` tells when it has ended.",
    access: ["managed_accounts:manage", "phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    responses: { 202: carrierSyncOverview },
    errors: [],
    handle: async ({ ctx }) => ({ status: 202, body: await requestSync(ctx) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/drifts",
    operationId: "listDrifts",
    tag: "Carrier sync",
    summary: "List differences with the carrier",
    description:
      "Open ones unless `status` says otherwise, oldest first. Numbers that belong to no organization are shown to the organization that runs the installation.",
    access: ["phone_numbers:read"],
    params: noQuery,
    query: listDriftsQuery,
    responses: { 200: driftPage },
    errors: [],
    handle: async ({ ctx, query }) => ({ body: await listDrifts(ctx, query) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/drifts/{drift_id}",
    operationId: "getDrift",
    tag: "Carrier sync",
    summary: "Get a difference with the carrier",
    access: ["phone_numbers:read"],
    params: driftId,
    query: noQuery,
    responses: { 200: drift },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => ({ body: await getDrift(ctx, params.drift_id) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/drifts/{drift_id}/resolve",
    operationId: "resolveDrift",
    tag: "Carrier sync",
    summary: "Decide about a difference with the carrier",
    description:
      "`actions` of the difference names what can be done about it; `give_back` takes `phone_numbers:release` besides. 202 means that a number is on its way back to the carrier and is given back by itself. Repeating it finishes what was begun and changes nothing after that.",
    access: ["managed_accounts:manage"],
    params: driftId,
    query: noQuery,
    body: resolveDriftBody,
    responses: { 200: drift, 202: drift },
    errors: [
      "not_found",
      "drift_settled",
      "drift_action_unfit",
      "number_locked",
      "number_limit_reached",
      "number_already_owned",
      "purchase_in_progress",
      "number_unavailable",
      "paperwork_required",
      "safe_mode",
      "buying_stopped",
      "releasing_stopped",
      ...carrierErrors,
    ],
    example: { action: "rewire" },
    answerExamples: {
      200: {
        status: "settled",
        actions: [],
        resolution: "rewired",
        resolved_by: { kind: "user", name: "Ada Admin" },
        resolved_at: "2026-11-22T09:41:07.310Z",
      },
      202: { kind: "quarantined", actions: [] },
    },
    handle: async ({ ctx, params, body }) => {
      const resolved = await resolveDrift(ctx, { driftId: params.drift_id, action: body.action });
      return { status: resolved.status === "open" ? 202 : 200, body: resolved };
    },
  }),
] as const;
