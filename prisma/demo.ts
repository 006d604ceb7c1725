import { randomBytes } from "node:crypto";
import { createAgent, createVersion, publishVersion } from "@/lib/agents";
import { agentBody } from "@/lib/agents/schema";
import { hashPassword } from "@/lib/auth/password";
import { asOrganizationId, type Ctx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { ensureManagedAccount } from "@/lib/managed-accounts";
import { allScopes } from "@/lib/permissions";
import { type Demo, writeDemo } from "./demo-file";

/** Makes the demo organization with its owner and two agents, and writes down how to sign in. */
export async function createDemo(url: string): Promise<Demo> {
  const account = await ensureManagedAccount();
  const password = randomBytes(12).toString("base64url");
  const organizationId = newId("org");
  const userId = newId("usr");
  const email = "owner@demo.example";
  const passwordHash = await hashPassword(password);
  // First, so that no crash leaves an organization whose password nobody has.
  const demo: Demo = {
    url,
    email,
    password,
    organization_id: organizationId,
    managed_account_id: account.id,
    api_key: null,
    pat: null,
  };
  writeDemo(demo);
  await database().$transaction([
    database().organization.create({
      data: {
        id: organizationId,
        name: "Demo organization",
        slug: "demo",
        numberLimit: 50,
        operatesInstallation: true,
      },
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
  return demo;
}

async function makeAgent(ctx: Ctx, name: string, description: string, urls: string[]): Promise<void> {
  const agent = await createAgent(ctx, agentBody.parse({ name, description, is_demo: true }));
  for (const url of urls) {
    const { version } = await createVersion(ctx, agent.id, { config: { endpoint: { type: "sip", url } } });
    await publishVersion(ctx, agent.id, version, { direction: "inbound" });
  }
}
