import type { Scope } from "@/lib/api-keys/schema";

type Thing = Scope extends `${infer Name}:${string}` ? Name : never;

interface ThingWords {
  title: string;
  /** Behind a verb: "See the audit log". */
  object: string;
}

const things: Record<Thing, ThingWords> = {
  phone_numbers: { title: "Phone numbers", object: "phone numbers" },
  managed_accounts: { title: "Carrier accounts", object: "carrier accounts" },
  trunks: { title: "Trunks", object: "trunks" },
  agents: { title: "Agents", object: "agents" },
  campaigns: { title: "Campaigns", object: "campaigns" },
  calls: { title: "Calls", object: "calls" },
  billing: { title: "Billing", object: "billing" },
  members: { title: "Members and keys", object: "members and keys" },
  audit: { title: "Audit log", object: "the audit log" },
};

const verbs: Record<Scope, string> = {
  "phone_numbers:read": "See",
  "phone_numbers:manage": "Buy, assign and label",
  "phone_numbers:release": "Release",
  "managed_accounts:read": "Search",
  "managed_accounts:manage": "Buy from",
  "trunks:read": "See",
  "trunks:manage": "Manage",
  "agents:read": "See",
  "agents:manage": "Create and publish",
  "campaigns:read": "See",
  "campaigns:manage": "Manage",
  "calls:read": "See",
  "calls:manage": "Manage",
  "billing:read": "See",
  "billing:manage": "Manage",
  "members:read": "See",
  "members:manage": "Manage",
  "audit:read": "See",
};

/** In the order they are offered. */
export const allScopes = Object.keys(verbs) as Scope[];

export interface OfferedScope {
  scope: Scope;
  verb: string;
  object: string;
  irreversible: boolean;
}

export interface ScopeGroup {
  thing: string;
  title: string;
  scopes: OfferedScope[];
}

/** The scopes by what they are about, with plain words. */
export function groupScopes(scopes: readonly Scope[]): ScopeGroup[] {
  const groups = new Map<Thing, ScopeGroup>();
  for (const scope of allScopes.filter((known) => scopes.includes(known))) {
    const thing = thingOf(scope);
    const { title, object } = things[thing];
    const group = groups.get(thing) ?? { thing, title, scopes: [] };
    const irreversible = scope === "phone_numbers:release";
    groups.set(thing, {
      ...group,
      scopes: [...group.scopes, { scope, verb: verbs[scope], object, irreversible }],
    });
  }
  return [...groups.values()];
}

export function readOnly(scopes: readonly Scope[]): Scope[] {
  return scopes.filter((scope) => scope.endsWith(":read"));
}

/** Whether another of the chosen scopes includes this one: manage implies read. */
export function isImplied(scope: Scope, chosen: readonly Scope[]): boolean {
  const manage = scope.replace(/:read$/, ":manage");
  return manage !== scope && chosen.some((other) => other === manage);
}

/** "Read only", "Everything", or null for anything between. `most` is all that could have been granted. */
export function summarizeScopes(scopes: readonly Scope[], most: readonly Scope[]): string | null {
  const covers = (wanted: readonly Scope[]) =>
    wanted.every((scope) => scopes.includes(scope) || isImplied(scope, scopes));
  if (scopes.every((scope) => scope.endsWith(":read"))) return covers(readOnly(most)) ? "Read only" : null;
  return covers(most) ? "Everything" : null;
}

/** One line per thing, in the words of the API: "Phone numbers: manage, release". */
export function listScopes(scopes: readonly Scope[]): string[] {
  const telling = scopes.filter((scope) => !isImplied(scope, scopes));
  return groupScopes(telling).map(
    (group) => `${group.title}: ${group.scopes.map(({ scope }) => scope.split(":")[1]).join(", ")}`,
  );
}

function thingOf(scope: Scope): Thing {
  return scope.split(":")[0] as Thing;
}
