import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const system = "/usr/bin/chromium";
// Without any of the two, Playwright takes the browser that `npx playwright install chromium` has fetched.
const executablePath = process.env.LINEDESK_CHROMIUM || (existsSync(system) ? system : undefined);

const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
// Chromium's sandbox refuses to work for root, which is who runs tests in a container.
const args = process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet;

export default defineConfig({
  testDir: "e2e",
  outputDir: ".data/test/playwright",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second try hides a race, in the test or in the product.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  // Patience costs nothing when a test passes, and a busy machine needs it.
  expect: { timeout: 10_000 },
  reporter: [["line"], ["json", { outputFile: ".data/test/playwright.json" }]],
  use: {
    baseURL: process.env.LINEDESK_URL,
    browserName: "chromium",
    launchOptions: { executablePath, args },
    actionTimeout: 20_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desk", testIgnore: /(safe-mode|database-down|books)\.spec\.ts$/, teardown: "books" },
    // Stops buying for everybody, so nothing else may run beside it.
    { name: "safe-mode", testMatch: /safe-mode\.spec\.ts$/, dependencies: ["desk"], workers: 1 },
    // Takes the database away from everybody, so nothing else may run beside it.
    { name: "database-down", testMatch: /database-down\.spec\.ts$/, dependencies: ["safe-mode"] },
    // Last, also after failures: what the carrier bills against what the database says.
    { name: "books", testMatch: /books\.spec\.ts$/ },
  ],
});
