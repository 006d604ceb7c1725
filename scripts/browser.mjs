import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run, toolPath } from "./processes.mjs";
import { Explained, step } from "./progress.mjs";

const systemBrowsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The path of a Chromium that runs, installed first if there is none: Playwright's own, else Debian's package. */
export async function ensureBrowser({ log }) {
  const found = await workingBrowser();
  if (found) return found;
  for (const install of [installWithPlaywright, installWithApt]) {
    // A browser that cannot be fetched, or whose libraries the machine lacks, is not the last word.
    await install(log).catch(() => undefined);
    const installed = await workingBrowser();
    if (installed) return installed;
  }
  throw new Explained(
    "There is no browser for the end-to-end tests, and none could be installed. Install Chromium (on Debian: " +
      "sudo apt-get install chromium) or set LINEDESK_CHROMIUM to the path of one.",
  );
}

async function workingBrowser() {
  const { chromium } = await import("@playwright/test");
  const candidates = [process.env.LINEDESK_CHROMIUM, ...systemBrowsers, chromium.executablePath()];
  return candidates.find((path) => path && existsSync(path) && runs(path)) ?? null;
}

/** Without its shared libraries it does not get as far as its version; Ubuntu's placeholder for a snap fails too. */
function runs(path) {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

function installWithPlaywright(log) {
  return step("Installing a browser with Playwright", () =>
    run("playwright install", toolPath("@playwright/test/cli.js"), ["install", "chromium"], {
      log,
      timeout: 600_000,
      env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "15000" },
    }),
  );
}

async function installWithApt(log) {
  if (process.getuid() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await step("Installing Debian's browser", async () => {
    await run("apt-get update", "apt-get", ["update"], { log, env, node: false });
    await run("apt-get install", "apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
      log,
      env,
      node: false,
    });
  });
}
