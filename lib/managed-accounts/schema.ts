import { z } from "zod";
import { numberType } from "../phone-numbers/schema";

export const managedAccount = z
  .object({
    id: z.string().meta({ example: "mac_1xSgOxHp7wgq7oD0cYf1Wt" }),
    name: z.string().meta({ example: "Local carrier" }),
    carrier: z.enum(["twilio", "telnyx"]).meta({ description: "Whose account it is.", example: "twilio" }),
    is_default: z
      .boolean()
      .meta({ description: "Whether it is the one the literal `default` stands for.", example: true }),
    is_local: z
      .boolean()
      .meta({ description: "Whether the local carrier answers: nothing costs real money.", example: true }),
  })
  .meta({
    id: "ManagedAccount",
    description: "A carrier account of the installation, shared by its organizations.",
  });

export const managedAccountPage = z
  .object({ data: z.array(managedAccount), next_cursor: z.null() })
  .meta({ id: "ManagedAccountPage" });

export const managedAccountCountry = z
  .object({
    country_code: z.string().meta({ description: "ISO 3166-1 alpha-2 country code.", example: "US" }),
    name: z.string().meta({ example: "United States" }),
    phone_number_types: z
      .array(numberType)
      .meta({ description: "The kinds of numbers it sells there.", example: ["local", "toll_free"] }),
  })
  .meta({ id: "ManagedAccountCountry", description: "A country an account sells numbers in." });

export const managedAccountCountries = z
  .object({ data: z.array(managedAccountCountry), next_cursor: z.null() })
  .meta({ id: "ManagedAccountCountries" });

export type ManagedAccount = z.infer<typeof managedAccount>;
export type ManagedAccountCountry = z.infer<typeof managedAccountCountry>;
