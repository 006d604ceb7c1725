import type { Ctx } from "./context";
import { AppError } from "./errors";

/** The one table of who may do what. Keys and tokens carry a subset of these scopes. */

export const scopeList = [
  "phone_numbers:read",
  "phone_numbers:manage",
  "phone_numbers:release",
  "managed_accounts:read",
  "managed_accounts:manage",
  "trunks:read",
  "trunks:manage",
  "agents:read",
  "agents:manage",
  "campaigns:read",
  "campaigns:manage",
  "calls:read",
  "calls:manage",
  "billing:read",
  "billing:manage",
  "members:read",
  "members:manage",
  "audit:read",
] as const;

export type Scope = (typeof scopeList)[number];
export type Role = "owner" | "admin" | "operator" | "viewer";

const reads = scopeList.filter((scope) => scope.endsWith(":read"));
const viewerScopes = reads.filter((scope) => !["billing:read", "members:read", "audit:read"].includes(scope));
const operatorScopes: Scope[] = [
  ...viewerScopes,
  "phone_numbers:manage",
  "managed_accounts:manage",
  "trunks:manage",
  "agents:manage",
  "campaigns:manage",
  "calls:manage",
];

const scopesOfRole: Record<Role, ReadonlySet<Scope>> = {
  owner: new Set(scopeList),
  admin: new Set(scopeList),
  operator: new Set(operatorScopes),
  viewer: new Set(viewerScopes),
};

export function scopesFor(role: Role): ReadonlySet<Scope> {
  return scopesOfRole[role];
}

export const allScopes: ReadonlySet<Scope> = new Set(scopeList);

/** Whether `held` covers `scope`; manage implies read. */
export function hasScope(held: ReadonlySet<Scope>, scope: Scope): boolean {
  if (held.has(scope)) return true;
  const manage = scope.replace(/:read$/, ":manage");
  return manage !== scope && scopeList.some((known) => known === manage && held.has(known));
}

/** Passes when the caller holds any of `accepted`; throws `missing_scope` naming them otherwise. */
export function requireScope(ctx: Pick<Ctx, "scopes">, ...accepted: [Scope, ...Scope[]]): void {
  if (accepted.some((scope) => hasScope(ctx.scopes, scope))) return;
  throw new AppError("missing_scope", `This needs the scope ${accepted.join(" or ")}.`, { scopes: accepted });
}
