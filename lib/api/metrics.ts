import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "../env";
import { AppError } from "../errors";
import { newId } from "../ids";
import { renderMetrics } from "../metrics";
import { problemResponse } from "./problem";

/** What is measured, for Prometheus, behind a token of its own. Without LINEDESK_METRICS_TOKEN there is no such page. */
export async function serveMetrics(request: Request): Promise<Response> {
  const token = env().LINEDESK_METRICS_TOKEN;
  if (token === undefined) return refuse(new AppError("not_found", "There is nothing at this address."));
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization")?.trim() ?? "")?.[1];
  if (given === undefined || !isSame(given, token)) {
    return refuse(new AppError("unauthenticated", "Send LINEDESK_METRICS_TOKEN as a bearer token."));
  }
  const { text, contentType } = await renderMetrics();
  return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
}

function refuse(error: AppError): Response {
  return problemResponse(error, newId("req"));
}

/** In a time that tells nothing about either; of hashes, since both have to be equally long. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
