import {
  type CallToolResult,
  createMcpHandler,
  ProtocolError,
  ProtocolErrorCode,
  Server,
} from "@modelcontextprotocol/server";
import packageFile from "@/package.json";
import { asUncertain, toExpected } from "../api/problem";
import type { Ctx } from "../context";
import type { AppError } from "../errors";
import { log } from "../log";
import { agentTools } from "./agent-tools";
import { buyingTools } from "./buying-tools";
import { numberTools } from "./number-tools";
import { releasingTools } from "./releasing-tools";
import type { Failure, Tool } from "./tool";

const tools = new Map<string, Tool>(
  [...buyingTools, ...numberTools, ...agentTools, ...releasingTools].map((tool) => [tool.name, tool]),
);

const info = { name: "linedesk", title: "Linedesk", version: packageFile.version };

const instructions = `Linedesk manages an organization's phone numbers and says which voice agent answers and calls from each. Write phone numbers in E.164 form, like +14155550123.

Buying and releasing take two calls. plan_purchase and plan_release only say what would happen and what it costs; show that to the person, and call buy_number or release_number with the plan_token only when they have confirmed it. Never plan and carry out in one go.

When a call fails, its text says why and what to do instead; do not repeat it unchanged.`;

export function findTool(name: string): Tool | undefined {
  return tools.get(name);
}

/**
 * Answers one message, or a batch of them, for one caller. Nothing outlives the request: there are no sessions and no
 * streams that stay open, so that any process can answer the next one.
 */
export async function serveMessage(ctx: Ctx, request: Request, message: unknown): Promise<Response> {
  const handler = createMcpHandler(() => createServer(ctx), {
    maxSubscriptions: 0,
    onerror: (error) =>
      log.warn({ err: error, requestId: ctx.requestId }, "An MCP message was not served as it was sent."),
  });
  return await handler.fetch(request, { parsedBody: message });
}

/** The SDK's low-level server, because the list depends on the caller and failures are told as everywhere else. */
function createServer(ctx: Ctx): Server {
  const server = new Server(info, { capabilities: { tools: { listChanged: false } }, instructions });
  server.setRequestHandler("tools/list", () => ({
    tools: [...tools.values()].filter((tool) => tool.isOpenTo(ctx)).map(({ listing }) => listing),
  }));
  server.setRequestHandler("tools/call", ({ params }) => callTool(ctx, params.name, params.arguments));
  return server;
}

async function callTool(ctx: Ctx, name: string, input: unknown): Promise<CallToolResult> {
  const tool = findTool(name);
  if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool named ${name}.`);
  const started = performance.now();
  let outcome = "done";
  try {
    return await tool.call(ctx, input);
  } catch (thrown) {
    const error = toExpected(
      tool.listing.annotations?.readOnlyHint ? thrown : asUncertain(thrown),
      ctx.requestId,
    );
    outcome = error.code;
    return toFailure(error, ctx.requestId);
  } finally {
    log.info({
      requestId: ctx.requestId,
      tool: name,
      outcome,
      organizationId: ctx.organizationId,
      actor: ctx.actor.id,
      ms: Math.round(performance.now() - started),
    });
  }
}

function toFailure({ code, message, extra }: AppError, requestId: string): CallToolResult {
  const { retryAfterSeconds, ...facts } = extra;
  const failure: Failure = {
    ...facts,
    ...(retryAfterSeconds ? { retry_after_seconds: retryAfterSeconds } : {}),
    code,
    detail: message,
    request_id: requestId,
  };
  return { isError: true, content: [{ type: "text", text: message }], structuredContent: failure };
}
