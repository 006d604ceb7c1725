import { createVersion } from "../agents";
import type { Endpoint } from "../api/endpoint";
import { createApiKey, createPersonalToken } from "../api-keys";
import { database } from "../db/client";
import { newId } from "../ids";
import { setKillSwitch } from "../kill-switches";
import { allScopes } from "../permissions";
import { buyPhoneNumber, releasePhoneNumber } from "../phone-numbers";
import { type Member, openAgent } from "./desk";
import { createNumberPool } from "./local-carrier";
import { insertDrift, insertNumber, insertPurchase, openOwnTrunk } from "./rows";

/**
 * One way to call each operation so that it succeeds. Whatever names a thing of an organization is a placeholder, so
 * that the same table also makes the calls that name somebody else's, or nothing at all.
 */

interface Thing {
  /** Makes one, owned by this member or their organization; every way to write its name, the plain id first. */
  make: (owner: Member) => Promise<[string, ...string[]]>;
  /** As many names of what never existed; left out where the name is not of anybody's thing. */
  absent?: () => [string, ...string[]];
}

export const takeNumberForSale = createNumberPool();
let madeUp = 0;

/** A number no carrier here sells. */
export function takeNumberElsewhere(): string {
  madeUp += 1;
  return `+1202${String(2_000_000 + madeUp)}`;
}

const config = { endpoint: { type: "sip" as const, url: "sip:anna@agents.example.com" } };

const things = {
  /** With a published version 1 and a draft 2, and no number. */
  agent: {
    make: async (owner) => {
      const id = await openAgent(owner);
      await createVersion(owner, id, { config });
      return [id];
    },
    absent: () => [newId("agt")],
  },
  /** In both slots of a number. */
  busyAgent: {
    make: async (owner) => {
      const id = await openAgent(owner);
      const phoneNumberId = await insertNumber(owner, takeNumberElsewhere());
      const slot = { organizationId: owner.organizationId, phoneNumberId, agentId: id };
      const directions = ["inbound", "outbound"] as const;
      await database().assignment.createMany({
        data: directions.map((direction) => ({ ...slot, direction })),
      });
      return [id];
    },
    absent: () => [newId("agt")],
  },
  /** Active, managed, both slots empty. */
  number: {
    make: async (owner) => {
      const phoneNumber = takeNumberElsewhere();
      return [await insertNumber(owner, phoneNumber), phoneNumber];
    },
    absent: () => [newId("num"), takeNumberElsewhere()],
  },
  /** The same where only E.164 is taken. */
  e164: {
    make: async (owner) => {
      const phoneNumber = takeNumberElsewhere();
      await insertNumber(owner, phoneNumber);
      return [phoneNumber];
    },
    absent: () => [takeNumberElsewhere()],
  },
  /** One the carrier knows as ours too. */
  boughtNumber: {
    make: async (owner) => {
      const bought = await buyPhoneNumber(owner, "default", { phone_number: takeNumberForSale() });
      return [bought.number.id, bought.number.phone_number];
    },
    absent: () => [newId("num"), takeNumberElsewhere()],
  },
  /** Waiting to be released. */
  heldNumber: {
    make: async (owner) => {
      const phoneNumber = takeNumberElsewhere();
      const id = await insertNumber(owner, phoneNumber);
      await releasePhoneNumber(owner, { phoneNumber: id, unassign: false, hold: 7 });
      return [id, phoneNumber];
    },
    absent: () => [newId("num"), takeNumberElsewhere()],
  },
  numberForSale: { make: async () => [takeNumberForSale()] },
  numberElsewhere: { make: async () => [takeNumberElsewhere()] },
  /** Open: the carrier sends a number's calls elsewhere. */
  drift: {
    make: async (owner) => [await insertDrift(owner, takeNumberElsewhere())],
    absent: () => [newId("drf")],
  },
  order: {
    make: async (owner) => {
      const { orderId } = await insertPurchase(owner, takeNumberElsewhere(), { state: "unknown" });
      return [orderId];
    },
    absent: () => [newId("po")],
  },
  key: {
    make: async (owner) => [(await createApiKey(owner, { name: "To revoke" })).id],
    absent: () => [newId("ak")],
  },
  token: {
    make: async (owner) => [(await createPersonalToken(owner, { name: "To revoke" })).id],
    absent: () => [newId("pat")],
  },
  organization: { make: async (owner) => [owner.organizationId], absent: () => [newId("org")] },
  killSwitch: {
    make: async (owner) => {
      const reason = "Under review.";
      return [(await setKillSwitch(owner, { act: "releasing", reach: "organization", reason })).id];
    },
    absent: () => [newId("ks")],
  },
  /** A customer's own, with a number on it. */
  trunk: {
    make: async (owner) => {
      const trunkId = await openOwnTrunk(owner);
      const byoc = { source: "byoc", managedAccountId: null, carrierNumberId: null, tag: null } as const;
      await insertNumber(owner, takeNumberElsewhere(), { ...byoc, trunkId });
      return [trunkId];
    },
    absent: () => [newId("trk")],
  },
} satisfies Record<string, Thing>;

type Kind = keyof typeof things;

const kindOf = Symbol("kind");
interface Placeholder {
  readonly [kindOf]: Kind;
}
const a = (kind: Kind): Placeholder => ({ [kindOf]: kind });

/** What is undefined is left out of the call. */
type Part =
  | undefined
  | string
  | number
  | boolean
  | Placeholder
  | readonly Part[]
  | { readonly [name: string]: Part };

interface KnownCall {
  params?: Record<string, string | Placeholder>;
  query?: Record<string, string>;
  body?: Record<string, Part>;
  /** Query fields that name a thing; a list narrowed by somebody else's is empty. */
  filters?: Record<string, Kind>;
  answers: number;
}

const account = { managed_account_id: "default" };
const slot = { phone_number: a("number"), direction: "inbound" };
const twoSlots = { inbound: { agent_id: a("agent") }, outbound: { agent_id: a("agent") } };
const credential = { name: "Import" };

const calls: Record<string, KnownCall> = {
  getCaller: { answers: 200 },
  getOrganization: { answers: 200 },
  listApiKeys: { answers: 200 },
  createApiKey: { body: credential, answers: 201 },
  revokeApiKey: { params: { api_key_id: a("key") }, answers: 200 },
  listPersonalTokens: { answers: 200 },
  createPersonalToken: { body: credential, answers: 201 },
  revokePersonalToken: { params: { personal_token_id: a("token") }, answers: 200 },

  listKillSwitches: { answers: 200 },
  setKillSwitch: {
    body: {
      act: "buying",
      reach: "organization",
      organization_id: a("organization"),
      managed_account_id: undefined,
      reason: "Prices are under review.",
    },
    answers: 200,
  },
  liftKillSwitch: { params: { kill_switch_id: a("killSwitch") }, answers: 204 },
  endSafeMode: { answers: 204 },

  listManagedAccounts: { answers: 200 },
  getManagedAccount: { params: account, answers: 200 },
  listCountries: { params: account, answers: 200 },
  searchNumbers: { params: account, query: { area_code: "415" }, answers: 200 },
  buyPhoneNumber: {
    params: account,
    body: { phone_number: a("numberForSale"), label: "Front desk", ...twoSlots },
    answers: 201,
  },
  getPurchaseOrder: { params: { purchase_order_id: a("order") }, answers: 200 },

  listPhoneNumbers: {
    filters: {
      agent_id: "busyAgent",
      inbound_agent_id: "busyAgent",
      outbound_agent_id: "busyAgent",
      trunk_id: "trunk",
      phone_number: "e164",
      q: "e164",
    },
    answers: 200,
  },
  registerPhoneNumber: {
    body: { phone_number: a("numberElsewhere"), trunk_id: a("trunk"), label: "Front desk" },
    answers: 201,
  },
  getPhoneNumber: { params: { phone_number: a("number") }, answers: 200 },
  updatePhoneNumber: {
    params: { phone_number: a("number") },
    body: { label: "Sales", outbound_shareable: true },
    answers: 200,
  },
  releasePhoneNumber: { params: { phone_number: a("boughtNumber") }, answers: 200 },
  undoRelease: { params: { phone_number: a("heldNumber") }, answers: 200 },
  assignSlot: { params: slot, body: { agent_id: a("agent"), version: 1 }, answers: 200 },
  unassignSlot: { params: slot, answers: 200 },

  getSyncOverview: { answers: 200 },
  requestSync: { answers: 202 },
  listDrifts: { answers: 200 },
  getDrift: { params: { drift_id: a("drift") }, answers: 200 },
  resolveDrift: { params: { drift_id: a("drift") }, body: { action: "accept" }, answers: 200 },

  listAgents: { answers: 200 },
  createAgent: { body: { name: "Anna" }, answers: 201 },
  getAgent: { params: { agent_id: a("agent") }, answers: 200 },
  updateAgent: {
    params: { agent_id: a("agent") },
    body: { name: "Ben", description: "Sales", active: false, metadata: { team: "sales" } },
    answers: 200,
  },
  deleteAgent: { params: { agent_id: a("agent") }, answers: 204 },
  listVersions: { params: { agent_id: a("agent") }, answers: 200 },
  createVersion: { params: { agent_id: a("agent") }, body: { config }, answers: 201 },
  getVersion: { params: { agent_id: a("agent"), version: "latest" }, answers: 200 },
  updateVersion: {
    params: { agent_id: a("agent"), version: "2" },
    body: { config: { endpoint: { type: "webhook", url: "https://agents.example.com/voice" } } },
    answers: 200,
  },
  compareVersions: {
    params: { agent_id: a("agent") },
    body: { from_version: 1, to_version: "latest" },
    answers: 200,
  },
  getAgentConfigSchema: { answers: 200 },
  publishVersion: {
    params: { agent_id: a("agent"), version: "2" },
    body: { phone_numbers: [a("e164")], unassign_phone_numbers: [a("e164")], direction: "both" },
    answers: 200,
  },

  listTelephonyNumbers: { answers: 200 },
  searchTelephonyNumbers: { body: { area_code: "415", page_size: 5 }, answers: 200 },
  purchaseTelephonyNumber: { body: { phone_number: a("numberForSale") }, answers: 201 },
  importTelephonyNumber: {
    body: {
      phone_number: a("numberElsewhere"),
      provider_type: "custom_sip",
      sip_username: "linedesk",
      sip_password: "a password",
      sip_server: "sip.example.com",
    },
    answers: 501,
  },
  assignTelephonyNumber: {
    body: { number_id: a("number"), agent_id: a("agent"), assignment_type: "inbound" },
    answers: 200,
  },
  unassignTelephonyNumber: {
    body: { number_id: a("number"), assignment_type: "inbound" },
    answers: 200,
  },
  releaseTelephonyNumber: { params: { number_id: a("boughtNumber") }, answers: 200 },
  listTelephonyAgents: { answers: 200 },
  listTelephonyNumbersOfAgent: { params: { agent_id: a("agent") }, answers: 200 },
  getTelephonyAgentWebhookUrl: { params: { agent_id: a("agent") }, answers: 501 },
};

/** Throws, naming the operation, until this table knows how to call it. */
export function callOf({ description: { operationId } }: Endpoint): KnownCall {
  const call = calls[operationId];
  if (!call) throw new Error(`No call is known for ${operationId}; add one to lib/testing/calls.ts.`);
  return call;
}

export const knownOperations: readonly string[] = Object.keys(calls);

/** A part of a call that names a thing, such as `body.inbound.agent_id`. */
export interface Place {
  place: string;
  kind: Kind;
}

export interface PreparedCall {
  method: string;
  address: string;
  body: unknown;
}

/** Every part of the operation's call that names a thing somebody can own. */
export function placesOf(endpoint: Endpoint): Place[] {
  const { params, body } = callOf(endpoint);
  return find(params, "params")
    .concat(find(body, "body"))
    .filter(({ kind }) => "absent" in things[kind]);
}

/** A call that succeeds, on things made for it; `other` puts another name into one place. */
export async function prepareCall(
  endpoint: Endpoint,
  owner: Member,
  other?: { place: string; name: string },
): Promise<PreparedCall> {
  return await fill(endpoint, async ({ place, kind }) =>
    place === other?.place ? other.name : (await makeThing(kind, owner))[0],
  );
}

/** The same call about things that never existed. */
export async function prepareAbsentCall(endpoint: Endpoint, owner: Member): Promise<PreparedCall> {
  return await fill(
    endpoint,
    async ({ kind }) => (namesOfNothing(kind) ?? (await makeThing(kind, owner)))[0],
  );
}

/** Every way to write the name of a new thing of this member's. */
export async function makeThing(kind: Kind, owner: Member): Promise<[string, ...string[]]> {
  return await things[kind].make({ ...owner, scopes: allScopes });
}

export function namesOfNothing(kind: Kind): [string, ...string[]] | undefined {
  const thing: Thing = things[kind];
  return thing.absent?.();
}

function find(part: Part, place: string): Place[] {
  if (typeof part !== "object") return [];
  if (isPlaceholder(part)) return [{ place, kind: part[kindOf] }];
  return Object.entries(part).flatMap(([name, inner]) => find(inner, `${place}.${name}`));
}

async function fill(endpoint: Endpoint, nameOf: (place: Place) => Promise<string>): Promise<PreparedCall> {
  const { params = {}, query = {}, body } = callOf(endpoint);
  const replace = async (part: Part, place: string): Promise<unknown> => {
    if (typeof part !== "object") return part;
    if (isPlaceholder(part)) return await nameOf({ place, kind: part[kindOf] });
    if (Array.isArray(part))
      return await Promise.all(part.map((inner, index) => replace(inner, `${place}.${index}`)));
    const fields = Object.entries(part).map(
      async ([name, inner]) => [name, await replace(inner, `${place}.${name}`)] as const,
    );
    return Object.fromEntries(await Promise.all(fields));
  };
  const names = (await replace(params, "params")) as Record<string, string>;
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(names[name] ?? ""),
  );
  const search = new URLSearchParams(query).toString();
  return {
    method: endpoint.method,
    address: search ? `${path}?${search}` : path,
    body: body && (await replace(body, "body")),
  };
}

function isPlaceholder(part: object): part is Placeholder {
  return kindOf in part;
}
