import type { Endpoint } from "./endpoint";
import { type coreEndpoints, endpoints, type publicEndpoints } from "./operations";

type Key = (typeof coreEndpoints)[number] | (typeof publicEndpoints)[number] extends infer E
  ? E extends Endpoint<infer M, infer P>
    ? `${M} ${P}`
    : never
  : never;

const byName = new Map<string, Endpoint>(
  endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]),
);

/** The handler of a declared endpoint, for a route file: `export const GET = route("GET /core/agents")`. */
export function route(name: Key): (request: Request) => Promise<Response> {
  const endpoint = byName.get(name);
  if (!endpoint) throw new Error(`No endpoint is declared as ${name}.`);
  return endpoint.handler;
}
