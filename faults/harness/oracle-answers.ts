import type { HttpAnswer, HttpRequest } from "./jobs";
import type { Violation } from "./suite";

/** O4, O7 and O9: what clients were told, against how it ended and what nobody may be told. */

/** What one client asked for, always with the same Idempotency-Key, and everything it was answered, in order. */
export interface Conversation {
  run: string;
  asks: "purchase" | "release" | "hold" | "undo" | "adopt" | "give-back" | "rewire";
  request: HttpRequest;
  answers: HttpAnswer[];
}

/** How the number of the conversation ended. */
export interface Ending {
  state: string | null;
  /** Whether the carrier has the number for us. */
  owned: boolean;
  slots: string[];
}

/** Codes that say "not yet": the same request is to be sent again. */
const notYet = [
  "purchase_in_progress",
  "request_in_progress",
  "rate_limited",
  "carrier_unreachable",
  "carrier_busy",
];

export const isFinal = ({ status, body }: HttpAnswer) =>
  ![202, 500, 501, 503].includes(status) && !notYet.includes(body?.code ?? "");

/** Which states a yes and a no of each request leave a number in. */
const promised: Record<Conversation["asks"], { yes: string[]; no: string[] }> = {
  purchase: { yes: ["active"], no: ["failed", "none"] },
  release: { yes: ["released"], no: ["active"] },
  hold: { yes: ["held"], no: ["active"] },
  undo: { yes: ["active"], no: ["held"] },
  adopt: { yes: ["active"], no: ["quarantined"] },
  "give-back": { yes: ["released"], no: ["quarantined", "active"] },
  rewire: { yes: ["active"], no: ["active"] },
};

/**
 * O4: no answer is a defect of ours, the same key has one final answer, and that answer is true. `changedSince`: states
 * the suite itself has moved the number to after the last answer.
 */
export function checkAnswers(
  { run, asks, answers }: Conversation,
  ending: Ending,
  changedSince: string[] = [],
): Violation[] {
  const found: Violation[] = [];
  const say = (detail: string) => found.push({ rule: "O4", run, detail });
  for (const { status, body } of answers) {
    if (status === 500) say(`The ${asks} was answered ${status}: ${JSON.stringify(body)}.`);
  }
  const final = answers.filter(isFinal);
  const texts = new Set(
    final.map(({ status, body }) => `${status} ${JSON.stringify(withoutRequestId(body))}`),
  );
  if (texts.size > 1) say(`One key was answered in ${texts.size} ways: ${[...texts].join(" | ")}.`);
  const last = final.at(-1);
  if (!last) {
    if (answers.length > 0 && changedSince.length === 0) say(`No final answer came: ${tell(answers)}.`);
    return found;
  }
  const { yes, no } = promised[asks];
  const allowed = [...(last.status < 300 ? yes : no), ...changedSince];
  const state = ending.state ?? "none";
  if (!allowed.includes(state)) say(`The ${asks} was answered ${tell([last])} and the number is ${state}.`);
  if (asks === "purchase" && last.status >= 400 && ending.owned && state !== "quarantined") {
    say(`The purchase was answered ${tell([last])} and the carrier has the number for us.`);
  }
  return found;
}

/** O9, the half that clients see: no secret in an answer. */
export function checkDiscretion({ run, answers }: Conversation, secrets: string[]): Violation[] {
  const text = JSON.stringify(answers);
  return secrets
    .filter((secret) => text.includes(secret))
    .map(() => ({ rule: "O9", run, detail: "A secret stands in an answer." }));
}

/** O7: slots that were acknowledged are filled as long as the number is active. */
export function checkSlots(run: string, ending: Ending, acknowledged: string[]): Violation[] {
  if (ending.state !== "active" || ending.slots.join() === acknowledged.join()) return [];
  const detail = `Slots [${acknowledged}] were acknowledged, and [${ending.slots}] are in force.`;
  return [{ rule: "O7", run, detail }];
}

function tell(answers: HttpAnswer[]): string {
  return answers.map(({ status, body }) => `${status} ${body?.code ?? body?.status ?? ""}`).join(", ");
}

function withoutRequestId(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== "request_id"));
}
