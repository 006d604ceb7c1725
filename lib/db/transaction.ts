import { database } from "./client";
import type { Prisma, PrismaClient } from "./generated/client";

export type Tx = Prisma.TransactionClient;
/** Either: reads may run inside a transaction or on their own. */
export type Db = Tx | PrismaClient;

const attempts = 3;

/**
 * Runs `work` in one READ COMMITTED transaction; serialization failures and deadlocks are tried again, so `work`
 * must hold nothing but database effects. Never call a carrier inside: the record of a purchase would roll back.
 */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database().$transaction(work);
    } catch (error) {
      if (attempt >= attempts || !isConflict(error)) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  const codes = databaseCodes(error);
  return codes.includes("P2034") || codes.includes("40001") || codes.includes("40P01");
}

const unavailable =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|57P0[1-3]|57014|08...|53300)$/;

/** Whether the database could not be reached, went away or took too long, as opposed to refusing what was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (databaseCodes(error).some((code) => unavailable.test(code))) return true;
  return messages(error).some((message) =>
    /Connection terminated|is not queryable|not currently accepting connections|timeout exceeded when trying to connect|Can't reach database server|DatabaseNotReachable|ConnectionClosed/.test(
      message,
    ),
  );
}

/** PostgreSQL, Prisma and system codes found on the error and everything it was caused by. */
function databaseCodes(error: unknown): string[] {
  return chain(error).flatMap((link) =>
    [link.code, link.originalCode].filter((code): code is string => typeof code === "string"),
  );
}

function messages(error: unknown): string[] {
  return chain(error).flatMap((link) =>
    [link.message, link.originalMessage, link.kind].filter(
      (text): text is string => typeof text === "string",
    ),
  );
}

function chain(error: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof error !== "object" || error === null || depth > 6) return [];
  const link = error as Record<string, unknown>;
  return [
    link,
    ...[link.cause, link.meta, link.driverAdapterError].flatMap((next) => chain(next, depth + 1)),
  ];
}
