import { z } from "zod";
import { moneyAct } from "../kill-switches/schema";
import { money } from "../phone-numbers/schema";

export const organization = z
  .object({
    id: z
      .string()
      .meta({ description: "What X-Organization-Id takes.", example: "org_1xSgNwTq5bYf8Kd3Lz7RmC" }),
    name: z.string().meta({ example: "Acme Clinics" }),
    number_limit: z.number().int().meta({ description: "How many numbers it may hold.", example: 50 }),
    numbers: z.number().int().meta({ description: "How many count against the limit now.", example: 12 }),
    operates_installation: z.boolean().meta({
      description:
        "Whether its admins also run the installation: carrier accounts, kill switches, safe mode.",
      example: true,
    }),
    open_drifts: z.number().int().meta({
      description: "Differences with the carrier that wait for a decision and that the caller may see.",
      example: 0,
    }),
    safe_mode: z
      .object({
        since: z.iso.datetime().meta({ example: "2026-11-22T09:00:00.000Z" }),
        reason: z.string().meta({ example: "The database went back in time." }),
      })
      .nullable()
      .meta({
        description: "Set while nothing may be bought or released; null in ordinary times.",
        example: null,
      }),
    stopped: z
      .array(z.object({ act: moneyAct, reason: z.string().meta({ example: "Prices are under review." }) }))
      .meta({ description: "What kill switches stop for this organization.", example: [] }),
    monthly_cost: z.array(money).meta({ description: "What they cost a month, by currency." }),
  })
  .meta({ id: "Organization", description: "The caller's organization and what its numbers come to." });

export type Organization = z.infer<typeof organization>;
