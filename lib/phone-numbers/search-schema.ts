import { z } from "zod";
import {
  booleanParam,
  capabilities,
  costInformation,
  countryCode,
  e164,
  formatted,
  locality,
  numberType,
  region,
} from "./vocabulary";

const areaCode = z
  .string()
  .regex(/^[2-9]\d{2}$/, "An area code has three digits and starts with 2 to 9, like 415.")
  .meta({ description: "Area code, US and Canada only.", example: "415" });

/** Query of `GET /core/managed-accounts/{managed_account_id}/search-numbers`. */
export const searchNumbersQuery = z
  .strictObject({
    country_code: countryCode.default("US"),
    phone_number_type: numberType.default("local"),
    area_code: areaCode.optional(),
    in_region: z
      .string()
      .trim()
      .max(40)
      .optional()
      .meta({ description: "State, province or region.", example: "CA" }),
    in_locality: z
      .string()
      .trim()
      .max(80)
      .optional()
      .meta({ description: "City.", example: "San Francisco" }),
    in_postal_code: z
      .string()
      .trim()
      .max(12)
      .optional()
      .meta({ description: "Postal code.", example: "94103" }),
    contains: z
      .string()
      .trim()
      .regex(/^[0-9A-Za-z]{2,12}$/, "Use 2 to 12 digits or letters.")
      .optional()
      .meta({
        description: "Digits or letters the number contains; letters stand for their keypad digits.",
        example: "HOME",
      }),
    match: z
      .enum(["anywhere", "start", "end"])
      .default("anywhere")
      .meta({ description: "Where `contains` must stand in the number." }),
    voice_enabled: booleanParam.optional().meta({ description: "Only numbers that take calls." }),
    sms_enabled: booleanParam.optional().meta({ description: "Only numbers that take text messages." }),
    mms_enabled: booleanParam.optional().meta({ description: "Only numbers that take pictures." }),
    no_paperwork: booleanParam
      .optional()
      .meta({ description: "Only numbers sold without an address or documents." }),
    limit: z.coerce.number().int().min(1).max(50).default(20).meta({ description: "Results at most." }),
  })
  .meta({ example: { area_code: "415", voice_enabled: "true", limit: 5 } });

const addressRequirement = z.enum(["none", "any", "local", "foreign"]).meta({
  description: "Whether the carrier asks for a registered address, and where it must lie.",
  example: "none",
});

export const availableNumber = z
  .object({
    phone_number: e164,
    formatted,
    country_code: z.string().meta({ description: "ISO 3166-1 alpha-2 country code.", example: "US" }),
    phone_number_type: numberType,
    region,
    locality,
    postal_code: z
      .string()
      .nullable()
      .meta({ description: "Postal code, where the carrier tells one.", example: "94103" }),
    capabilities,
    features: z
      .array(z.enum(["voice", "sms", "mms"]))
      .meta({ description: "The same as a list.", example: ["voice", "sms", "mms"] }),
    address_requirement: addressRequirement,
    cost_information: costInformation
      .nullable()
      .meta({ description: "The price now; null when the carrier publishes none." }),
  })
  .meta({ id: "AvailableNumber", description: "A number for sale. Nothing is reserved." });

/** A search near the one that found nothing, with the number of results it has (at least). */
export const searchAlternative = z
  .object({
    label: z.string().meta({ example: "Search 628, the same area as 415" }),
    query: z
      .record(z.string(), z.string())
      .meta({ description: "The query to send.", example: { country_code: "US", area_code: "628" } }),
    results: z.number().int().meta({ description: "How many it has, at least.", example: 20 }),
  })
  .meta({ id: "SearchAlternative" });

export const searchResult = z
  .object({
    data: z.array(availableNumber),
    next_cursor: z.null(),
    alternatives: z
      .array(searchAlternative)
      .meta({ description: "Near searches that do have results, when `data` is empty.", example: [] }),
  })
  .meta({ id: "SearchResult" });
