import { database } from "@/lib/db/client";
import { ensureManagedAccount } from "@/lib/managed-accounts";
import { openKey } from "@/lib/testing/callers";
import { openAgent, openMember, openOrganization } from "@/lib/testing/desk";
import type { Tenant } from "../harness/jobs";

export { dumpOrganization } from "@/lib/testing/rows";

/** An organization to try something in, ready to call the API. */
export async function openTenant(wish: { numberLimit: number; operates: boolean }): Promise<Tenant> {
  await ensureManagedAccount();
  const ctx = await openOrganization({ numberLimit: wish.numberLimit });
  if (wish.operates) {
    await database().organization.update({
      where: { id: ctx.organizationId },
      data: { operatesInstallation: true },
      select: { id: true },
    });
  }
  const { headers } = await openKey(await openMember(ctx));
  const key = headers.authorization ?? "";
  return { organizationId: ctx.organizationId, key, agentId: await openAgent(ctx) };
}
