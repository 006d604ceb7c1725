import type { Actor, Ctx } from "../context";
import { jobContext } from "../job-context";

/** Who asked for a comparison; `organizationId` where they act for one. */
export type Starter = Actor & { organizationId?: string | undefined };

export const scheduled: Starter = { kind: "job", id: "carrier-sync", name: "Carrier sync" };

/** A comparison's own context in an organization whose row it corrects; the id is read from that row. */
export function syncContext(organizationId: string): Ctx {
  return jobContext(organizationId, scheduled);
}
