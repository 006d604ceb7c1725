import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { scopeList, scopesFor } from "../permissions";
import { openDesk, openMember, openOrganization } from "../testing/desk";
import {
  createApiKey,
  createPersonalToken,
  findBearer,
  listApiKeys,
  listPersonalTokens,
  revokeApiKey,
  revokePersonalToken,
} from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const hourAgo = () => new Date(Date.now() - 3_600_000);

describe("a key of an organization", () => {
  test("acts for it with the scopes it was given, and its secret is nowhere but in the answer", async () => {
    const ctx = await openOrganization();
    const { key, ...told } = await createApiKey(ctx, { name: "Import", scopes: ["phone_numbers:read"] });
    expect(await findBearer(key, undefined)).toMatchObject({
      kind: "key",
      id: told.id,
      organizationId: ctx.organizationId,
      scopes: new Set(["phone_numbers:read"]),
    });
    expect(await listApiKeys(ctx)).toEqual([{ ...told, last_used_at: expect.any(String) }]);
    const rows = await database().$queryRaw<{ text: string }[]>`
      SELECT row_to_json(k)::text AS text FROM api_key k UNION ALL SELECT row_to_json(a)::text FROM audit_event a`;
    for (const { text } of rows) expect(text).not.toContain(key.slice(-39));
  });

  test("without chosen scopes gets its maker's, and never more than those", async () => {
    const ctx = await openOrganization();
    expect((await createApiKey(ctx, { name: "All" })).scopes).toEqual([...scopeList]);
    const admin = { ...ctx, scopes: new Set(["members:manage", "agents:read"] as const) };
    expect((await createApiKey(admin, { name: "Same" })).scopes.sort()).toEqual([
      "agents:read",
      "members:manage",
    ]);
    const greedy = createApiKey(admin, { name: "More", scopes: ["agents:read", "phone_numbers:release"] });
    await expect(greedy).rejects.toMatchObject({
      code: "missing_scope",
      extra: { scopes: ["phone_numbers:release"] },
    });
    expect(await listApiKeys(ctx)).toHaveLength(2);
  });

  test.each(["operator", "viewer"] as const)("cannot be made, seen or revoked by %s", async (role) => {
    const ctx = await openOrganization();
    const { id, key } = await createApiKey(ctx, { name: "Owner's" });
    const other = { ...ctx, scopes: scopesFor(role) };
    for (const attempt of [createApiKey(other, { name: "x" }), listApiKeys(other), revokeApiKey(other, id)])
      await expect(attempt).rejects.toMatchObject({ code: "missing_scope" });
    expect((await findBearer(key, undefined)).id).toBe(id);
  });

  test("of another organization is not there", async () => {
    const [ctx, other] = [await openOrganization(), await openOrganization()];
    const { id, key } = await createApiKey(ctx, { name: "Mine" });
    await expect(revokeApiKey(other, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await listApiKeys(other)).toEqual([]);
    expect((await findBearer(key, ctx.organizationId)).organizationId).toBe(ctx.organizationId);
    await expect(findBearer(key, other.organizationId)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("once revoked is refused from the next request on, and a second time changes nothing", async () => {
    const ctx = await openOrganization();
    const { id, key } = await createApiKey(ctx, { name: "Short" });
    const first = await revokeApiKey(ctx, id);
    await expect(findBearer(key, undefined)).rejects.toMatchObject({
      code: "unauthenticated",
      message: "This key was revoked. Make a new one.",
    });
    expect(await revokeApiKey(ctx, id)).toEqual(first);
    expect(await database().auditEvent.count({ where: { objectId: id, action: "api_key.revoked" } })).toBe(1);
  });

  test("ends with its time, and cannot be made to end in the past", async () => {
    const ctx = await openOrganization();
    const { id, key } = await createApiKey(ctx, {
      name: "Day",
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
    });
    expect((await findBearer(key, undefined)).id).toBe(id);
    await database().apiKey.update({ where: { id }, data: { expiresAt: hourAgo() } });
    await expect(findBearer(key, undefined)).rejects.toMatchObject({
      message: "This key has expired. Make a new one.",
    });
    const late = createApiKey(ctx, { name: "Late", expires_at: hourAgo().toISOString() });
    await expect(late).rejects.toMatchObject({
      code: "validation_failed",
      extra: { errors: [{ path: "expires_at" }] },
    });
  });

  test("cannot end in a year nobody can read back", async () => {
    const ctx = await openOrganization();
    const never = createApiKey(ctx, { name: "Far", expires_at: "9999-12-31T23:59:59-12:00" });
    await expect(never).rejects.toMatchObject({ code: "validation_failed" });
    await createApiKey(ctx, { name: "Near", expires_at: "9999-12-31T23:59:59Z" });
    expect(await listApiKeys(ctx)).toMatchObject([{ name: "Near" }]);
  });

  test("made with a key or token that ends, ends with it at the latest", async () => {
    const person = await openMember(await openOrganization());
    const expiresAt = new Date(Date.now() + 3_600_000);
    const brief = { ...person, expiresAt };
    const sooner = new Date(Date.now() + 60_000).toISOString();
    for (const create of [createApiKey, createPersonalToken])
      for (const [wanted, end] of [
        [undefined, expiresAt.toISOString()],
        [null, expiresAt.toISOString()],
        ["2999-01-01T00:00:00Z", expiresAt.toISOString()],
        [sooner, sooner],
      ] as const)
        expect((await create(brief, { name: "Child", expires_at: wanted })).expires_at).toBe(end);
    const { key } = await createApiKey(brief, { name: "Parent" });
    expect((await findBearer(key, undefined)).expiresAt).toEqual(expiresAt);
  });

  test("with the id of one and the secret of another is none, also when one of them is revoked", async () => {
    const ctx = await openOrganization();
    const [one, other] = [await createApiKey(ctx, { name: "1" }), await createApiKey(ctx, { name: "2" })];
    await database().apiKey.update({
      where: { id: one.id },
      data: { secretHash: new Uint8Array(32), revokedAt: new Date() },
    });
    await expect(findBearer(one.key, undefined)).rejects.toMatchObject({
      message: expect.stringContaining("not valid"),
    });
    expect((await findBearer(other.key, undefined)).id).toBe(other.id);
  });

  test("writes when it was used to the minute, not at every request", async () => {
    const ctx = await openOrganization();
    const { id, key } = await createApiKey(ctx, { name: "Busy" });
    const lastUsed = async () => (await database().apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt;
    expect(await lastUsed()).toBeNull();
    await findBearer(key, undefined);
    const first = await lastUsed();
    await findBearer(key, undefined);
    expect(await lastUsed()).toEqual(first);
    await database().apiKey.update({ where: { id }, data: { lastUsedAt: hourAgo() } });
    await findBearer(key, undefined);
    expect((await lastUsed())?.getTime()).toBeGreaterThan(hourAgo().getTime() + 1_000_000);
  });
});

describe("a personal token", () => {
  test("needs the organization named, and opens each its person is a member of with the role there", async () => {
    const [one, two, third] = [await openOrganization(), await openOrganization(), await openOrganization()];
    const person = await openMember(one);
    await database().membership.create({
      data: { organizationId: two.organizationId, userId: person.userId, role: "viewer" },
    });
    const { token } = await createPersonalToken(person, { name: "Laptop" });
    await expect(findBearer(token, undefined)).rejects.toMatchObject({
      code: "organization_required",
      message: "Token is missing organization claim.",
    });
    expect((await findBearer(token, one.organizationId)).scopes).toEqual(new Set(scopeList));
    expect((await findBearer(token, two.organizationId)).scopes).toEqual(scopesFor("viewer"));
    for (const foreign of [third.organizationId, "org_none"])
      await expect(findBearer(token, foreign)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("narrows the person's rights and follows their role; a manage scope shrinks to read with it", async () => {
    const ctx = await openOrganization();
    const person = await openMember(ctx);
    const { token } = await createPersonalToken(person, {
      name: "Few",
      scopes: ["agents:manage", "calls:read"],
    });
    const scopes = async () => [...(await findBearer(token, ctx.organizationId)).scopes].sort();
    expect(await scopes()).toEqual(["agents:manage", "agents:read", "calls:read"]);
    const where = { organizationId_userId: { organizationId: ctx.organizationId, userId: person.userId } };
    await database().membership.update({ where, data: { role: "viewer" } });
    expect(await scopes()).toEqual(["agents:read", "calls:read"]);
    await database().membership.delete({ where });
    await expect(scopes()).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("is its person's own: nobody else sees or revokes it, and a key has none", async () => {
    const ctx = await openOrganization();
    const [mia, max] = [await openMember(ctx), await openMember(ctx)];
    const { id, token } = await createPersonalToken(mia, { name: "Mia's" });
    expect(await listPersonalTokens(max)).toEqual([]);
    await expect(revokePersonalToken(max, id)).rejects.toMatchObject({ code: "not_found" });
    const { userId: _, ...key } = mia;
    for (const attempt of [createPersonalToken(key, { name: "x" }), listPersonalTokens(key)])
      await expect(attempt).rejects.toMatchObject({ code: "person_required" });
    expect(await listPersonalTokens(mia)).toMatchObject([{ id, name: "Mia's" }]);
    await revokePersonalToken(mia, id);
    await expect(findBearer(token, ctx.organizationId)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
