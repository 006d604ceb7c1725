import { z } from "zod";
import { money } from "../phone-numbers/schema";

/** The caller's organization and what its numbers come to. */
export const organization = z.object({
  id: z.string(),
  name: z.string(),
  number_limit: z.number().int(),
  /** Numbers that count against the limit. */
  numbers: z.number().int(),
  monthly_cost: z.array(money),
});

export type Organization = z.infer<typeof organization>;
