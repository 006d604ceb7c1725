import { z } from "zod";
import { AppError } from "../errors";

const text = (length: number) =>
  z
    .string()
    .max(length)
    .refine((part) => !part.includes("\0"));
const shape = z.tuple([text(40), text(100), text(40)]);

/** What a cursor may hold in the orders there are. */
export const cursorValue = {
  moment: z.iso.datetime().refine((moment) => !moment.startsWith("0000")),
  amount: z.string().regex(/^\d{1,8}(\.\d{1,4})?$/),
  integer: z.string().regex(/^\d{1,9}$/),
  text: z.string(),
} as const;

/** Where a page ended: the order it was in, the value of the last row in that order, and the row's id. */
export interface Cursor {
  sort: string;
  value: string;
  id: string;
}

export function encodeCursor({ sort, value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString("base64url");
}

/**
 * Reads a cursor this API gave out for the same order; anything else is `validation_failed`. `value` is what the
 * column of that order can hold, so that a made-up cursor never reaches the database.
 */
export function decodeCursor(text: string, sort: string, value: z.ZodType<string>): Cursor {
  try {
    const [madeFor, last, id] = shape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    if (madeFor === sort) return { sort, value: value.parse(last), id };
  } catch {
    // Falls through: whatever is wrong with it, the caller reads the same sentence.
  }
  const message = "This cursor is not one this list gave out for the same order.";
  throw new AppError("validation_failed", message, { errors: [{ path: "cursor", message }] });
}
