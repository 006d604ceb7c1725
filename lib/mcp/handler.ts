import { z } from "zod";
import { readJson } from "../api/body";
import { headersOfError, toExpected } from "../api/problem";
import { problems } from "../api/problems";
import { spendRequest } from "../api/rate-limit";
import { authenticate } from "../auth/authenticate";
import type { Ctx } from "../context";
import { env } from "../env";
import { AppError, type ErrorCode } from "../errors";
import { newId } from "../ids";
import { log } from "../log";
import { findTool, serveMessage } from "./server";

/**
 * Model Context Protocol over Streamable HTTP: who asks, whether they may, and how often; the protocol itself is in
 * server.ts. The same keys and tokens as for the API, and no session cookies.
 */
export async function handleMcp(request: Request): Promise<Response> {
  const requestId = newId("req");
  const started = performance.now();
  let ctx: Ctx | undefined;
  let limits: Record<string, string> = {};
  const response = await (async () => {
    requireOwnOrigin(request);
    requirePost(request);
    requireBearer(request);
    ctx = await authenticate(request, requestId, "mcp");
    const message = await readJson(request);
    limits = await spendMessages(ctx, message);
    return await serveMessage(ctx, request, message);
  })().catch((error: unknown) => refusal(error, requestId));
  const { headers, status } = response;
  for (const [name, value] of Object.entries(limits)) headers.set(name, value);
  headers.set("X-Request-Id", requestId);
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-store");
  log.info({
    requestId,
    method: request.method,
    path: "/mcp",
    status,
    organizationId: ctx?.organizationId,
    actor: ctx?.actor.id,
    ms: Math.round(performance.now() - started),
  });
  return response;
}

/** A page elsewhere must not reach us through a visitor's browser, whatever name it gives our address (DNS rebinding). */
function requireOwnOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  if (origin === null || origin === new URL(env().LINEDESK_URL).origin) return;
  throw new AppError("cross_site_request", "This request did not come from Linedesk's own pages.");
}

/** GET would open a stream of our messages and DELETE end a session; there is neither. */
function requirePost(request: Request): void {
  if (request.method === "POST") return;
  throw new AppError("method_not_allowed", "This address answers POST.");
}

/** In the words clients of this protocol know. */
function requireBearer(request: Request): void {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization")?.trim() ?? "")?.[1];
  if (token === undefined) throw new AppError("unauthenticated", "Missing Bearer token");
  if (/^(?:ak_|pat_)/.test(token)) return;
  throw new AppError(
    "unauthenticated",
    "Unrecognized token format. Expected a personal access token (pat_...) or organization API key (ak_...).",
  );
}

const toolCall = z.object({ method: z.literal("tools/call"), params: z.object({ name: z.string() }) });

/** Older clients may send several messages in one request; each counts. */
async function spendMessages(ctx: Ctx, body: unknown): Promise<Record<string, string>> {
  let limits: Record<string, string> = {};
  for (const message of Array.isArray(body) && body.length > 0 ? body : [body]) {
    const call = toolCall.safeParse(message).data;
    const asksCarrier = call !== undefined && (findTool(call.params.name)?.asksCarrier ?? false);
    limits = await spendRequest(ctx, { asksCarrier });
  }
  return limits;
}

/** Codes of JSON-RPC 2.0; the rest is left to implementations. */
const rpcCodes: Partial<Record<ErrorCode, number>> = { invalid_request: -32700, internal_error: -32603 };

/** What is refused before the protocol: a sentence for callers nobody knows, a JSON-RPC error without id for others. */
function refusal(thrown: unknown, requestId: string): Response {
  const error = toExpected(thrown, requestId);
  const { code, message } = error;
  const { status } = problems[code];
  const headers = {
    ...headersOfError(error, requestId),
    ...(code === "method_not_allowed" ? { Allow: "POST" } : {}),
  };
  if (status === 401) return Response.json({ error: message }, { status, headers });
  const body = {
    jsonrpc: "2.0",
    error: { code: rpcCodes[code] ?? -32000, message, data: { code, request_id: requestId } },
    id: null,
  };
  return Response.json(body, { status, headers });
}
