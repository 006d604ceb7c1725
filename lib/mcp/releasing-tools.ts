import { z } from "zod";
import { getPhoneNumber, planRelease, releasePhoneNumber, undoRelease } from "../phone-numbers";
import { phoneNumber, type ReleasePlan, releasePlan } from "../phone-numbers/schema";
import { ownNumber } from "./number-tools";
import { issuePlan, planTicket, planTokenInput, readPlan } from "./plan";
import { readsOnly, tool } from "./tool";
import { describeMoney, describeNumber, describeSlot } from "./words";

const hold = z
  .union([z.literal("before_renewal"), z.number().int().min(1).max(90)])
  .optional()
  .meta({
    description:
      "Keep it first, with an undo: for so many days, or with `before_renewal` until shortly before the next month is charged. Without it, it is released at once.",
  });

/** A release that was planned: this number as it was then, and no later purchase of the same digits. */
const plannedRelease = z.strictObject({
  id: z.string(),
  version: z.number().int(),
  unassign: z.boolean(),
  hold,
});

const planReleaseTool = tool({
  name: "plan_release",
  title: "Plan a release",
  description:
    "Says what giving a number back to the carrier would stop and save, and until when it is paid; a number that was registered on an own trunk would be detached instead (`action`). Nothing is released. A number in use is only released with `unassign: true`; with `hold` it waits first and can be kept after all. Show what stops to the person and have it confirmed; then pass `plan_token` to release_number within five minutes. Without a `plan_token` it cannot be released: `reason` says why.",
  access: [["phone_numbers:release"], ["phone_numbers:read"]],
  annotations: readsOnly,
  input: z.strictObject({
    phone_number: ownNumber,
    unassign: z
      .boolean()
      .default(false)
      .meta({ description: "Empty both slots first; without it a number in use is refused." }),
    hold,
  }),
  output: releasePlan.extend({
    plan_token: planTicket.plan_token.nullable(),
    expires_at: planTicket.expires_at.nullable(),
  }),
  async run(ctx, { phone_number, unassign, hold }) {
    // The version before the plan: what changes between the two makes the token stale instead of the plan wrong.
    const { id, version } = await getPhoneNumber(ctx, phone_number);
    const plan = await planRelease(ctx, { phoneNumber: id, unassign, hold });
    if (plan.reason !== null) {
      const facts = { ...plan, plan_token: null, expires_at: null };
      return { facts, text: `${plan.phone_number} cannot be released: ${plan.reason}` };
    }
    const ticket = issuePlan(ctx, "release_number", { id, version, unassign, hold });
    const text = [
      ...describePlan(plan),
      `Nothing is done yet. Once this is confirmed, call release_number before ${ticket.expires_at} with plan_token ${ticket.plan_token}`,
    ].join("\n");
    return { facts: { ...plan, ...ticket }, text };
  },
});

function describePlan(plan: ReleasePlan): string[] {
  const { inbound, outbound, monthly_saving, paid_until } = plan;
  return [
    describeEnding(plan),
    ...(inbound ? [`${describeSlot(inbound)} would no longer answer it.`] : []),
    ...(outbound ? [`${describeSlot(outbound)} could no longer call from it.`] : []),
    ...(monthly_saving ? [`It saves ${describeMoney(monthly_saving)} a month.`] : []),
    ...(paid_until ? [`It is paid until ${paid_until}.`] : []),
  ];
}

function describeEnding({ phone_number, action, release_at }: ReleasePlan): string {
  if (action === "detach")
    return `Detaching ${phone_number} takes it out of Linedesk; it stays with its own carrier.`;
  if (release_at === null)
    return `Releasing ${phone_number} gives it back to the carrier, at once and for good.`;
  return `${phone_number} stops at once and is given back to the carrier at ${release_at}; until then undo_release keeps it.`;
}

const endings = {
  held: "It waits to be released, and undo_release keeps it:",
  released: "Released; it belongs to the carrier again:",
  releasing: "The carrier has not confirmed the release yet; it is finished by itself:",
  detached: "Detached; it stays with its own carrier:",
};

const releaseNumberTool = tool({
  name: "release_number",
  title: "Release a planned number",
  description:
    "Gives a number back to the carrier as plan_release planned it, at once and for good: it may be lost to somebody else. With a planned `hold` it stops now and is given back later (`outcome` is `held`). Only call it when the person has confirmed that plan. It is refused when the number changed since the plan. Repeating it does nothing more. When `outcome` is `releasing`, the carrier's answer is still open and the release is finished by itself.",
  access: [["phone_numbers:release"]],
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  input: planTokenInput,
  output: z.object({
    outcome: z.enum(["released", "releasing", "held", "detached"]).meta({
      description:
        "`releasing`: the carrier has not confirmed yet; it is finished by itself. `held`: it is given back at `number.release.release_at`.",
    }),
    number: phoneNumber,
  }),
  async run(ctx, { plan_token }) {
    const { id, version, unassign, hold } = readPlan(ctx, "release_number", plan_token, plannedRelease);
    const planned = { phoneNumber: id, unassign, hold, expectedVersion: version };
    const { outcome, number } = await releasePhoneNumber(ctx, planned);
    return { facts: { outcome, number }, text: `${endings[outcome]} ${number.phone_number}` };
  },
});

const undoReleaseTool = tool({
  name: "undo_release",
  title: "Keep a number that waits to be released",
  description:
    "Keeps a number with the status `held`: active again, its agents back in their slots. Nothing is bought or charged by it. Once its time is over it is too late.",
  access: [["phone_numbers:release"]],
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({ phone_number: ownNumber }),
  output: phoneNumber,
  async run(ctx, { phone_number }) {
    const number = await undoRelease(ctx, { phoneNumber: phone_number });
    return { facts: number, text: describeNumber(number) };
  },
});

export const releasingTools = [planReleaseTool, releaseNumberTool, undoReleaseTool];
