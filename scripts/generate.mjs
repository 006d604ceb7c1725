import "./node-version.mjs";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { contentHash } from "./content-hash.mjs";
import { isEntry } from "./entry.mjs";
import { inRoot } from "./paths.mjs";
import { run, toolPath } from "./processes.mjs";
import { report, step } from "./progress.mjs";

const output = inRoot("lib/db/generated");
const stamp = inRoot("lib/db/generated/.schema-hash");

/** Writes the Prisma client when it is missing or belongs to another schema or version of Prisma. */
export async function ensureGenerated({ log } = {}) {
  const hash = contentHash([
    inRoot("prisma/schema"),
    inRoot("prisma.config.ts"),
    toolPath("prisma/package.json"),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  await step("Generating the database client", () =>
    run("prisma generate", toolPath("prisma/build/index.js"), ["generate", "--no-hints"], {
      log,
      env: {
        ...process.env,
        // Generating needs only WebAssembly. Told that it has an engine already, the CLI does not download one.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    }),
  );
  if (existsSync(output)) writeFileSync(stamp, hash);
}

if (isEntry(import.meta.url)) {
  try {
    await ensureGenerated();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
