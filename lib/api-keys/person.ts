import type { Ctx } from "../context";
import { AppError } from "../errors";

/** The person behind the request. Throws `person_required` for a key of an organization, which has nobody behind it. */
export function requirePerson(ctx: Ctx): string {
  if (ctx.userId) return ctx.userId;
  throw new AppError("person_required", "Only a person can do this: sign in, or use a personal token.");
}
