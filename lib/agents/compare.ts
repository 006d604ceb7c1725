import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Ctx } from "../context";
import { getVersion } from "./list";
import type { AgentVersion, CompareVersionsBody } from "./schema";

/** What changes from one version's config to another's, as a unified diff of their JSON. Throws `not_found`. */
export async function compareVersions(
  ctx: Ctx,
  agentId: string,
  { from_version, to_version }: CompareVersionsBody,
): Promise<string> {
  const [from, to] = [
    await getVersion(ctx, agentId, from_version),
    await getVersion(ctx, agentId, to_version),
  ];
  return createTwoFilesPatch(nameOf(from), nameOf(to), textOf(from), textOf(to), undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function nameOf({ version, published }: AgentVersion): string {
  return `version ${version}${published ? "" : " (draft)"}`;
}

function textOf({ config }: AgentVersion): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}
