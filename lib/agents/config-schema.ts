import { z } from "zod";
import type { Ctx } from "../context";
import { requireScope } from "../permissions";
import { agentConfig } from "./schema";

const jsonSchema: Record<string, unknown> = z.toJSONSchema(agentConfig, {
  // JSON Schema knows a list of examples; validators that are strict refuse other words.
  override: ({ jsonSchema: part }) => {
    if (!("example" in part)) return;
    part.examples = [part.example];
    delete part.example;
  },
});

/** The JSON Schema (2020-12) of a version's config, for programs that build forms or check before they send. */
export function getAgentConfigSchema(ctx: Ctx): Record<string, unknown> {
  requireScope(ctx, "agents:read");
  return jsonSchema;
}
