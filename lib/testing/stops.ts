import { database } from "../db/client";
import { newId } from "../ids";

/** What stops money from moving, put there and taken away without any verb. */

/** Stops releases everywhere, at an account or for an organization. Returns what lifts it again. */
export async function stopReleasing(
  reach: { organizationId?: string; managedAccountId?: string } = {},
): Promise<() => Promise<void>> {
  const id = newId("ks");
  const setBy = { kind: "user", id: "usr_1", name: "Ada Admin" };
  await database().killSwitch.create({
    data: { id, act: "releasing", reason: "Under review.", setBy, ...reach },
  });
  return async () => void (await database().killSwitch.delete({ where: { id } }));
}

/** As the person who looked and found nothing missing. */
export async function endSafeModeNow(): Promise<void> {
  await database().installation.updateMany({ data: { safeModeSince: null, safeModeReason: null } });
}
