import "./node-version.mjs";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { contentHash } from "./content-hash.mjs";
import { isEntry } from "./entry.mjs";
import { loadEnvironment } from "./environment.mjs";
import { ensureGenerated } from "./generate.mjs";
import { takeLock } from "./lock.mjs";
import { inRoot, root } from "./paths.mjs";
import { run, toolPath } from "./processes.mjs";
import { Explained, report, step } from "./progress.mjs";

const stamp = inRoot("dist/.source-hash");
const entries = {
  serve: "scripts/serve.ts",
  "local-carrier": "local-carrier/main.ts",
  seed: "prisma/seed.ts",
};
const outputs = [".next/BUILD_ID", ...Object.keys(entries).map((name) => `dist/${name}.js`)];

/** Builds the application and its servers unless the last build was made of exactly these sources. */
export async function ensureBuilt({ log, force = false, env = process.env } = {}) {
  await ensureGenerated({ log });
  const lock = await waitForLock();
  try {
    const hash = sourceHash();
    if (!force && isBuilt(hash)) return;
    rmSync(stamp, { force: true }); // a build that is interrupted must not pass for the one before it
    await step("Building", () => Promise.all([buildApplication({ log, env }), bundleServers()]));
    const missing = outputs.filter((path) => !existsSync(inRoot(path)));
    if (missing.length > 0) throw new Explained(`The build ended without ${missing.join(", ")}.`);
    requireNoFailPoints();
    writeFileSync(stamp, hash);
  } finally {
    lock.release();
  }
}

/** What people run must not be one environment variable away from stopping in the middle of a purchase. */
function requireNoFailPoints() {
  const files = ["dist", ".next/server"].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true })
      .map((name) => join(folder, name))
      .filter((path) => path.endsWith(".js")),
  );
  const holding = files.filter((path) => hasFailPoints(readFileSync(inRoot(path), "utf8")));
  if (holding.length > 0) throw new Explained(`The build has fail points in it: ${holding.join(", ")}.`);
}

/** Whether a bundle would ask at a fail point what to do, by whatever names a minifier left. */
export const hasFailPoints = (code) => /\.reach\?\.\(/.test(code);

function isBuilt(hash) {
  return (
    outputs.every((path) => existsSync(inRoot(path))) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === hash
  );
}

/** Everything counts but what is known not to end up in a build, so that a new kind of source cannot be forgotten. */
function sourceHash() {
  const folders =
    /^(\.git|\.next|\.data|\.ci|\.github|node_modules|dist|docs|e2e|test-results|lib\/db\/generated)$/;
  const files =
    /(\.test\.m?tsx?|\.test\.mjs|\.md|\.tsbuildinfo|^next-env\.d\.ts|^LICENSE|^\.env(\..*)?$|^scripts\/.*\.mjs)$/;
  const skip = (path) => folders.test(path) || files.test(path);
  return contentHash([root], {
    skip,
    also: [process.versions.node.split(".")[0], process.platform, process.arch],
  });
}

async function waitForLock() {
  mkdirSync(inRoot("dist"), { recursive: true });
  for (;;) {
    const lock = takeLock(inRoot("dist/.lock"));
    if (lock.release) return lock;
    await wait(200); // another script is building: then there will be nothing left to do here
  }
}

function buildApplication({ log, env }) {
  return run("next build", toolPath("next/dist/bin/next"), ["build"], {
    log,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
}

async function bundleServers() {
  const { build, stop } = await import("esbuild");
  await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, inRoot(path)])),
    outdir: inRoot("dist"),
    bundle: true,
    splitting: true, // what is imported on demand is loaded on demand
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    minifySyntax: true, // leaves out what the line below makes unreachable
    define: { "process.env.LINEDESK_FAIL_POINTS": '"off"' },
    tsconfig: inRoot("tsconfig.json"),
    logLevel: "warning",
  });
  await stop(); // its service would stay for as long as we run
}

if (isEntry(import.meta.url)) {
  loadEnvironment();
  try {
    await ensureBuilt({ force: !process.argv.includes("--if-needed") });
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
