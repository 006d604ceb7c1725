import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./paths.mjs";

/** A hash over the names and contents of these files and folders. Times do not count: a checkout changes them all. */
export function contentHash(paths, { skip = () => false, also = [] } = {}) {
  const hash = createHash("sha256").update(also.join("\0"));
  for (const file of paths.flatMap((path) => filesIn(path, skip)).sort()) {
    const content = readFileSync(file);
    hash.update(`\0${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesIn(path, skip) {
  if (!existsSync(path) || skip(relative(root, path))) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name), skip));
}
