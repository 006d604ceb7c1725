import { Prisma } from "../db/generated/client";
import { env } from "../env";

/** How long a number that was taken to talk to the carrier about it is left alone by everybody else; SQL interval. */
export function leaseInterval(): Prisma.Sql {
  return Prisma.sql`make_interval(secs => ${env().LINEDESK_LEASE_SECONDS})`;
}

/** A process that slept this long between its last look at the database and the call must not send it any more. */
export function sendWithinMs(): number {
  return (env().LINEDESK_LEASE_SECONDS * 1000) / 6;
}

/** For moveNumber: nobody has taken the number, and nothing is to be looked at again. */
export const nothingDue = [Prisma.sql`lease_until = NULL`, Prisma.sql`next_check_at = NULL`];
