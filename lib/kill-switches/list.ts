import type { Ctx } from "../context";
import { database } from "../db/client";
import { requireScope } from "../permissions";
import type { KillSwitchPage } from "./schema";
import { findVisible, serializeKillSwitch, viewerOf } from "./store";

/** What stops the caller's organization, newest first; for those who run the installation, every switch there is. */
export async function listKillSwitches(ctx: Ctx): Promise<KillSwitchPage> {
  requireScope(ctx, "managed_accounts:read");
  const viewer = await viewerOf(ctx);
  const rows = await findVisible(database(), viewer, null);
  return { data: rows.map((row) => serializeKillSwitch(row, viewer)), next_cursor: null };
}
