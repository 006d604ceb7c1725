import { z } from "zod";
import { AppError } from "../errors";

const shape = z.tuple([z.string().max(40), z.string().max(100), z.string().max(40)]);

/** Where a page ended: the order it was in, the value of the last row in that order, and the row's id. */
export interface Cursor {
  sort: string;
  value: string;
  id: string;
}

export function encodeCursor({ sort, value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString("base64url");
}

/** Reads a cursor this API gave out for the same order; anything else is `validation_failed`. */
export function decodeCursor(text: string, sort: string): Cursor {
  try {
    const [madeFor, value, id] = shape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    if (madeFor === sort) return { sort, value, id };
  } catch {
    // Falls through: whatever is wrong with it, the caller reads the same sentence.
  }
  const message = "This cursor is not one this list gave out for the same order.";
  throw new AppError("validation_failed", message, { errors: [{ path: "cursor", message }] });
}
