import { z } from "zod";
import type { Ctx } from "../context";
import { env } from "../env";
import { AppError } from "../errors";
import { openPlan, type PlanBinding, sealPlan } from "./plan-token";

/** What costs money or cannot be undone takes two calls: one that says what would happen, and one that does exactly that. */

/** What a planning tool adds to its plan. */
export const planTicket = {
  plan_token: z
    .string()
    .meta({ description: "Carries the plan out, within five minutes and for this caller only." }),
  expires_at: z.iso.datetime().meta({ description: "When the token ends." }),
};

/** The input of both tools that carry a plan out. */
export const planTokenInput = z.strictObject({
  plan_token: z
    .string()
    .max(4_000)
    .meta({ description: "The plan_token of a plan made in the last five minutes, as it was given." }),
});

/** Freezes the input of `tool` for this caller. */
export function issuePlan(
  ctx: Ctx,
  tool: string,
  input: unknown,
): { plan_token: string; expires_at: string } {
  const { token, expiresAt } = sealPlan(bindingOf(ctx, tool), input);
  return { plan_token: token, expires_at: expiresAt.toISOString() };
}

/** The frozen input, as `tool` takes it. Throws `plan_not_valid`. */
export function readPlan<T>(ctx: Ctx, tool: string, token: string, input: z.ZodType<T>): T {
  const result = input.safeParse(openPlan(bindingOf(ctx, tool), token));
  if (result.success) return result.data;
  // Made by another version of Linedesk while this one took over.
  throw new AppError("plan_not_valid", "This plan cannot be carried out any more. Make a new plan.");
}

function bindingOf(ctx: Ctx, tool: string): PlanBinding {
  return {
    secret: env().NEXTAUTH_SECRET,
    organizationId: ctx.organizationId,
    callerId: ctx.actor.id,
    tool,
  };
}
