/** Where the running stack is. `npm test` starts one and sets all of these. */
export const stack = {
  url: read("LINEDESK_URL"),
  databaseUrl: requireLocal("DATABASE_URL"),
  carrierUrl: requireLocal("LOCAL_CARRIER_URL"),
  sessionSecret: read("NEXTAUTH_SECRET"),
  demoFile: read("LINEDESK_DEMO_FILE"),
  carrierToken: read("LOCAL_CARRIER_AUTH_TOKEN"),
  controlUrl: requireLocal("STACK_CONTROL_URL"),
};

function read(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Start these tests with: npm test -- --only e2e`);
  return value;
}

/** These tests write into the database and buy at the carrier: never anywhere but on this machine. */
function requireLocal(name: string): string {
  const value = read(name);
  const { hostname } = new URL(value);
  if (["localhost", "127.0.0.1", "[::1]"].includes(hostname)) return value;
  throw new Error(`${name} points at ${hostname}. These tests run against services of this machine only.`);
}
