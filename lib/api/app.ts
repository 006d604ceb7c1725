import { Hono } from "hono";
import { AppError } from "../errors";
import { newId } from "../ids";
import type { Endpoint } from "./endpoint";
import { healthz, readyz } from "./health";
import { coreEndpoints } from "./operations";
import { problemResponse } from "./problem";

/** What the server in front of Next answers itself; everything else is a page. */
export function isApiPath(pathname: string): boolean {
  return (
    pathname === "/healthz" || pathname === "/readyz" || pathname === "/core" || pathname.startsWith("/core/")
  );
}

/** Routes every declared endpoint; an unknown address is a 404 and a known one with another method a 405. */
export function createApi(): Hono {
  const api = new Hono({ strict: false });
  api.get("/healthz", () => healthz());
  api.get("/readyz", () => readyz());
  for (const endpoint of coreEndpoints as readonly Endpoint[]) {
    api.on(endpoint.method, toPattern(endpoint.path), (context) => endpoint.handler(context.req.raw));
  }
  for (const path of new Set(coreEndpoints.map((endpoint) => endpoint.path))) {
    api.all(toPattern(path), () => methodNotAllowed(path));
  }
  api.notFound(() => unknownAddress());
  return api;
}

export function unknownAddress(): Response {
  return problemResponse(new AppError("not_found", "There is nothing at this address."), newId("req"));
}

function methodNotAllowed(path: string): Response {
  const allowed = coreEndpoints
    .filter((endpoint) => endpoint.path === path)
    .map((endpoint) => endpoint.method);
  const sentence = `This address answers ${allowed.join(", ")}.`;
  const response = problemResponse(new AppError("method_not_allowed", sentence), newId("req"));
  response.headers.set("Allow", allowed.join(", "));
  return response;
}

function toPattern(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}
