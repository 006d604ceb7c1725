import { z } from "zod";
import { PRICE_PATTERN } from "../books/money";
import { NUMBER_TYPES } from "../inventory/number-block";

const FAULT_OPERATIONS = [
  "search",
  "list",
  "fetch",
  "buy",
  "update",
  "release",
  "pricing",
  "addresses",
  "any",
] as const;
export type FaultOperation = (typeof FAULT_OPERATIONS)[number];

/** Longer waits belong in a test's own clock. */
const milliseconds = z.int().min(0).max(600_000);

/** What can go wrong with one request. "before" and "after" say whether the carrier had acted by then. */
const behaviourSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ok") }),
  z.strictObject({
    kind: z.literal("refuse"),
    status: z.int().min(400).max(499).default(400),
    code: z.int().min(10_000).max(99_999),
    message: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal("reset_before") }),
  z.strictObject({ kind: z.literal("reset_after") }),
  z.strictObject({ kind: z.literal("error_500_before") }),
  z.strictObject({ kind: z.literal("error_500_after") }),
  z.strictObject({ kind: z.literal("status_429") }),
  z.strictObject({ kind: z.literal("delay"), ms: milliseconds, when: z.enum(["before", "after"]) }),
  z.strictObject({ kind: z.literal("hang_before") }),
  z.strictObject({ kind: z.literal("hang_after") }),
  z.strictObject({ kind: z.literal("late"), ms: milliseconds }),
  z.strictObject({ kind: z.literal("garble") }),
  z.strictObject({ kind: z.literal("wrong_number"), phone_number: z.string().default("+12015550100") }),
  z.strictObject({
    kind: z.literal("price_change"),
    price: z.string().regex(PRICE_PATTERN),
    country: z.string().length(2),
    type: z.enum(NUMBER_TYPES),
  }),
]);
export type Behaviour = z.infer<typeof behaviourSchema>;

export const faultRequestSchema = z.strictObject({
  operation: z.enum(FAULT_OPERATIONS),
  phone_number: z
    .string()
    .regex(/^\+\d{7,15}$/, "an E.164 number")
    .optional(),
  times: z.int().min(0).default(1),
  behaviour: behaviourSchema,
});
export type FaultRequest = z.infer<typeof faultRequestSchema>;
