import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createAgent, createVersion, publishVersion } from "@/lib/agents";
import { hashPassword } from "@/lib/auth/password";
import { asOrganizationId, type Ctx } from "@/lib/context";
import { closeDatabase, database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { ensureManagedAccount } from "@/lib/managed-accounts";
import { allScopes } from "@/lib/permissions";

/**
 * Makes the demo organization when the database has no organization and the local carrier serves, and writes how to
 * sign in to `demo.json` in the data directory. With a real carrier it only makes the carrier account's row.
 */
async function seed(): Promise<void> {
  const account = await ensureManagedAccount();
  if (!env().LINEDESK_LOCAL_CARRIER) return;
  if ((await database().organization.count()) > 0) return;

  const password = randomBytes(12).toString("base64url");
  const organizationId = newId("org");
  const userId = newId("usr");
  const email = "owner@demo.example";
  const passwordHash = await hashPassword(password);
  // First, so that no crash leaves an organization whose password nobody has.
  writeDemo({
    url: env().LINEDESK_URL,
    email,
    password,
    organization_id: organizationId,
    managed_account_id: account.id,
    api_key: null,
    pat: null,
  });
  await database().$transaction([
    database().organization.create({
      data: { id: organizationId, name: "Demo organization", slug: "demo", numberLimit: 50 },
    }),
    database().user.create({ data: { id: userId, email, name: "Demo owner", passwordHash } }),
    database().membership.create({ data: { organizationId, userId, role: "owner" } }),
  ]);

  const ctx: Ctx = {
    organizationId: asOrganizationId(organizationId),
    actor: { kind: "job", id: "seed", name: "Seed" },
    scopes: allScopes,
    surface: "worker",
    requestId: newId("req"),
  };
  await makeAgent(ctx, "Reception", "Answers, takes messages and puts callers through.", [
    "sip:reception@agents.example.com",
    "sip:reception@agents.example.com;transport=tls",
  ]);
  await makeAgent(ctx, "Appointments", "Books, moves and cancels appointments.", [
    "sip:appointments@agents.example.com",
  ]);
}

async function makeAgent(ctx: Ctx, name: string, description: string, urls: string[]): Promise<void> {
  const agent = await createAgent(ctx, { name, description });
  for (const url of urls) {
    const { version } = await createVersion(ctx, agent.id, { config: { endpoint: { type: "sip", url } } });
    await publishVersion(ctx, agent.id, version, { direction: "inbound" });
  }
}

function writeDemo(demo: Record<string, string | null>): void {
  const directory = process.env.LINEDESK_DATA_DIR ?? ".data";
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, "demo.json"), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}

await seed();
await closeDatabase();
