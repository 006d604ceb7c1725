import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "../api-keys";
import { database } from "../db/client";
import { type Role, scopeList } from "../permissions";
import { type Reply, send } from "../testing/browser";
import { type Caller, mayCall, missingOf, openKey, openSession, openToken } from "../testing/callers";
import { callOf, knownOperations, prepareAbsentCall, prepareCall } from "../testing/calls";
import { type Member, openDesk, openMember, openOrganization, unlimited } from "../testing/desk";
import { expectProblem } from "../testing/problems";
import type { Endpoint } from "./endpoint";
import { endpoints } from "./operations";
import { problems } from "./problems";

/** Who may call what: every operation with every kind of caller, both APIs. What is expected is only what it declares. */

let desk: Awaited<ReturnType<typeof openDesk>>;
let owner: Member;
let other: Member;
let callers: Map<string, Caller>;

const roles: Role[] = ["owner", "admin", "operator", "viewer"];
const named = endpoints.map((endpoint) => [endpoint.description.operationId, endpoint] as const);

beforeAll(async () => {
  desk = await openDesk(unlimited);
  const ctx = await openOrganization({ numberLimit: 100_000, operator: true });
  owner = await openMember(ctx);
  other = await openMember(await openOrganization());
  callers = await openCallers();
}, 60_000);
// What one operation stopped would stop the next.
afterEach(() => database().killSwitch.deleteMany());
afterAll(() => desk.close());

async function openCallers(): Promise<Map<string, Caller>> {
  const all = new Map<string, Caller>();
  for (const role of roles) {
    const member = await openMember(owner, role);
    all.set(`${role} at the dashboard`, await openSession(member));
    all.set(`token of ${role}`, await openToken(member));
  }
  for (const scope of scopeList) all.set(`key with ${scope}`, await openKey(owner, [scope]));
  all.set("key with everything", await openKey(owner));
  return all;
}

/** The operation called so that nothing but the caller can be wrong with it. */
async function callAs(endpoint: Endpoint, { headers, member }: Caller): Promise<Reply> {
  const { method, address, body } = await prepareCall(endpoint, member);
  return await send(method, address, body, headers);
}

async function callWith(endpoint: Endpoint, headers: Record<string, string>): Promise<Reply> {
  const { method, address, body } = await prepareAbsentCall(endpoint, owner);
  return await send(method, address, body, headers);
}

test("there is a call for every operation, and none for what is no operation", () => {
  expect([...knownOperations].sort()).toEqual(named.map(([operationId]) => operationId).sort());
});

describe("by role and scope", () => {
  test.each(named)(
    "%s",
    async (_, endpoint) => {
      const { description } = endpoint;
      for (const [name, caller] of callers) {
        const reply = await callAs(endpoint, caller);
        if (mayCall(caller, description)) {
          expect([name, reply.status, reply.text]).toEqual([name, callOf(endpoint).answers, reply.text]);
          continue;
        }
        expect([name, reply.status]).toEqual([name, 403]);
        if (description.access === "person") {
          expectProblem(endpoint, reply, "person_required");
          continue;
        }
        const { detail, facts } = expectProblem(endpoint, reply, "missing_scope");
        const missing = missingOf(caller, description);
        expect(facts.scopes).toEqual(missing);
        for (const scope of missing ?? []) expect(detail).toContain(scope);
      }
    },
    60_000,
  );

  test("every rule lets somebody in and, unless it is for anybody, keeps somebody out", () => {
    for (const [operationId, { description }] of named) {
      const outcomes = new Set([...callers.values()].map((caller) => mayCall(caller, description)));
      expect([operationId, [...outcomes].sort()]).toEqual([
        operationId,
        description.access === "anybody" ? [true] : [false, true],
      ]);
    }
  });
});

describe("without a credential that opens the organization", () => {
  let refused: [
    string,
    Record<string, string>,
    "unauthenticated" | "organization_required" | "invalid_request",
    RegExp,
  ][];

  beforeAll(async () => {
    const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
    const key = await openKey(owner);
    const token = await openToken(owner);
    const text = (caller: Caller) => caller.headers.authorization?.slice("Bearer ".length) ?? "";
    const ended = async (change: "revokedAt" | "expiresAt") => {
      const [ak, pat] = [await openKey(owner), await openToken(owner)];
      const data = { [change]: new Date(Date.now() - 60_000) };
      await database().apiKey.update({ where: { id: text(ak).slice(0, 25) }, data });
      await database().personalToken.update({ where: { id: text(pat).slice(0, 26) }, data });
      return [ak.headers, pat.headers] as const;
    };
    const [revokedKey, revokedToken] = await ended("revokedAt");
    const [expiredKey, expiredToken] = await ended("expiresAt");
    const forged = await openKey(owner);
    await database().apiKey.update({
      where: { id: text(forged).slice(0, 25) },
      data: { secretHash: new Uint8Array(32) },
    });
    const removed = await openMember(owner, "admin");
    const removedToken = await openToken(removed);
    await database().membership.deleteMany({ where: { userId: removed.userId } });
    const foreign = other.organizationId;
    const personal = bearer(text(token));
    refused = [
      ["nothing", {}, "unauthenticated", /not signed in/],
      ["an empty header", { authorization: " " }, "unauthenticated", /Unrecognized token format/],
      ["another scheme", { authorization: `Basic ${text(key)}` }, "unauthenticated", /Unrecognized/],
      ["no prefix of ours", bearer("sk_live_123"), "unauthenticated", /Unrecognized token format/],
      ["a cut key", bearer(text(key).slice(0, -1)), "unauthenticated", /not valid/],
      ["a mistyped key", bearer(`${text(key).slice(0, -1)}~`), "unauthenticated", /not valid/],
      ["a key's text as a token", bearer(text(key).replace("ak_", "pat_")), "unauthenticated", /not valid/],
      ["a wrong secret", forged.headers, "unauthenticated", /not valid/],
      ["a revoked key", revokedKey, "unauthenticated", /revoked/],
      ["an expired key", expiredKey, "unauthenticated", /expired/],
      ["a revoked token", revokedToken, "unauthenticated", /revoked/],
      ["an expired token", expiredToken, "unauthenticated", /expired/],
      [
        "a token that names no organization",
        personal,
        "organization_required",
        /^Token is missing organization claim\.$/,
      ],
      [
        "a token that names another organization",
        { ...personal, "x-organization-id": foreign },
        "unauthenticated",
        /does not open/,
      ],
      [
        "the same by the other header",
        { ...personal, "x-anyreach-org": foreign },
        "unauthenticated",
        /does not open/,
      ],
      [
        "a token that names none there is",
        { ...personal, "x-organization-id": "org_none" },
        "unauthenticated",
        /does not open/,
      ],
      [
        "a key that names another organization",
        { ...key.headers, "x-organization-id": foreign },
        "unauthenticated",
        /does not open/,
      ],
      [
        "the same by the other header",
        { ...key.headers, "x-anyreach-org": foreign },
        "unauthenticated",
        /does not open/,
      ],
      ["the token of a removed member", removedToken.headers, "unauthenticated", /does not open/],
      [
        "two organizations at once",
        { ...token.headers, "x-anyreach-org": foreign },
        "invalid_request",
        /differ/,
      ],
    ];
  });

  test.each(named)(
    "%s",
    async (_, endpoint) => {
      for (const [name, headers, code, sentence] of refused) {
        const reply = await callWith(endpoint, headers);
        expect([name, reply.status]).toEqual([name, problems[code].status]);
        const told = expectProblem(endpoint, reply, code);
        expect(told.detail).toMatch(sentence);
        if (code !== "invalid_request") expect(reply.headers.get("www-authenticate")).toContain("Bearer");
      }
    },
    60_000,
  );

  test("a key may name its own organization, by either header", async () => {
    const { headers } = await openKey(owner);
    for (const header of ["x-organization-id", "x-anyreach-org"]) {
      const reply = await send("GET", "/core/me", undefined, { ...headers, [header]: owner.organizationId });
      expect([reply.status, reply.body.organization_id]).toEqual([200, owner.organizationId]);
    }
  });
});

describe("rights are read at every request", () => {
  test("a revoked key is refused at the next one, fifty times over", async () => {
    const admin = await openKey(owner);
    for (let round = 0; round < 50; round += 1) {
      const { id, key } = await createApiKey(owner, { name: `Round ${round}` });
      const headers = { authorization: `Bearer ${key}` };
      expect((await send("GET", "/core/me", undefined, headers)).status).toBe(200);
      expect((await send("DELETE", `/core/api-keys/${id}`, undefined, admin.headers)).status).toBe(200);
      expect((await send("GET", "/core/me", undefined, headers)).status).toBe(401);
    }
  });

  test("requests under way when a key is revoked end; none that starts later is let in", async () => {
    const admin = await openKey(owner);
    for (let round = 0; round < 20; round += 1) {
      const { id, key } = await createApiKey(owner, { name: "Busy" });
      const headers = { authorization: `Bearer ${key}` };
      const ask = () => send("GET", "/core/me", undefined, headers);
      const early = Array.from({ length: 5 }, ask);
      await send("DELETE", `/core/api-keys/${id}`, undefined, admin.headers);
      const late = await Promise.all(Array.from({ length: 5 }, ask));
      for (const { status } of await Promise.all(early)) expect([200, 401]).toContain(status);
      expect(late.map(({ status }) => status)).toEqual(Array(5).fill(401));
    }
  });

  test("a token loses what its person loses, and ends with the membership", async () => {
    const member = await openMember(owner, "admin");
    const { headers } = await openToken(member);
    const where = {
      organizationId_userId: { organizationId: member.organizationId, userId: member.userId },
    };
    const createAgent = () => send("POST", "/core/agents", { name: "Anna" }, headers);
    const me = () => send("GET", "/core/me", undefined, headers);
    expect((await createAgent()).status).toBe(201);
    await database().membership.update({ where, data: { role: "viewer" } });
    expect((await createAgent()).body).toMatchObject({ code: "missing_scope", scopes: ["agents:manage"] });
    expect((await me()).body.scopes).toContain("agents:read");
    await database().membership.update({ where, data: { role: "admin" } });
    expect((await createAgent()).status).toBe(201);
    await database().membership.delete({ where });
    expect((await me()).status).toBe(401);
  });

  test("a token never does more than it was given, whatever its person becomes", async () => {
    const viewer = await openMember(owner, "viewer");
    const { headers } = await openToken(viewer);
    await database().membership.updateMany({ where: { userId: viewer.userId }, data: { role: "owner" } });
    expect((await send("POST", "/core/agents", { name: "Anna" }, headers)).status).toBe(403);
  });
});
