import { instruments } from "./registry";

/** Labels are words of closed lists: never a number, an id, a name or a raw path. */

const methods = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);

interface AnsweredRequest {
  method: string;
  /** The pattern, such as `/core/agents/{agent_id}`. */
  route: string;
  status: number;
  ms: number;
}

/** Counts a request that was answered. */
export function countRequest({ method, route, status, ms }: AnsweredRequest): void {
  const { requests, requestSeconds } = instruments();
  const labels = { method: methods.has(method) ? method : "other", route };
  requests.inc({ ...labels, status: String(status) });
  requestSeconds.observe(labels, ms / 1000);
}

interface CarrierRequest {
  carrier: string;
  /** Of `Carrier`, such as `buyNumber`. */
  method: string;
  /** `ok`, or the kind of a CarrierError. */
  outcome: string;
  ms: number;
}

/** Counts one try at a carrier. */
export function countCarrierRequest({ carrier, method, outcome, ms }: CarrierRequest): void {
  const { carrierRequests, carrierSeconds } = instruments();
  carrierRequests.inc({ carrier, method, outcome });
  carrierSeconds.observe({ carrier, method }, ms / 1000);
}

/** Counts a number that recovery looks at, by the state it was found in. */
export function countRecoveryLook(state: string): void {
  instruments().recoveryLooks.inc({ state });
}

/** Counts a request that came too often, by the limit it met. */
export function countRateLimitRefusal(limit: "caller" | "organization" | "carrier"): void {
  instruments().rateLimitRefusals.inc({ limit });
}

/** Counts a line of the log that a person should read. */
export function countLoggedError(): void {
  instruments().errorsLogged.inc();
}
