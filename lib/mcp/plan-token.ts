import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { AppError } from "../errors";

/**
 * A plan on its way from the call that made it to the call that carries it out. Nothing is kept on the server: the token
 * is the plan itself, readable by anybody, and an HMAC-SHA256 that binds it to whom and what it was made for.
 */

export interface PlanBinding {
  /** What the key is derived from. */
  secret: string;
  organizationId: string;
  callerId: string;
  /** The tool that may carry the plan out. */
  tool: string;
}

const validForMs = 5 * 60 * 1000;
const form = /^plan_([\w-]+)\.([\w-]{43})$/;

/** A token for `input`, which must survive JSON, and when it ends. */
export function sealPlan(
  binding: PlanBinding,
  input: unknown,
  now = new Date(),
): { token: string; expiresAt: Date } {
  const expiresAt = new Date(now.getTime() + validForMs);
  const payload = Buffer.from(JSON.stringify({ input, expiresAt: expiresAt.getTime() })).toString(
    "base64url",
  );
  return { token: `plan_${payload}.${signatureOf(binding, payload)}`, expiresAt };
}

/** The input a token was made for. Throws `plan_not_valid` unless it is whole, bound to exactly this and not too old. */
export function openPlan(binding: PlanBinding, token: string, now = new Date()): unknown {
  const [, payload = "", signature = ""] = form.exec(token) ?? [];
  // Compared as text: more than one text decodes to the same bytes.
  const expected = Buffer.from(signatureOf(binding, payload));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AppError(
      "plan_not_valid",
      "This plan was not made for you to carry out here, or was not copied whole. Make a new plan.",
    );
  }
  const plan = JSON.parse(Buffer.from(payload, "base64url").toString()) as {
    input: unknown;
    expiresAt: number;
  };
  if (now.getTime() < plan.expiresAt) return plan.input;
  throw new AppError("plan_not_valid", "This plan is older than five minutes. Make a new plan.");
}

/** A list in JSON keeps its parts apart, so that no two bindings sign the same text. */
function signatureOf({ secret, organizationId, callerId, tool }: PlanBinding, payload: string): string {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "linedesk plan token", 32));
  return createHmac("sha256", key)
    .update(JSON.stringify([organizationId, callerId, tool, payload]))
    .digest("base64url");
}
