import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isApiPath } from "./app";
import type { Endpoint } from "./endpoint";
import { coreEndpoints } from "./operations";

const appFolder = fileURLToPath(new URL("../../app", import.meta.url));
const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
const endpoints = coreEndpoints as readonly Endpoint[];
const declared = endpoints.map(({ method, path: address }) => `${method} ${address}`);

const routeFiles = readdirSync(path.join(appFolder, "core"), { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts" && !file.includes("[..."))
  .map((file) => file.split(path.sep).join("/"));

/** `agents/[agent_id]/route.ts` answers at `/core/agents/{agent_id}`. */
function addressOf(file: string): string {
  return `/core/${path.posix.dirname(file)}`.replace(/\[(\w+)\]/g, "{$1}");
}

async function exportsOf(file: string): Promise<Record<string, unknown>> {
  return await import(path.join(appFolder, "core", file));
}

describe("route files and declarations", () => {
  test("are the same list of methods and addresses", async () => {
    const routed: string[] = [];
    for (const file of routeFiles) {
      const exported = Object.keys(await exportsOf(file)).filter((name) => methods.includes(name));
      routed.push(...exported.map((method) => `${method} ${addressOf(file)}`));
    }
    expect(routed.sort()).toEqual([...declared].sort());
  });

  test("each file hands on to the endpoint of its own method and address", async () => {
    for (const file of routeFiles) {
      for (const [method, handler] of Object.entries(await exportsOf(file))) {
        const endpoint = endpoints.find(
          (candidate) => candidate.method === method && candidate.path === addressOf(file),
        );
        expect(handler, `${method} ${file}`).toBe(endpoint?.handler);
      }
    }
  });

  test("no operation is declared twice", () => {
    expect(new Set(declared).size).toBe(declared.length);
  });

  test("every address under /core that nobody declares is answered by the API, not by a page", async () => {
    const unknown = await exportsOf("[...unknown]/route.ts");
    for (const method of methods.filter((name) => name !== "HEAD" && name !== "OPTIONS")) {
      const answer = (unknown[method] as () => Response)();
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
  });
});

describe("what the server in front of Next answers", () => {
  test.each(declared)("%s is an API path", (operation) => {
    const address = operation.split(" ")[1] ?? "";
    expect(isApiPath(address.replace(/\{\w+\}/g, "x"))).toBe(true);
  });

  test.each(["/core", "/core/", "/core/unknown", "/healthz", "/readyz"])("%s is one too", (address) => {
    expect(isApiPath(address)).toBe(true);
  });

  test.each([
    "/",
    "/settings/phone-numbers",
    "/corex",
    "/Core/agents",
    "/api/auth/session",
    "/healthzx",
    "//core",
  ])("%s is a page", (address) => {
    expect(isApiPath(address)).toBe(false);
  });
});

describe("declarations", () => {
  test.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
    "%s names its scopes, and a write never opens by reading rights alone",
    (_, { method, scopes }) => {
      expect(scopes.length).toBeGreaterThan(0);
      if (method === "GET") return;
      expect(scopes.filter((scope) => scope.endsWith(":read"))).toEqual([]);
    },
  );
});
