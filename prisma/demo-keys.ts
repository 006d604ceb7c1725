import { createApiKey, createPersonalToken } from "@/lib/api-keys";
import { asOrganizationId, type Ctx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { allScopes } from "@/lib/permissions";
import type { Demo } from "./demo-file";

/** A key of the demo organization and a token of its owner, with every right, for trying the API at once. */
export async function createDemoKeys(demo: Demo): Promise<Pick<Demo, "api_key" | "pat">> {
  const owner = await database().user.findUnique({ where: { email: demo.email }, select: { id: true } });
  if (!owner) return { api_key: null, pat: null };
  const ctx: Ctx = {
    organizationId: asOrganizationId(demo.organization_id),
    actor: { kind: "job", id: "seed", name: "Seed" },
    userId: owner.id,
    scopes: allScopes,
    surface: "worker",
    requestId: newId("req"),
  };
  const { key } = await createApiKey(ctx, { name: "Demo key" });
  const { token } = await createPersonalToken(ctx, { name: "Demo token" });
  return { api_key: key, pat: token };
}
