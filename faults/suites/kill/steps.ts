import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";
import type { FailPoint } from "@/lib/fail-points";
import { faultOf } from "../../harness/behaviours";
import type { Fault } from "../../harness/carrier";
import { type Desk, listUnfinished, type Outcome } from "../../harness/desk";
import type { Act, HttpAnswer, Job } from "../../harness/jobs";
import { type Conversation, isFinal } from "../../harness/oracle-answers";
import { converse, purchaseOf, type Run } from "./run";

/** What scenarios are made of. */

/** The carrier will behave as each run says on the next call of this kind about its number. */
export async function arm(desk: Desk, runs: Run[], operation: Fault["operation"]): Promise<void> {
  for (const run of runs) {
    const fault = faultOf(run.behaviour, { operation, phoneNumber: run.phoneNumber }, run.random);
    if (fault) await desk.carrier.arm(fault);
  }
}

/** As many clients at a time as one process answers without making them wait in line for the carrier. */
const clientsAtOnce = 8;

/** Sends every request once, through a process that nothing happens to. */
export async function askAll(desk: Desk, conversations: Conversation[]): Promise<void> {
  const limit = pLimit(clientsAtOnce);
  const send = async ({ request, answers }: Conversation) =>
    answers.push(await desk.steady.do({ kind: "request", request }));
  await Promise.all(conversations.map((conversation) => limit(() => send(conversation))));
}

/** Buys the number of every run, with nothing in the way. Throws when one is not bought. */
export async function buyAll(desk: Desk, runs: Run[]): Promise<void> {
  const purchases = runs.map((run) => converse(run, "purchase", purchaseOf(run)));
  await askAll(desk, purchases);
  const waiting = purchases.filter(({ answers }) => !answers.some(isFinal));
  if (waiting.length > 0) await repeatAll(desk, waiting);
  for (const { run, answers } of purchases) requireStatus(run, answers.at(-1), 201);
  // Whatever the number becomes later, this answer was true then.
  for (const run of runs) run.conversations = run.conversations.filter(({ asks }) => asks !== "purchase");
}

/** A machine so busy that the database gave up waiting for it says 503, having done nothing; the client tries again. */
const triesAtMost = 3;

interface CrashOptions {
  /** Where to die, if not at the run's own point. */
  at?: FailPoint;
  meanwhile?: (run: Run) => Job["meanwhile"];
}

/** Sends the requests to processes that are killed when every request stands at its run's point or was answered. */
export async function crashAll(
  desk: Desk,
  runs: Run[],
  conversations: Conversation[],
  { at, meanwhile }: CrashOptions = {},
): Promise<void> {
  let left = runs.map((run, index) => ({ run, conversation: conversations[index] as Conversation }));
  for (let attempt = 0; attempt < triesAtMost && left.length > 0; attempt += 1) {
    const outcomes = await desk.crash(
      left.map(({ run, conversation: { request } }): Job => {
        const event = meanwhile?.(run);
        return {
          act: { kind: "request", request },
          stopAt: at ?? run.point,
          ...(event ? { meanwhile: event } : {}),
        };
      }),
    );
    left = left.filter(({ run, conversation }, index) => {
      const { reached, answer, failure } = outcomes[index] as Outcome;
      if (failure !== null) throw new Error(`${run.id}: ${failure}`);
      if (at === undefined) run.reached = reached;
      if (answer) conversation.answers.push(answer);
      return answer?.status === 503 && answer.body?.code === "service_unavailable";
    });
  }
}

/** A client that is told "not yet" this often may give up; what it is told is then judged as it is. */
const roundsAtMost = 5;

/**
 * After a crash, clients do what clients do: send the same again, with the same key, until they are told, and once more.
 * The requests that died are as old by now as requests can become.
 */
export async function repeatAll(desk: Desk, conversations: Conversation[]): Promise<void> {
  let waiting = conversations;
  for (let round = 0; round < roundsAtMost && waiting.length > 0; round += 1) {
    await desk.endLeases();
    await desk.settle();
    await desk.sql.query(
      "UPDATE idempotency_record SET started_at = started_at - interval '5 minutes' WHERE final_status IS NULL",
    );
    await askAll(desk, waiting);
    waiting = waiting.filter(({ answers }) => !answers.some(isFinal));
  }
  await desk.settle();
  await askAll(desk, conversations);
}

/** Longest that a piece of background work may take to come to its point, or to find that it has nothing to do. */
const reachWithinMs = 8_000;
/** A new process opens its connections to the database one by one; on a busy machine that takes a while. */
const quietForMs = 3_000;

/**
 * Lets a process do background work that concerns all of these runs, and kills it when all of them stand at their point,
 * or when no further one comes there.
 */
export async function crashBackground(
  desk: Desk,
  runs: Run[],
  act: Extract<Act, { kind: "recover" | "renew" | "sync" }>,
): Promise<void> {
  const [{ point } = { point: undefined }] = runs;
  if (point === undefined) return;
  const runOf = await runsByNumber(desk, runs);
  await desk.endLeases();
  const actor = await desk.takeActor();
  const deadline = performance.now() + reachWithinMs;
  while (performance.now() < deadline) {
    const started = actor.start({ act, stopAt: point });
    const first = await Promise.race([started.reached, started.ended]);
    if ("point" in first) {
      const concernsAll = first.subject === null || act.kind !== "recover";
      await untilQuiet(started.standing, concernsAll ? 0 : runs.length);
      for (const run of concernsAll ? runs : started.standing().map((id) => runOf.get(id)))
        if (run) run.reached = true;
      break;
    }
    if ("failure" in first) throw new Error(first.failure);
    if (act.kind !== "recover" || (await listUnfinished(desk.sql)).length === 0) break;
    await wait(50);
  }
  await actor.kill();
}

async function untilQuiet(standing: () => string[], expected: number): Promise<void> {
  let [last, since] = [0, performance.now()];
  while (standing().length < expected && performance.now() - since < quietForMs) {
    if (standing().length !== last) [last, since] = [standing().length, performance.now()];
    await wait(20);
  }
}

async function runsByNumber(desk: Desk, runs: Run[]): Promise<Map<string, Run>> {
  const { rows } = await desk.sql.query<{ id: string; organization_id: string }>(
    "SELECT id, organization_id FROM phone_number",
  );
  const runOf = new Map(runs.map((run) => [run.tenant.organizationId, run]));
  return new Map(
    rows.flatMap(({ id, organization_id }) => {
      const run = runOf.get(organization_id);
      return run ? [[id, run] as const] : [];
    }),
  );
}

/** The holds of these runs are over now. */
export async function endHolds(desk: Desk, runs: Run[]): Promise<void> {
  const organizations = runs.map(({ tenant }) => tenant.organizationId);
  await desk.sql.query(
    `WITH due AS (UPDATE release_order SET release_at = now() WHERE status = 'pending' AND organization_id = ANY($1)
       RETURNING phone_number_id)
     UPDATE phone_number SET next_check_at = now() FROM due WHERE id = due.phone_number_id AND state = 'held'`,
    [organizations],
  );
}

export function requireStatus(run: string, answer: HttpAnswer | undefined, status: number): void {
  if (answer?.status === status) return;
  throw new Error(`${run}: answered ${answer?.status}, not ${status}: ${JSON.stringify(answer?.body)}`);
}
