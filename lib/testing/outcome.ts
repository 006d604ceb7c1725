import type { Client } from "pg";
import type { AppError } from "../errors";

/** The constraint or SQLSTATE a statement breaks, or "done". */
export async function outcomeOf(sql: Client, statement: string, values: unknown[] = []): Promise<string> {
  try {
    await sql.query(statement, values);
    return "done";
  } catch (error) {
    const { constraint, code } = error as { constraint?: string; code?: string };
    return constraint ?? code ?? String(error);
  }
}

/** The code a verb refused with, or "done". */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: AppError) => error.code,
  );
}
