import type { Ctx } from "../context";
import { database } from "../db/client";
import { requireScope } from "../permissions";
import { requirePerson } from "./person";
import type { ApiKey, PersonalToken } from "./schema";
import { serializeApiKey, serializePersonalToken } from "./serialize";

/** Every key of the organization, revoked and expired ones too, newest first. */
export async function listApiKeys(ctx: Ctx): Promise<ApiKey[]> {
  requireScope(ctx, "members:read");
  const rows = await database().apiKey.findMany({
    where: { organizationId: ctx.organizationId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
  });
  return rows.map(serializeApiKey);
}

/** Every token of the person who asks, newest first. Throws `person_required`. */
export async function listPersonalTokens(ctx: Ctx): Promise<PersonalToken[]> {
  const rows = await database().personalToken.findMany({
    where: { userId: requirePerson(ctx) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
  });
  return rows.map(serializePersonalToken);
}

/** Far more than anybody keeps; a list that long is a leak of another kind. */
const most = 1_000;
