import { z } from "zod";

/** What the schemas of numbers, searches and purchases are made of. */

/** E.164: a plus, a country code that does not start with 0, at most 15 digits (ITU-T E.164). */
export const e164 = z
  .string()
  .regex(
    /^\+[1-9]\d{6,14}$/,
    "Write the number in E.164 form: a plus, the country code and the digits, like +14155550123.",
  )
  .meta({ description: "A phone number in E.164 form.", example: "+14155550123" });

export const numberType = z
  .enum(["local", "toll_free", "mobile"])
  .meta({ id: "NumberType", description: "What kind of number it is.", example: "local" });
export const direction = z
  .enum(["inbound", "outbound"])
  .meta({ description: "`inbound` answers calls, `outbound` makes them.", example: "inbound" });

/** What a number is doing, in the words the dashboard shows. */
export const numberStatus = z
  .enum([
    "buying",
    "checking",
    "needs_documents",
    "active",
    "held",
    "releasing",
    "released",
    "detached",
    "refused",
    "quarantined",
    "gone",
  ])
  .meta({
    id: "NumberStatus",
    description:
      "What the number is doing. `checking`: the carrier's answer to a purchase was lost and is being looked up. `quarantined`: the carrier bills it and a person must decide. `detached`: it was brought along and let go of, and stays with its carrier. `gone`: its carrier has it no more.",
    example: "active",
  });

/** What is the matter between the carrier's list and our rows, in a word. */
export const driftKind = z
  .enum(["unknown_number", "lost_purchase", "quarantined", "missing", "rewired", "duplicate"])
  .meta({
    id: "DriftKind",
    description:
      "`unknown_number`: the carrier bills it and nothing here knows it. `lost_purchase`: it bears our tag, but its purchase was refused here, it was released or is gone, or its record is missing. `quarantined`: it was in the carrier account before somebody tried to buy it here. `missing`: the carrier does not have it any more. `rewired`: its calls are sent elsewhere or its tag was changed. `duplicate`: two of the carrier's numbers claim to be one of ours.",
    example: "rewired",
  });

/** Kinds that are about a number of the carrier which no row of ours holds as its own. */
export const foundKinds: readonly z.infer<typeof driftKind>[] = [
  "unknown_number",
  "lost_purchase",
  "quarantined",
  "duplicate",
];

export const countryCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, "Use a two-letter country code, like US or GB.")
  .meta({ description: "ISO 3166-1 alpha-2 country code.", example: "US" });

export const decimal = z.string().regex(/^\d+(\.\d{1,4})?$/, "Write an amount like 1.15.");

const currency = z.string().length(3).meta({ description: "ISO 4217 currency code.", example: "USD" });

export const money = z
  .object({ amount: decimal.meta({ description: "A decimal, never a float.", example: "1.15" }), currency })
  .meta({ id: "Money" });

export const costInformation = z
  .object({
    monthly_cost: decimal.meta({ description: "What a month costs.", example: "1.15" }),
    upfront_cost: decimal.meta({ description: "What the purchase itself costs.", example: "0.00" }),
    currency,
  })
  .meta({ id: "CostInformation" });

export const capabilities = z
  .object({
    voice: z.boolean().meta({ example: true }),
    sms: z.boolean().meta({ example: true }),
    mms: z.boolean().meta({ example: true }),
  })
  .meta({ id: "Capabilities", description: "What the carrier lets the number do." });

export const agentId = z.string().meta({ description: "The agent.", example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" });
export const agentVersionId = z.string().meta({ example: "ver_1xSgP2mV0aLrk3Qz8tNb5c" });
export const trunkId = z
  .string()
  .meta({ description: "The trunk the number sits on.", example: "trk_1xSgP4nD7cRw2Hy5mKs9Ea" });
export const managedAccountId = z.string().meta({ example: "mac_1xSgOxHp7wgq7oD0cYf1Wt" });
export const purchaseOrderId = z.string().meta({ example: "po_1xSgPBf3nTq6Jd8uXv0ZkL" });
export const numberId = z
  .string()
  .meta({ description: "The number's id.", example: "num_1xSgPBeY4sRm9Wc2oAh6Gi" });

/** A filled slot. `version` is the version that answers now; it moves by itself when `follows_latest`. */
export const slot = z
  .object({
    agent_id: agentId,
    agent_name: z.string().meta({ example: "Reception" }),
    version: z.number().int().meta({ description: "The version that answers now.", example: 3 }),
    agent_version_id: agentVersionId,
    follows_latest: z
      .boolean()
      .meta({ description: "Whether newly published versions take over by themselves.", example: true }),
  })
  .meta({ id: "Slot", description: "Who holds one direction of a number." });

/** The number as people write it. */
export const formatted = z
  .object({
    international: z.string().meta({ example: "+1 415 555 0123" }),
    national: z.string().meta({ example: "(415) 555-0123" }),
  })
  .meta({ id: "FormattedNumber", description: "The number as people write it." });

export const region = z
  .string()
  .nullable()
  .meta({ description: "State, province or region, where the carrier tells one.", example: "CA" });
export const locality = z
  .string()
  .nullable()
  .meta({ description: "City, where the carrier tells one.", example: "San Francisco" });

/** Versions count from 1 and are stored in 32 bits. */
const highestVersion = 2_147_483_647;
export const versionNumber = z
  .number()
  .int()
  .positive()
  .max(highestVersion)
  .meta({ description: "The number of a version.", example: 3 });
export const versionInPath = z.coerce.number().int().positive().max(highestVersion);

/** A moment the database can hold too: it knows no year 0. */
export const moment = z.iso
  .datetime({ offset: true })
  .refine((text) => !text.startsWith("0000"), "There is no year 0; write a date like 2026-01-31T00:00:00Z.")
  .meta({ example: "2026-11-01T00:00:00Z" });

/** In an address; Python programs write True. */
export const booleanParam = z
  .stringbool({ truthy: ["true"], falsy: ["false"] })
  .meta({ enum: ["true", "false"] });
