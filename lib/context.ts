import type { Scope } from "./permissions";

declare const organizationIdBrand: unique symbol;

/** Made only by the session gate, the token check and the worker, so that forgetting the tenant does not compile. */
export type OrganizationId = string & { readonly [organizationIdBrand]: true };

export interface Actor {
  kind: "user" | "key" | "token" | "job";
  id: string;
  name: string;
}

/** Who asks, for which organization, through what. Every verb takes one first. */
export interface Ctx {
  organizationId: OrganizationId;
  actor: Actor;
  /** The person behind a session or a personal token; a key of the organization has none. */
  userId?: string;
  scopes: ReadonlySet<Scope>;
  /** When the key or token behind the request ends, if it does. */
  expiresAt?: Date;
  surface: "dashboard" | "core_api" | "public_api" | "mcp" | "worker";
  requestId: string;
}

/** For the gates named above, after they have proved membership or read the id from our own row. */
export function asOrganizationId(id: string): OrganizationId {
  return id as OrganizationId;
}
