import { z } from "zod";
import { numberType } from "../phone-numbers/schema";

export const managedAccount = z.object({
  id: z.string().meta({ example: "mac_1xSgOxHp7wgq7oD0cYf1Wt" }),
  name: z.string(),
  carrier: z.enum(["twilio", "telnyx"]),
  is_default: z.boolean(),
  /** True when the local carrier answers: nothing costs real money. */
  is_local: z.boolean(),
});

export const managedAccountPage = z.object({ data: z.array(managedAccount), next_cursor: z.null() });

export const managedAccountCountry = z.object({
  country_code: z.string(),
  name: z.string(),
  phone_number_types: z.array(numberType),
});

export const managedAccountCountries = z.object({
  data: z.array(managedAccountCountry),
  next_cursor: z.null(),
});

export type ManagedAccount = z.infer<typeof managedAccount>;
export type ManagedAccountCountry = z.infer<typeof managedAccountCountry>;
