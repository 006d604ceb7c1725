import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isApiPath } from "./app";
import { endpoints } from "./operations";

const appFolder = fileURLToPath(new URL("../../app", import.meta.url));
const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
const declared = endpoints.map(({ method, path: address }) => `${method} ${address}`);

const roots = ["core", "api/public/v1"];

const routeFiles = roots.flatMap((root) =>
  readdirSync(path.join(appFolder, root), { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts" && !file.includes("[..."))
    .map((file) => `${root}/${file.split(path.sep).join("/")}`),
);

/** `core/agents/[agent_id]/route.ts` answers at `/core/agents/{agent_id}`. */
function addressOf(file: string): string {
  return `/${path.posix.dirname(file)}`.replace(/\[(\w+)\]/g, "{$1}");
}

async function exportsOf(file: string): Promise<Record<string, unknown>> {
  return await import(path.join(appFolder, file));
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

  test.each(roots)(
    "every address under /%s that nobody declares is answered by the API, not by a page",
    async (root) => {
      const unknown = await exportsOf(`${root}/[...unknown]/route.ts`);
      for (const method of methods.filter((name) => name !== "HEAD" && name !== "OPTIONS")) {
        const answer = (unknown[method] as (request: Request) => Response)(
          new Request(`http://localhost/${root}/x`),
        );
        expect(answer.status).toBe(404);
        const body = await answer.json();
        expect(root === "core" ? body.code : body.error.code).toBe("not_found");
      }
    },
  );
});

describe("what the server in front of Next answers", () => {
  test.each(declared)("%s is an API path", (operation) => {
    const address = operation.split(" ")[1] ?? "";
    expect(isApiPath(address.replace(/\{\w+\}/g, "x"))).toBe(true);
  });

  test.each([
    "/core",
    "/core/",
    "/core/unknown",
    "/api/public/v1",
    "/api/public/v1/x",
    "/healthz",
    "/healthz/work",
    "/readyz",
    "/metrics",
    "/openapi.json",
  ])("%s is one too", (address) => {
    expect(isApiPath(address)).toBe(true);
  });

  test.each([
    "/",
    "/settings/phone-numbers",
    "/corex",
    "/Core/agents",
    "/api/auth/session",
    "/api/public/v12",
    "/healthzx",
    "/metricsx",
    "//core",
  ])("%s is a page", (address) => {
    expect(isApiPath(address)).toBe(false);
  });
});

describe("declarations", () => {
  test.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
    "%s says who may call it, and a write never opens by reading rights alone",
    (_, { method, description: { access, asksCarrier, operationId } }) => {
      expect(access.length).toBeGreaterThan(0);
      // What asks the carrier only reads, also where it takes a body; a comparison does too.
      const reads = method === "GET" || asksCarrier === true || operationId === "compareVersions";
      if (reads || access === "person") return;
      expect(access).not.toBe("anybody");
      expect([...access].filter((scope) => scope.endsWith(":read"))).toEqual([]);
    },
  );

  test("each operation has a name of its own", () => {
    const names = endpoints.map(({ description }) => description.operationId);
    expect(new Set(names).size).toBe(names.length);
  });
});
