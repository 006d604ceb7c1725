import type { Actor } from "./actor";
import type { Desk } from "./desk";
import type { HttpAnswer, Tenant } from "./jobs";
import type { Violation } from "./suite";

/** Customers who buy through processes that may die under them. */

export interface Told {
  phoneNumber: string;
  tenant: Tenant;
  /** Null when the process died before it answered. */
  answer: HttpAnswer | null;
}

/** One request of a customer to one process. Throws when the process dies before it answers. */
export async function askActor(
  actor: Actor,
  { key }: Tenant,
  method: string,
  path: string,
  more: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<HttpAnswer> {
  const headers = { authorization: key, ...more.headers };
  const body = more.body === undefined ? {} : { body: more.body };
  return await actor.do({ kind: "request", request: { method, path, headers, ...body } });
}

/** Asks one process to buy a number, and says what the customer heard of it. */
export async function buyFrom(
  actor: Actor,
  tenant: Tenant,
  phoneNumber: string,
  idempotencyKey?: string,
): Promise<Told> {
  const headers: Record<string, string> =
    idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
  const body = { phone_number: phoneNumber };
  const path = "/core/managed-accounts/default/purchase-number";
  const asked = askActor(actor, tenant, "POST", path, { body, headers });
  return { phoneNumber, tenant, answer: await asked.catch(() => null) };
}

/** The answer in few letters, to be counted: the status, and the code of a refusal. */
export function wordOf({ answer }: Pick<Told, "answer">): string {
  if (!answer) return "no answer";
  return answer.status < 300 ? String(answer.status) : `${answer.status} ${answer.body?.code}`;
}

export function countWords(told: Pick<Told, "answer">[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of told) counts[wordOf(one)] = (counts[wordOf(one)] ?? 0) + 1;
  return counts;
}

/** Works through all of them, so many at a time, in their order. */
export async function inTurn<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Refusals that say something else than "you do not have it". */
const undecided = ["purchase_in_progress", "request_in_progress", "number_already_owned"];

/**
 * O4 of purchases nobody has undone: whoever heard 201 or 202 with an end in their favour has the number, whoever was
 * refused has none, and nobody saw a defect of ours.
 */
export async function findUntrueAnswers(desk: Desk, told: Told[]): Promise<Violation[]> {
  const { rows } = await desk.sql.query<{ mark: string }>(
    "SELECT organization_id || ' ' || phone_number AS mark FROM phone_number WHERE live",
  );
  const holders = new Set(rows.map(({ mark }) => mark));
  return told.flatMap(({ phoneNumber, tenant, answer }) => {
    if (!answer) return [];
    const { status, body } = answer;
    const holds = holders.has(`${tenant.organizationId} ${phoneNumber}`);
    const bought = status === 201;
    const refused = status >= 400 && !undecided.includes(body?.code);
    const defect = status >= 500 && status !== 503;
    if (!defect && !(bought && !holds) && !(refused && holds)) return [];
    const detail = `${phoneNumber}: ${status} ${body?.code ?? ""} was told, and it is ${holds ? "" : "not "}theirs.`;
    return [{ rule: "O4", run: null, detail }];
  });
}

export async function countActive({ sql }: Desk): Promise<number> {
  const { rows } = await sql.query<{ active: number }>(
    "SELECT count(*)::int AS active FROM phone_number WHERE state = 'active'",
  );
  return rows[0]?.active ?? 0;
}
