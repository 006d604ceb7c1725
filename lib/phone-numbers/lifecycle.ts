import type { NumberState } from "../db/generated/enums";
import type { NumberStatus } from "./schema";

/**
 * The states of a number and the moves between them; nothing else may change a state.
 *
 * claimed: the row is ours, no carrier call was sent · calling: the purchase may be on the wire · unknown: its answer
 * was lost · pending_papers: accepted, the carrier waits for documents · active: ours and confirmed · held: to be
 * released later · releasing: the carrier was told, or is about to be · released, failed, gone: over · detached:
 * brought along, and let go of · quarantined: the carrier bills it to us and a person must decide, also after it had
 * been refused, released or gone here.
 */
const moves: Record<NumberState, readonly NumberState[]> = {
  claimed: ["calling", "failed"],
  calling: ["active", "unknown", "pending_papers", "failed", "quarantined"],
  unknown: ["active", "pending_papers", "failed", "quarantined"],
  pending_papers: ["active", "failed"],
  active: ["held", "releasing", "detached", "gone"],
  held: ["active", "releasing"],
  releasing: ["released", "active", "quarantined"],
  quarantined: ["active", "releasing", "gone"],
  released: ["quarantined"],
  detached: [],
  failed: ["quarantined"],
  gone: ["quarantined"],
};

const allStates = Object.keys(moves) as NumberState[];

export function canMove(from: NumberState, to: NumberState): boolean {
  return moves[from].includes(to);
}

/** The states a row may be in just before it moves to `to`. */
export function statesBefore(to: NumberState): NumberState[] {
  return allStates.filter((from) => canMove(from, to));
}

const liveStates: readonly NumberState[] = [
  "claimed",
  "calling",
  "unknown",
  "pending_papers",
  "active",
  "held",
  "releasing",
  "quarantined",
];

/** Whether a number in this state counts against the limit and keeps others from claiming it; `live` in the database. */
export function isLive(state: NumberState): boolean {
  return liveStates.includes(state);
}

const statusOfState: Record<NumberState, NumberStatus> = {
  claimed: "buying",
  calling: "buying",
  unknown: "checking",
  pending_papers: "needs_documents",
  active: "active",
  held: "held",
  releasing: "releasing",
  released: "released",
  detached: "detached",
  failed: "refused",
  quarantined: "quarantined",
  gone: "gone",
};

/** The word the API and the dashboard use for a state. */
export function statusOf(state: NumberState): NumberStatus {
  return statusOfState[state];
}

export function statesOf(status: NumberStatus): NumberState[] {
  return allStates.filter((state) => statusOfState[state] === status);
}
