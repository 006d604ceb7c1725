import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { AppError, notFound } from "../errors";
import { requireScope } from "../permissions";
import { insertDraft } from "./create-version";
import type { AgentConfig, AgentVersion } from "./schema";
import {
  findVersion,
  lockAgentOrThrow,
  nextVersion,
  serializeVersion,
  type VersionRow,
  versionSelection,
} from "./store";

interface Update {
  agentId: string;
  version: number | "latest";
  config: AgentConfig;
  /** The revision the caller saw; another one now is `stale_edit`. */
  expectedRevision?: number | undefined;
}

/**
 * Replaces the config of a draft; for `latest`, where the newest version is published or there is none, makes the next
 * draft of it. Repeating it changes nothing. Throws `not_found`, `version_is_published` for a number, and `stale_edit`.
 */
export async function updateVersion(
  ctx: Ctx,
  { agentId, version, config, expectedRevision }: Update,
): Promise<AgentVersion> {
  requireScope(ctx, "agents:manage");
  return await inTransaction(async (tx) => {
    await lockAgentOrThrow(tx, ctx.organizationId, agentId);
    const row = await findVersion(tx, ctx.organizationId, agentId, version);
    if (version !== "latest") requireDraft(row);
    requireVersionRevision(row, expectedRevision);
    if (!row || row.publishedAt) return await insertDraft(tx, ctx, agentId, config);
    const before = serializeVersion(row);
    if (isDeepStrictEqual(before.config, config)) return before;
    const { revision } = await nextVersion(tx, ctx.organizationId, agentId);
    const edited = await tx.agentVersion.update({
      where: { id: row.id },
      data: { config, revision },
      select: versionSelection,
    });
    await recordAudit(tx, ctx, {
      action: "agent_version.updated",
      objectType: "agent_version",
      objectId: row.id,
      before: { config: before.config },
      after: { config },
    });
    return serializeVersion(edited);
  });
}

function requireDraft(row: VersionRow | null): void {
  if (!row) throw notFound("version");
  if (!row.publishedAt) return;
  throw new AppError(
    "version_is_published",
    `Version ${row.version} is published and never changes. Create another one from it.`,
  );
}

function requireVersionRevision(row: VersionRow | null, expected: number | undefined): void {
  if (expected === undefined || expected === row?.revision) return;
  throw new AppError(
    "stale_edit",
    "This version was changed meanwhile. Look at it again before you change it.",
    row ? { agent_version: serializeVersion(row) } : {},
  );
}
