import type { Description } from "../api/endpoint";
import { createApiKey, createPersonalToken } from "../api-keys";
import { hasScope, type Scope } from "../permissions";
import { headersOfSession } from "./browser";
import type { Member } from "./desk";

/** Somebody who calls the API: what they send to be known, and what they may do. */
export interface Caller {
  headers: Record<string, string>;
  scopes: ReadonlySet<Scope>;
  /** Who is behind it; for a key of the organization, whoever made it. */
  member: Member;
  isPerson: boolean;
}

export async function openSession(member: Member): Promise<Caller> {
  const headers = await headersOfSession(member.userId);
  return { headers, scopes: member.scopes, member, isPerson: true };
}

/** A personal token with all that its person may do, naming their organization. */
export async function openToken(member: Member): Promise<Caller> {
  const { token } = await createPersonalToken(member, { name: "Token" });
  const headers = { authorization: `Bearer ${token}`, "x-organization-id": member.organizationId };
  return { headers, scopes: member.scopes, member, isPerson: true };
}

/** A key of the organization; with all that its maker may do unless told otherwise. */
export async function openKey(maker: Member, scopes: Scope[] = [...maker.scopes]): Promise<Caller> {
  const { key } = await createApiKey(maker, { name: "Key", scopes });
  const headers = { authorization: `Bearer ${key}` };
  return { headers, scopes: new Set(scopes), member: maker, isPerson: false };
}

type Rule = Pick<Description, "access" | "alsoAccess">;

/** What a declared rule says of a caller, and nothing else. */
export function mayCall(caller: Caller, rule: Rule): boolean {
  if (rule.access === "anybody") return true;
  if (rule.access === "person") return caller.isPerson;
  return missingOf(caller, rule) === null;
}

/** Of which scopes the caller would need any, by the first part of the rule that keeps them out. */
export function missingOf({ scopes }: Caller, { access, alsoAccess }: Rule): readonly Scope[] | null {
  const parts = [access, alsoAccess].filter((part) => typeof part === "object");
  return parts.find((part) => !part.some((scope) => hasScope(scopes, scope))) ?? null;
}
