import { existsSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";

/** Settings from .env.local and .env, in Next's order. What is set in the environment already wins. */
export function loadEnvironment() {
  for (const file of [".env.local", ".env"]) {
    if (existsSync(inRoot(file))) process.loadEnvFile(inRoot(file));
  }
}

/** With the credentials of a real carrier, or on request, the local one stays off. */
export function servesLocalCarrier(env) {
  return !env.TWILIO_ACCOUNT_SID && !env.TELNYX_API_KEY && env.LINEDESK_LOCAL_CARRIER !== "0";
}

/** The environment of tests: nothing that points at a database, a carrier or an address of the person running them. */
export function testEnvironment() {
  const foreign = /^(DATABASE_URL|PORT|HOST|NEXTAUTH_.*|TWILIO_.*|TELNYX_.*|LOCAL_CARRIER_.*)$/;
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  delete own.LINEDESK_URL;
  delete own.LINEDESK_DATA_DIR;
  delete own.LINEDESK_EPOCH_FILE;
  // Tells Next's own reader of .env files that they were read, so that it leaves them alone.
  return { ...own, __NEXT_PROCESSED_ENV: "true", NEXT_TELEMETRY_DISABLED: "1" };
}

/** What the application and the seed read. A setting of the user's always wins over one that we make up. */
export function appEnvironment({ env, port, host, url, databaseUrl, dataDirectory, secrets, carrierUrl }) {
  const local = carrierUrl
    ? {
        TWILIO_ACCOUNT_SID: secrets.carrierAccountSid,
        TWILIO_AUTH_TOKEN: secrets.carrierAuthToken,
        TWILIO_BASE_URL: carrierUrl,
        LINEDESK_LOCAL_CARRIER: "1",
      }
    : {};
  return {
    ...env,
    PORT: String(port),
    HOST: host,
    LINEDESK_URL: url,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET || secrets.nextauthSecret,
    DATABASE_URL: databaseUrl,
    LINEDESK_DATA_DIR: dataDirectory,
    // Beside the database's own folder, so that whoever puts an older one in its place leaves it alone.
    LINEDESK_EPOCH_FILE: env.LINEDESK_EPOCH_FILE || join(dataDirectory, "epoch"),
    NEXT_TELEMETRY_DISABLED: "1",
    ...local,
  };
}

export function carrierEnvironment({ env, port, file, secrets, validate }) {
  return {
    ...env,
    LOCAL_CARRIER_PORT: String(port),
    LOCAL_CARRIER_FILE: file,
    LOCAL_CARRIER_ACCOUNT_SID: secrets.carrierAccountSid,
    LOCAL_CARRIER_AUTH_TOKEN: secrets.carrierAuthToken,
    ...(validate ? { LOCAL_CARRIER_VALIDATE: "1" } : {}),
  };
}
