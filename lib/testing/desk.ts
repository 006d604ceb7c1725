import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAgent, createVersion, publishVersion } from "../agents";
import { agentBody } from "../agents/schema";
import { asOrganizationId, type Ctx } from "../context";
import { closeDatabase, database } from "../db/client";
import { newId } from "../ids";
import { ensureManagedAccount } from "../managed-accounts";
import { type Role, scopesFor } from "../permissions";
import { administer } from "./administer";
import { openLocalCarrier } from "./local-carrier";

/** Settings of a desk whose callers may ask as often as they like. */
export const unlimited = {
  LINEDESK_RATE_LIMIT_PER_CALLER: "1000000",
  LINEDESK_RATE_LIMIT_PER_ORGANIZATION: "1000000",
  LINEDESK_RATE_LIMIT_SEARCHES: "1000000",
};

/**
 * For tests: a database of their own, copied from the migrated one, and a local carrier of their own that checks every
 * request and answer against Twilio's document. One desk to a test file, since the environment is read once.
 */
export async function openDesk(settings: Record<string, string> = {}) {
  const template = process.env.TEST_DATABASE_URL;
  if (!template || !/^(localhost|127\.0\.0\.1)$/.test(new URL(template).hostname)) {
    throw new Error("Integration tests need TEST_DATABASE_URL, and it must be a database on this machine.");
  }
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await copyDatabase(template, new URL(template).pathname.slice(1), name);
  const databaseUrl = Object.assign(new URL(template), { pathname: `/${name}` }).toString();

  const carrier = await openLocalCarrier({
    accountSid: process.env.TWILIO_ACCOUNT_SID ?? "",
    authToken: process.env.TWILIO_AUTH_TOKEN ?? "",
  });
  const folder = mkdtempSync(path.join(tmpdir(), "linedesk-"));
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    TWILIO_BASE_URL: carrier.url,
    LINEDESK_EPOCH_FILE: path.join(folder, "epoch"),
    ...settings,
  });
  const account = await ensureManagedAccount();

  return {
    databaseUrl,
    carrierUrl: carrier.url,
    managedAccountId: account.id,
    control: carrier.control,
    addAddress: carrier.addAddress,
    configure: carrier.configure,
    /** Copies the database as it is now. `restore()` puts the copy in its place: whatever was committed since is lost. */
    async backUp() {
      const backup = `${name}_backup`;
      await closeDatabase();
      await copyDatabase(template, name, backup);
      return {
        async restore() {
          await closeDatabase();
          await administer(template, `DROP DATABASE ${name} WITH (FORCE)`);
          await administer(template, `ALTER DATABASE ${backup} RENAME TO ${name}`);
        },
      };
    },
    async close() {
      await closeDatabase();
      await carrier.close();
      rmSync(folder, { recursive: true, force: true });
      await administer(template, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** An organization of its own for a test, and a context to act in it. */
export async function openOrganization({
  numberLimit = 50,
  role = "owner" as Role,
  /** Whether it runs the installation too. */
  operator = false,
} = {}): Promise<Ctx> {
  const organizationId = newId("org");
  await database().organization.create({
    data: {
      id: organizationId,
      name: "Test organization",
      slug: organizationId.toLowerCase(),
      numberLimit,
      operatesInstallation: operator,
    },
  });
  return {
    organizationId: asOrganizationId(organizationId),
    actor: { kind: "user", id: newId("usr"), name: "Tess Test" },
    scopes: scopesFor(role),
    surface: "core_api",
    requestId: newId("req"),
  };
}

export type Member = Ctx & { userId: string };

/** A member of the organization, with a context to act as them. */
export async function openMember(ctx: Ctx, role: Role = "owner"): Promise<Member> {
  const userId = newId("usr");
  const name = "Mia Member";
  await database().user.create({
    data: { id: userId, email: `${userId}@example.com`.toLowerCase(), name },
  });
  await database().membership.create({ data: { organizationId: ctx.organizationId, userId, role } });
  return { ...ctx, userId, actor: { kind: "user", id: userId, name }, scopes: scopesFor(role) };
}

/** An agent with as many published versions as asked for. */
export async function openAgent(ctx: Ctx, name = "Anna", versions = 1): Promise<string> {
  const { id } = await createAgent(ctx, agentBody.parse({ name }));
  for (let count = 0; count < versions; count += 1) {
    const config = { endpoint: { type: "sip" as const, url: `sip:v${count}@agents.example.com` } };
    const { version } = await createVersion(ctx, id, { config });
    await publishVersion(ctx, id, version, { direction: "inbound" });
  }
  return id;
}

async function copyDatabase(url: string, from: string, to: string): Promise<void> {
  await administer(url, `CREATE DATABASE ${to} TEMPLATE "${from}"`);
}
