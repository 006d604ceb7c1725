import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const folders = "{lib,components,local-carrier,scripts,faults}";
const integration = [`${folders}/**/*.integration.test.{ts,mjs}`];

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${folders}/**/*.test.{ts,tsx,mjs}`],
          exclude: ["**/node_modules/**", ...integration],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: integration,
          globalSetup: "scripts/vitest-database.mjs",
          // Tests share one database and keep apart by organization. They start a local carrier of their own and
          // point TWILIO_BASE_URL at it.
          env: {
            LINEDESK_URL: "http://localhost:3000",
            NEXTAUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests",
            TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
            TWILIO_AUTH_TOKEN: "only-for-tests",
            LINEDESK_LOCAL_CARRIER: "1",
            LOG_LEVEL: "silent",
          },
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
