import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { beforeAll, describe, expect, test } from "vitest";
import { newCredential } from "../api-keys/credential";
import { asOrganizationId } from "../context";
import { newId } from "../ids";
import { allScopes } from "../permissions";
import { type Reply, send } from "../testing/browser";
import { prepareAbsentCall } from "../testing/calls";
import { expectProblem } from "../testing/problems";
import type { Endpoint } from "./endpoint";
import { endpoints } from "./operations";

/** What cannot be a credential of ours is refused without a look into the database: there is none here. */

const named = endpoints.map((endpoint) => [endpoint.description.operationId, endpoint] as const);

beforeAll(async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  process.env.DATABASE_URL = `postgresql://nobody@127.0.0.1:${port}/nothing`;
});

async function callWith(endpoint: Endpoint, authorization: string): Promise<Reply> {
  const userId = newId("usr");
  const member = {
    organizationId: asOrganizationId(newId("org")),
    actor: { kind: "user" as const, id: userId, name: "Nobody" },
    userId,
    scopes: allScopes,
    surface: "core_api" as const,
    requestId: newId("req"),
  };
  const { method, address, body } = await prepareAbsentCall(endpoint, member);
  return await send(method, address, body, { authorization, "x-organization-id": member.organizationId });
}

describe("while no database can be reached", () => {
  test.each(named)(
    "%s refuses what no key of ours looks like, and cannot tell of what does",
    async (_, endpoint) => {
      for (const kind of ["key", "token"] as const) {
        const { text, id } = newCredential(kind);
        const last = text.endsWith("0") ? "1" : "0";
        const malformed = [
          id,
          `${text}0`,
          text.slice(0, -1),
          `${text.slice(0, -1)}${last}`,
          text.replace(/_../, "_~~"),
          text.replace(/^(ak|pat)/, (prefix) => (prefix === "ak" ? "pat" : "ak")),
          "sk_live_123",
        ];
        for (const wrong of malformed)
          expectProblem(endpoint, await callWith(endpoint, `Bearer ${wrong}`), "unauthenticated");
        expectProblem(endpoint, await callWith(endpoint, `Basic ${text}`), "unauthenticated");
        const reply = await callWith(endpoint, `Bearer ${text}`);
        expectProblem(endpoint, reply, "service_unavailable");
        expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(0);
      }
    },
  );
});
