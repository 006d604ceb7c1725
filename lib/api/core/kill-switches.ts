import { z } from "zod";
import { findAudited } from "../../audit";
import { endSafeMode } from "../../installation";
import { liftKillSwitch, listKillSwitches, setKillSwitch } from "../../kill-switches";
import { killSwitch, killSwitchPage, setKillSwitchBody } from "../../kill-switches/schema";
import { endpoint, noContent, noQuery } from "../endpoint";

const killSwitchId = z.strictObject({
  kill_switch_id: z
    .string()
    .max(40)
    .meta({ description: "The switch's id.", example: "ks_1xSgR0dPq4wXz8Mc7Ja2Ly" }),
});

export const killSwitchEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/kill-switches",
    operationId: "listKillSwitches",
    tag: "Carrier sync",
    summary: "List what is stopped",
    description:
      "The switches that stop the organization, newest first; those who run the installation see every one.",
    access: ["managed_accounts:read"],
    params: noQuery,
    query: noQuery,
    responses: { 200: killSwitchPage },
    errors: [],
    handle: async ({ ctx }) => ({ body: await listKillSwitches(ctx) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/kill-switches",
    operationId: "setKillSwitch",
    tag: "Carrier sync",
    summary: "Stop buying or releasing",
    description:
      "Holds from the next purchase or release on, in every process; calls go on. Anybody who may manage carrier accounts may stop their own organization. Whoever runs the installation may also stop another organization, a carrier account or everything. The same once more replaces the reason.",
    access: ["managed_accounts:manage"],
    params: noQuery,
    query: noQuery,
    body: setKillSwitchBody,
    responses: { 200: killSwitch },
    errors: ["not_found"],
    example: { act: "buying", reach: "organization", reason: "Prices are under review." },
    handle: async ({ ctx, body }) => ({ body: await setKillSwitch(ctx, body) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/core/kill-switches/{kill_switch_id}",
    operationId: "liftKillSwitch",
    tag: "Carrier sync",
    summary: "Let buying or releasing go on",
    description:
      "`can_lift` of the switch says whether the caller may. What was set by whoever runs the installation is lifted by them alone.",
    access: ["phone_numbers:release"],
    params: killSwitchId,
    query: noQuery,
    responses: { 204: noContent },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => {
      await liftKillSwitch(ctx, params.kill_switch_id);
      return { status: 204, body: undefined };
    },
    findEarlier: async (ctx, requestId) => {
      const id = await findAudited(ctx, requestId, "kill_switch.lifted");
      return id === null ? null : { answer: { status: 204, body: undefined } };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/core/safe-mode",
    operationId: "endSafeMode",
    tag: "Carrier sync",
    summary: "End safe mode",
    description:
      "For the organization that runs the installation. Every carrier account must have been compared since safe mode began (`POST /core/carrier-syncs`). Outside of safe mode it changes nothing. `safe_mode` of `GET /core/organization` says whether it is on.",
    access: ["phone_numbers:release"],
    alsoAccess: ["managed_accounts:manage"],
    params: noQuery,
    query: noQuery,
    responses: { 204: noContent },
    errors: ["sync_required"],
    handle: async ({ ctx }) => {
      await endSafeMode(ctx);
      return { status: 204, body: undefined };
    },
  }),
] as const;
