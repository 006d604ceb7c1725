import { type Context, Hono, type Next } from "hono";
import { routePath } from "hono/route";
import { AppError } from "../errors";
import { newId } from "../ids";
import { handleMcp } from "../mcp";
import { countRequest } from "../metrics/count";
import { healthz, healthzWork, readyz } from "./health";
import { serveMetrics } from "./metrics";
import { serveOpenApi } from "./openapi";
import { endpoints } from "./operations";
import { coreSurface, publicSurface, surfaceOf } from "./surface";

const pages = ["/healthz", "/healthz/work", "/readyz", "/metrics", "/openapi.json"];
const prefixes = [coreSurface.prefix, publicSurface.prefix, "/mcp"];

/** The path that a request line asks for, or null when it is no address, as in `GET // HTTP/1.1`. */
export function pathOf(target: string | undefined): string | null {
  const address = target ?? "/";
  const origin = "http://localhost";
  return URL.canParse(address, origin) ? new URL(address, origin).pathname : null;
}

/** What the server in front of Next answers itself; everything else is a page. */
export function isApiPath(pathname: string): boolean {
  if (pages.includes(pathname)) return true;
  return prefixes.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}

/** Routes every declared endpoint; an unknown address is a 404 and a known one with another method a 405. */
export function createApi(): Hono {
  const api = new Hono({ strict: false });
  api.use(measure);
  api.get("/healthz", () => healthz());
  api.get("/healthz/work", () => healthzWork());
  api.get("/readyz", () => readyz());
  api.get("/metrics", (context) => serveMetrics(context.req.raw));
  api.get("/openapi.json", () => serveOpenApi());
  api.all("/mcp", (context) => handleMcp(context.req.raw));
  for (const endpoint of endpoints) {
    api.on(endpoint.method, toPattern(endpoint.path), (context) => endpoint.handler(context.req.raw));
  }
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    api.all(toPattern(path), () => methodNotAllowed(path));
  }
  api.notFound((context) => unknownAddress(context.req.raw));
  return api;
}

/** Counts a request by the pattern it met; `unmatched` for addresses nobody declared, of which there are endlessly many. */
async function measure(context: Context, next: Next): Promise<void> {
  const started = performance.now();
  await next();
  const pattern = routePath(context);
  const route = pattern === "/*" ? "unmatched" : pattern.replace(/:(\w+)/g, "{$1}");
  const { method } = context.req;
  countRequest({ method, route, status: context.res.status, ms: performance.now() - started });
}

export function unknownAddress(request: Request): Response {
  const surface = surfaceOf(new URL(request.url).pathname);
  return surface.problem(new AppError("not_found", "There is nothing at this address."), newId("req"));
}

function methodNotAllowed(path: string): Response {
  const allowed = endpoints.filter((endpoint) => endpoint.path === path).map((endpoint) => endpoint.method);
  const sentence = `This address answers ${allowed.join(", ")}.`;
  const response = surfaceOf(path).problem(new AppError("method_not_allowed", sentence), newId("req"));
  response.headers.set("Allow", allowed.join(", "));
  return response;
}

function toPattern(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}
