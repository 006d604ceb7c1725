import { z } from "zod";

const seconds = (fallback: number) => z.coerce.number().positive().default(fallback);
const count = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    DATABASE_URL: z.string().startsWith("postgres"),
    PORT: z.coerce.number().int().default(3000),
    HOST: z.string().default("127.0.0.1"),
    /** The address people and carriers reach us at; links and voice URLs are made from it, never from a request. */
    LINEDESK_URL: z.url(),
    NEXTAUTH_SECRET: z.string().min(32, "NEXTAUTH_SECRET needs at least 32 characters."),
    TWILIO_ACCOUNT_SID: z
      .string()
      .regex(/^AC[0-9a-f]{32}$/, "TWILIO_ACCOUNT_SID is AC and 32 hexadecimal digits."),
    TWILIO_AUTH_TOKEN: z.string().min(1),
    /** Set to send Twilio's traffic to the local carrier. */
    TWILIO_BASE_URL: z.url().optional(),
    LINEDESK_LOCAL_CARRIER: z.stringbool().default(false),
    /** A purchase or release call to the carrier is given up after this; its outcome is then unknown. */
    LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: seconds(20),
    LINEDESK_CARRIER_READ_TIMEOUT_SECONDS: seconds(10),
    /** How long a lost purchase is looked for before it counts as not made. Longer than the carrier may lag. */
    LINEDESK_QUIET_WINDOW_SECONDS: seconds(600),
    LINEDESK_RECOVERY_INTERVAL_SECONDS: seconds(2),
    /** Whoever takes a number to talk to the carrier about it has this long before another process may take it. */
    LINEDESK_LEASE_SECONDS: seconds(30),
    /** How often each carrier account is compared with our rows. */
    LINEDESK_SWEEP_INTERVAL_SECONDS: seconds(900),
    /** Comparisons that organizations ask for which do not run the installation: one in so many seconds, for all of them. */
    LINEDESK_COMPARISON_GAP_SECONDS: z.coerce.number().int().min(1).max(3_600).default(30),
    /**
     * Where the highest epoch of the database is kept, outside of it, to notice that it went back in time; the number is in
     * the name, behind this. One place for all processes of a machine.
     */
    LINEDESK_EPOCH_FILE: z.string().min(1).default(".data/epoch"),
    /** What `/metrics` asks for as a bearer token; without it there is no such page. */
    LINEDESK_METRICS_TOKEN: z
      .string()
      .min(16, "LINEDESK_METRICS_TOKEN needs at least 16 characters.")
      .optional(),
    /** Requests a minute of one key, token or person. */
    LINEDESK_RATE_LIMIT_PER_CALLER: count(600),
    /** Requests a minute of all keys and tokens of an organization together. */
    LINEDESK_RATE_LIMIT_PER_ORGANIZATION: count(3_000),
    /** Searches a minute of all keys and tokens of an organization together, and of each person; each asks the carrier several times. */
    LINEDESK_RATE_LIMIT_SEARCHES: count(120),
    LINEDESK_DATABASE_POOL: count(10),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
    /** Crash tests only; see lib/fail-points.ts. */
    LINEDESK_FAIL_POINTS: z.enum(["on", "off"]).default("off"),
  })
  .refine((settings) => settings.LINEDESK_FAIL_POINTS === "off" || settings.LINEDESK_LOCAL_CARRIER, {
    path: ["LINEDESK_FAIL_POINTS"],
    message: "Crash tests run against the local carrier only.",
  });

export type Env = z.output<typeof schema>;

let parsed: Env | undefined;

/** The process environment, checked once. Throws with every wrong variable named; the process must not start then. */
export function env(): Env {
  if (parsed) return parsed;
  const result = schema.safeParse(process.env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not complete:\n${lines.join("\n")}`);
  }
  parsed = result.data;
  return parsed;
}
