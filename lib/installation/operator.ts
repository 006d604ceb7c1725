import type { Ctx } from "../context";
import { database } from "../db/client";
import type { Db } from "../db/transaction";
import { AppError } from "../errors";

/** Whether the caller's organization also runs the installation: carrier accounts, kill switches of others, safe mode. */
export async function operatesInstallation(
  { organizationId }: Pick<Ctx, "organizationId">,
  db: Db = database(),
): Promise<boolean> {
  const row = await db.organization.findUnique({
    where: { id: organizationId },
    select: { operatesInstallation: true },
  });
  return row?.operatesInstallation ?? false;
}

/**
 * Passes for the organization that runs the installation; scopes are asked for beside it. Throws `missing_scope`: for what
 * everybody may see. What only the operator may see is `not_found` to others, by the verb itself.
 */
export async function requireOperator(ctx: Pick<Ctx, "organizationId">, db?: Db): Promise<void> {
  if (await operatesInstallation(ctx, db)) return;
  throw new AppError(
    "missing_scope",
    "Only the organization that runs this installation may do this. Ask the people there.",
  );
}
