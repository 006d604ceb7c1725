import { type CallToolResult, Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createApi } from "../api/app";
import { createApiKey } from "../api-keys";
import type { Ctx } from "../context";
import type { Scope } from "../permissions";
import { origin } from "./browser";

/** What a call answered: its facts, or those of its failure. */
export interface ToolReply {
  isError: boolean;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
  facts: any;
}

/** Which handshake a client makes: the one of 2025, or the discovery of 2026-07-28. */
export type Handshake = "legacy" | "auto";

/** The official client, connected with these headers to the server in front of Next. */
export async function connectClient(headers: Record<string, string>, handshake: Handshake = "legacy") {
  const client = new Client({ name: "tests", version: "1.0.0" }, { versionNegotiation: { mode: handshake } });
  const api = createApi();
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", origin), {
    fetch: async (address, init) => await api.fetch(new Request(address, init)),
    requestInit: { headers },
  });
  await client.connect(transport);
  return {
    client,
    listTools: async () => (await client.listTools()).tools,
    async call(name: string, input: Record<string, unknown> = {}): Promise<ToolReply> {
      const result: CallToolResult = await client.callTool({ name, arguments: input });
      const [block] = result.content;
      return {
        isError: result.isError ?? false,
        text: block?.type === "text" ? block.text : "",
        facts: result.structuredContent,
      };
    },
  };
}

/** A client with a new key of the organization; with all that its maker may do unless told otherwise. */
export async function connectAs(ctx: Ctx, scopes: Scope[] = [...ctx.scopes], handshake?: Handshake) {
  const { id, key } = await createApiKey(ctx, { name: "Assistant", scopes });
  return { keyId: id, ...(await connectClient({ authorization: `Bearer ${key}` }, handshake)) };
}

export type Assistant = Awaited<ReturnType<typeof connectAs>>;

/** The token of a purchase planned with `plan_purchase`. */
export async function planToBuy(
  assistant: Assistant,
  phoneNumber: string,
  more: object = {},
): Promise<string> {
  return await tokenOf(assistant, "plan_purchase", { phone_number: phoneNumber, ...more });
}

/** The token of a release planned with `plan_release`. */
export async function planToRelease(
  assistant: Assistant,
  phoneNumber: string,
  more: object = {},
): Promise<string> {
  return await tokenOf(assistant, "plan_release", { phone_number: phoneNumber, ...more });
}

/** Buys a number the way an assistant does, and returns it. */
export async function buyByPlan(
  assistant: Assistant,
  phoneNumber: string,
  more: object = {},
): Promise<string> {
  const plan_token = await planToBuy(assistant, phoneNumber, more);
  const { facts, text } = await assistant.call("buy_number", { plan_token });
  if (facts.outcome !== "bought") throw new Error(`${phoneNumber} was not bought: ${text}`);
  return phoneNumber;
}

async function tokenOf(assistant: Assistant, tool: string, input: Record<string, unknown>): Promise<string> {
  const { facts, text } = await assistant.call(tool, input);
  if (!facts.plan_token) throw new Error(`${tool} gave no token: ${text}`);
  return facts.plan_token;
}
