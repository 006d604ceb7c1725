/**
 * Places where a crash test ends, freezes or fails this process. Builds that people run replace the switch by "off", so
 * that nothing of it is left in them (scripts/build.mjs, next.config.mjs).
 */
export const failPoints = [
  "buy.prepared",
  "claim.organization-locked",
  "claim.inserted",
  "claim.ordered",
  "buy.claimed",
  "buy.looked-before",
  "calling.moved",
  "buy.calling",
  "buy.answered",
  "buy.looked-after",
  "purchase.moved",
  "purchase.settled",
  "purchase.charged",
  "purchase.audited",
  "purchase.refused",
  "purchase.postponed",
  "purchase.quarantined",
  "buy.settled",
  "recovery.taken",
  "recovery.postponed",
  "recovery.looked",
  "recovery.rescheduled",
  "recovery.release-read",
  "recovery.release-sent",
  "release.locked",
  "release.ordered",
  "release.emptied",
  "release.moved",
  "release.started",
  "release.answered",
  "release.confirming",
  "release.confirmed",
  "release.refusing",
  "release.settled",
  "hold.ordered",
  "hold.moved",
  "hold.held",
  "hold.due",
  "undo.moved",
  "undo.refilled",
  "undo.done",
  "sync.started",
  "sync.listed",
  "sync.compared",
  "sync.quarantined",
  "sync.gone",
  "sync.finished",
  "adopt.claimed",
  "adopt.marked",
  "adopt.moved",
  "give-back.claimed",
  "give-back.marked",
  "give-back.moved",
  "rewire.written",
  "renewal.charged",
] as const;

export type FailPoint = (typeof failPoints)[number];

/** Told by the crash test of this process what to do at a place; set by its harness alone. */
export const failPointControl: { reach?: (name: FailPoint, subject?: string) => Promise<void> } = {};

/**
 * Marks a place a crash test can stop at. Does nothing outside of one. `subject` is the id of what it is about, where
 * one piece of work is about several.
 */
export async function failPoint(name: FailPoint, subject?: string): Promise<void> {
  if (process.env.LINEDESK_FAIL_POINTS === "on") await failPointControl.reach?.(name, subject);
}
