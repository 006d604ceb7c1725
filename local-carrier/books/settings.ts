import { z } from "zod";
import { PRICE_PATTERN } from "./money";

const priceSchema = z.string().regex(PRICE_PATTERN, "a decimal string such as 1.15");

export const settingsSchema = z.strictObject({
  second_purchase: z
    .enum(["refuse", "update"])
    .describe("Answer to buying a number the account already owns: 21422, or 201 overwriting its settings"),
  capability_case: z.enum(["lower", "upper"]).describe("Spelling of capability keys in search results"),
  released_numbers: z
    .enum(["held", "back_in_stock"])
    .describe("Whether a released number stays off sale, as the real carrier's do, or can be bought again"),
  prices: z
    .record(z.string(), z.partialRecord(z.enum(["local", "toll_free", "mobile"]), priceSchema))
    .describe("Monthly prices that replace the built-in ones"),
  opening_balance: priceSchema.describe("What an account had before its first charge"),
  list_lag_ms: z.int().min(0).describe("How long a bought number stays out of lists"),
  magic_slow_ms: z.int().min(0).describe("How long a number ending in 0191 takes"),
  magic_late_ms: z.int().min(0).describe("How long the reply about a number ending in 0199 takes"),
});

export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = {
  second_purchase: "refuse",
  capability_case: "lower",
  released_numbers: "held",
  prices: {},
  opening_balance: "100000.00",
  list_lag_ms: 0,
  magic_slow_ms: 3_000,
  magic_late_ms: 28_000,
};
