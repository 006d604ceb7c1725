import type { Fault } from "./carrier";
import type { Random } from "./random";

/** How the carrier behaves on the one call a run is about. "before" and "after" say whether it had acted by then. */
export const behaviours = [
  "ok",
  "refused",
  "reset-before",
  "reset-after",
  "late",
  "500-before",
  "500-after",
  "429",
  "slower-than-lease",
  "garbled",
] as const;

/** After these the carrier has done what it was asked, whether it said so or not. */
export const acted = ["ok", "reset-after", "500-after", "garbled"] as const;
/** When the carrier acts on these, the process that looks may have come and gone. */
export const inTime = ["late", "slower-than-lease"] as const;

export type Behaviour = (typeof behaviours)[number];

/**
 * The fault to arm for it. What the carrier does late, it does well inside of the quiet window; suite `late` goes
 * outside. "slower than the lease" is longer than a call may take, and the lease is ended meanwhile.
 */
export function faultOf(
  behaviour: Behaviour,
  call: { operation: Fault["operation"]; phoneNumber?: string },
  random: Random,
): Fault | null {
  if (behaviour === "ok") return null;
  const isRead = call.operation === "list" || call.operation === "fetch" || call.operation === "search";
  const kinds: Record<Exclude<Behaviour, "ok">, Fault["behaviour"]> = {
    refused: { kind: "refuse", status: 400, code: isRead || call.operation !== "buy" ? 20001 : 21422 },
    "reset-before": { kind: "reset_before" },
    "reset-after": { kind: "reset_after" },
    late: { kind: "late", ms: random.integer(200, 2_500) },
    "500-before": { kind: "error_500_before" },
    "500-after": { kind: "error_500_after" },
    "429": { kind: "status_429" },
    "slower-than-lease": {
      kind: "delay",
      ms: random.integer(2_600, 3_500),
      when: random.pick(["before", "after"]),
    },
    garbled: { kind: "garble" },
  };
  return {
    operation: call.operation,
    ...(call.phoneNumber ? { phone_number: call.phoneNumber } : {}),
    behaviour: kinds[behaviour],
  };
}
