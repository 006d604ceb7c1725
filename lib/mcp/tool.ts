import type { CallToolResult, Tool as Listing, ToolAnnotations } from "@modelcontextprotocol/server";
import { z } from "zod";
import { checkAnswer, parse } from "../api/endpoint";
import type { Ctx } from "../context";
import { hasScope, requireScope, type Scope } from "../permissions";

/** A tool is declared once; what clients are told of it, its checks and its call come from there. */

/** Any scope of a list will do, and every list must be met. */
type Access = readonly (readonly [Scope, ...Scope[]])[];

interface Declaration<Input, Output extends z.ZodObject> {
  /** A verb and its object, in snake_case. */
  name: string;
  /** For people. */
  title: string;
  /** For the model: what it does, when to use it, and what it leaves alone. */
  description: string;
  access: Access;
  annotations: Required<Omit<ToolAnnotations, "title">>;
  /** Asks the carrier although it only reads; has a limit of its own. */
  asksCarrier?: boolean;
  input: z.ZodType<Input>;
  output: Output;
  run: (ctx: Ctx, input: Input) => Promise<Told<z.input<Output>>>;
}

/** What a tool has to say: the facts, and the same in a few words for clients that show only text. */
interface Told<T> {
  facts: T;
  text: string;
}

export interface Tool {
  name: string;
  asksCarrier: boolean;
  listing: Listing;
  isOpenTo(ctx: Ctx): boolean;
  call(ctx: Ctx, input: unknown): Promise<CallToolResult>;
}

/** What a failed call says. Part of every output schema, since some clients check failures against it as well. */
const failure = z
  .looseObject({
    code: z.string().meta({ description: "One of a closed list that never changes its meaning." }),
    detail: z.string().meta({ description: "A sentence for people." }),
    request_id: z.string(),
  })
  .meta({ description: "Why it was not done." });

export type Failure = z.input<typeof failure>;

/**
 * Makes a tool from its declaration. Calling it throws `missing_scope` before anything else, `validation_failed`, and
 * what its verb throws.
 */
export function tool<Input, Output extends z.ZodObject>(declaration: Declaration<Input, Output>): Tool {
  const { name, title, description, access, annotations, asksCarrier = false } = declaration;
  return {
    name,
    asksCarrier,
    listing: {
      name,
      title,
      description,
      annotations,
      inputSchema: { type: "object", ...toJsonSchema(declaration.input, "input") },
      outputSchema: { type: "object", ...toJsonSchema(z.union([declaration.output, failure]), "output") },
    },
    isOpenTo: ({ scopes }) => access.every((accepted) => accepted.some((scope) => hasScope(scopes, scope))),
    async call(ctx, input) {
      for (const accepted of access) requireScope(ctx, ...accepted);
      const { facts, text } = await declaration.run(ctx, parse(declaration.input, input ?? {}));
      checkAnswer(declaration.output, facts, ctx.requestId);
      return { content: [{ type: "text", text }], structuredContent: facts };
    },
  };
}

/** Nothing behind references, which few clients follow, and nothing but descriptions beside the types. */
const spelledOut = Object.assign(z.registry<z.GlobalMeta>(), {
  get(schema: z.core.$ZodType) {
    const description = z.globalRegistry.get(schema)?.description;
    return description === undefined ? undefined : { description };
  },
});

function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io,
    metadata: spelledOut,
    override({ jsonSchema }) {
      // A format says it shorter than the pattern zod adds to it, in lists that models have to read.
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  });
}

export const readsOnly = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const;
