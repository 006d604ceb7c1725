import { z } from "zod";
import { money } from "../phone-numbers/schema";

export const organization = z
  .object({
    id: z
      .string()
      .meta({ description: "What X-Organization-Id takes.", example: "org_1xSgNwTq5bYf8Kd3Lz7RmC" }),
    name: z.string().meta({ example: "Acme Clinics" }),
    number_limit: z.number().int().meta({ description: "How many numbers it may hold.", example: 50 }),
    numbers: z.number().int().meta({ description: "How many count against the limit now.", example: 12 }),
    monthly_cost: z.array(money).meta({ description: "What they cost a month, by currency." }),
  })
  .meta({ id: "Organization", description: "The caller's organization and what its numbers come to." });

export type Organization = z.infer<typeof organization>;
