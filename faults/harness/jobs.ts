import type { FailPoint } from "@/lib/fail-points";

/** What the harness asks of an actor, a process of the product that can be stopped at any fail point. */

export interface HttpRequest {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field
  body: any;
}

/** An organization with an owner, a key that may do everything, and a published agent. */
export interface Tenant {
  organizationId: string;
  key: string;
  agentId: string;
}

export type Act =
  | { kind: "request"; request: HttpRequest }
  | { kind: "recover" }
  | { kind: "sync" }
  | { kind: "renew" }
  | { kind: "beat" }
  | { kind: "open"; numberLimit: number; operates: boolean }
  | { kind: "dump"; organizationId: string };

/** What each act gives back. */
export interface Results {
  request: HttpAnswer;
  recover: number;
  sync: string;
  renew: number;
  beat: null;
  open: Tenant;
  dump: string;
}

export interface Job {
  act: Act;
  /** Stand still for ever (until killed or told to go on) at this point. */
  stopAt?: FailPoint;
  /** Something that happens at the carrier by somebody else's hand just when this point is reached. */
  meanwhile?: { at: FailPoint; path: string; body: object };
}

export type ToActor = { id: number; job: Job } | { goOn: number };

export type FromActor =
  | { ready: true }
  | { id: number; reached: FailPoint; subject: string | null }
  | { id: number; result: unknown }
  | { id: number; failure: string };
