import { z } from "zod";

const starter = z.strictObject({
  kind: z.enum(["user", "key", "token", "job"]),
  id: z.string(),
  name: z.string(),
  /** The organization they act for; none where Linedesk itself does. */
  organizationId: z.string().optional(),
});

/** What each job is told: who and what, never a secret. Rows of the queue are read by whoever can read the database. */
export const payloads = {
  /** Compares every carrier account with our rows; of itself unless somebody asked. */
  sync: z.strictObject({ startedBy: starter.optional() }),
  /** Charges the months that have begun. */
  renewals: z.strictObject({}),
  /** Drops what nobody can ask for any more. */
  tidy: z.strictObject({}),
};

export type JobName = keyof typeof payloads;
export type Payload<Name extends JobName> = z.output<(typeof payloads)[Name]>;
/** What a process does when it takes a job. It may be done twice, or by two processes at once, and must not mind. */
export type Handlers = { [Name in JobName]: (payload: Payload<Name>) => Promise<void> };

export const jobNames = Object.keys(payloads) as JobName[];

interface Terms {
  /** Tries after the first; with a pause that doubles. */
  retryLimit: number;
  retryDelay: number;
  retryBackoff: true;
  /** Whoever took it and said nothing for this long is taken for dead, and it is tried again. */
  expireInSeconds: number;
}

const minute = 60;

/** Every job comes round again by itself, so a failure is tried again only where waiting for that would be long. */
export const terms: Record<JobName, Terms> = {
  sync: { retryLimit: 2, retryDelay: 30, retryBackoff: true, expireInSeconds: 30 * minute },
  renewals: { retryLimit: 5, retryDelay: 60, retryBackoff: true, expireInSeconds: 15 * minute },
  tidy: { retryLimit: 0, retryDelay: 1, retryBackoff: true, expireInSeconds: 5 * minute },
};
