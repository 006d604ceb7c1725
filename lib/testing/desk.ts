import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { startLocalCarrier } from "@/local-carrier/server";
import { createAgent, createVersion, publishVersion } from "../agents";
import { asOrganizationId, type Ctx } from "../context";
import { closeDatabase, database } from "../db/client";
import { newId } from "../ids";
import { ensureManagedAccount } from "../managed-accounts";
import { type Role, scopesFor } from "../permissions";

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
  await administer(template, `CREATE DATABASE ${name} TEMPLATE "${new URL(template).pathname.slice(1)}"`);
  const databaseUrl = Object.assign(new URL(template), { pathname: `/${name}` }).toString();

  const folder = await mkdtemp(path.join(tmpdir(), "linedesk-test-"));
  const accountSid = process.env.TWILIO_ACCOUNT_SID ?? "";
  const authToken = process.env.TWILIO_AUTH_TOKEN ?? "";
  const carrier = await startLocalCarrier({
    port: 0,
    file: path.join(folder, "carrier.jsonl"),
    accountSid,
    authToken,
    validate: true,
  });
  Object.assign(process.env, { DATABASE_URL: databaseUrl, TWILIO_BASE_URL: carrier.url, ...settings });
  const account = await ensureManagedAccount();

  return {
    databaseUrl,
    carrierUrl: carrier.url,
    managedAccountId: account.id,
    control: openControl(carrier.url),
    async close() {
      await closeDatabase();
      await carrier.close();
      await administer(template, `DROP DATABASE ${name} WITH (FORCE)`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An organization of its own for a test, and a context to act in it. */
export async function openOrganization({ numberLimit = 50, role = "owner" as Role } = {}): Promise<Ctx> {
  const organizationId = newId("org");
  await database().organization.create({
    data: { id: organizationId, name: "Test organization", slug: organizationId.toLowerCase(), numberLimit },
  });
  return {
    organizationId: asOrganizationId(organizationId),
    actor: { kind: "user", id: newId("usr"), name: "Tess Test" },
    scopes: scopesFor(role),
    surface: "core_api",
    requestId: newId("req"),
  };
}

/** An agent with as many published versions as asked for. */
export async function openAgent(ctx: Ctx, name = "Anna", versions = 1): Promise<string> {
  const { id } = await createAgent(ctx, { name });
  for (let count = 0; count < versions; count += 1) {
    const config = { endpoint: { type: "sip" as const, url: `sip:v${count}@agents.example.com` } };
    const { version } = await createVersion(ctx, id, { config });
    await publishVersion(ctx, id, version, { direction: "inbound" });
  }
  return id;
}

interface Books {
  owned: { sid: string; phone_number: string; friendly_name: string; voice_url: string }[];
  charges: { phone_number: string; amount: string; kind: string }[];
  deletes: { phone_number: string; sid: string }[];
  counts: { owned: number; purchases: number; deletes: number };
  violations: unknown[];
}

/** The local carrier's own books and its faults. */
export function openControl(carrierUrl: string) {
  async function send<T>(method: string, address: string, body?: object): Promise<T> {
    const response = await fetch(`${carrierUrl}/control/${address}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok)
      throw new Error(`The local carrier's control answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
  return {
    books: () => send<Books>("GET", "books"),
    arm: (fault: object) => send("POST", "faults", fault),
    disarm: () => send("DELETE", "faults"),
    settings: (settings: object) => send("POST", "settings", settings),
    sell: (phoneNumber: string) => send("POST", "sell", { phone_number: phoneNumber }),
    own: (phoneNumber: string, more: object = {}) =>
      send("POST", "own", { phone_number: phoneNumber, ...more }),
    disown: (phoneNumber: string) => send("POST", "disown", { phone_number: phoneNumber }),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({
    connectionString: Object.assign(new URL(url), { pathname: "/postgres" }).toString(),
  });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
