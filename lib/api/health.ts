import { database } from "../db/client";

/** The process is up. */
export function healthz(): Response {
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}

/** The process can do its work: the database answers. */
export async function readyz(): Promise<Response> {
  try {
    await database().$queryRaw`SELECT 1`;
    return Response.json({ status: "ready" }, { headers: { "Cache-Control": "no-store" } });
  } catch {
    // Which error it is does not matter to a load balancer; the requests that meet it log it.
    const body = { status: "not_ready", detail: "The database does not answer." };
    return Response.json(body, { status: 503, headers: { "Cache-Control": "no-store" } });
  }
}
