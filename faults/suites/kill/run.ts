import type { FailPoint } from "@/lib/fail-points";
import type { Behaviour } from "../../harness/behaviours";
import type { Desk } from "../../harness/desk";
import type { HttpRequest, Tenant } from "../../harness/jobs";
import type { Conversation } from "../../harness/oracle-answers";
import type { Random } from "../../harness/random";

/** One run of the matrix: a scenario, stopped at a point, while the carrier behaves in one way. */
export interface Run {
  /** `scenario/point/behaviour#seed`, to be given to --replay. */
  id: string;
  point: FailPoint;
  behaviour: Behaviour;
  random: Random;
  tenant: Tenant;
  phoneNumber: string;
  /** Slots the number is bought with: `inbound agt_…`. */
  wished: string[];
  /** Slots that were last acknowledged to be filled. */
  acknowledged: string[];
  /** Whether the process died at the point. */
  reached: boolean;
  conversations: Conversation[];
  /** The state its number ended in; null before, and without one. */
  ended: string | null;
  /** States the run itself has brought the number to after what the conversations tell. */
  changedSince: string[];
}

/**
 * Whether a process comes to a point while the carrier behaves so: for certain, as time has it, or not, since what the
 * carrier answers leads elsewhere. A busy machine may still come there by another way.
 */
export type Reach = "always" | "either" | "elsewhere";

export interface Scenario {
  name: string;
  /** Its points, and with which behaviours each is reached; the others lead elsewhere. */
  points: Partial<Record<FailPoint, { always: readonly Behaviour[]; either?: readonly Behaviour[] }>>;
  /** Does it once for all of these runs, which share their point; ends when nothing is under way. */
  play(desk: Desk, runs: Run[]): Promise<void>;
}

export function createRun(
  desk: Desk,
  given: Pick<Run, "id" | "point" | "behaviour" | "random" | "tenant">,
): Run {
  const { random, tenant } = given;
  const wished = ["inbound", "outbound"]
    .filter(() => random.chance(0.5))
    .map((direction) => `${direction} ${tenant.agentId}`);
  return {
    ...given,
    phoneNumber: desk.carrier.takeNumber(),
    wished,
    acknowledged: wished,
    reached: false,
    conversations: [],
    ended: null,
    changedSince: [],
  };
}

/** Begins a conversation: the request as the client sends it each time. */
export function converse(run: Run, asks: Conversation["asks"], request: HttpRequest): Conversation {
  const headers = {
    authorization: run.tenant.key,
    "idempotency-key": `${asks}-${run.phoneNumber}`,
    ...request.headers,
  };
  const conversation: Conversation = { run: run.id, asks, request: { ...request, headers }, answers: [] };
  run.conversations.push(conversation);
  return conversation;
}

export function purchaseOf({ phoneNumber, wished }: Run): HttpRequest {
  const wishes = Object.fromEntries(
    wished.map((wish) => wish.split(" ")).map(([direction, agent_id]) => [direction, { agent_id }]),
  );
  return {
    method: "POST",
    path: "/core/managed-accounts/default/purchase-number",
    body: { phone_number: phoneNumber, ...wishes },
  };
}

const addressOf = ({ phoneNumber }: Run) => `/core/phone-numbers/${encodeURIComponent(phoneNumber)}`;

export function releaseOf(run: Run): HttpRequest {
  return { method: "DELETE", path: `${addressOf(run)}?unassign=true` };
}

export function holdOf(run: Run): HttpRequest {
  return { method: "DELETE", path: `${addressOf(run)}?unassign=true&hold=7` };
}

export function undoOf(run: Run): HttpRequest {
  return { method: "POST", path: `${addressOf(run)}/undo-release` };
}
