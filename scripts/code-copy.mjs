import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { inRoot, root } from "./paths.mjs";
import { Explained } from "./progress.mjs";

/** What is made from the code, or belongs to one place only. */
const left = new Set([".git", ".data", ".next", "dist", "node_modules", "playwright-report", "test-results"]);

/** A copy of the code as it is now, to be changed and run without touching the original. */
export function openCopy(folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(root, folder, { recursive: true, filter: (path) => !left.has(relative(root, path)) });
  symlinkSync(inRoot("node_modules"), join(folder, "node_modules"), "dir");
  return {
    folder,
    /** Replaces texts, each of which must be there exactly once. Answers a function that puts them back. */
    change(edits) {
      const originals = new Map();
      const putBack = () => {
        for (const [path, text] of originals) writeFileSync(path, text);
      };
      for (const { file, find, replace } of edits) {
        const path = join(folder, file);
        const text = readFileSync(path, "utf8");
        const times = text.split(find).length - 1;
        if (times !== 1) {
          putBack();
          throw new Explained(`${file} has this ${times} times instead of once:\n${find}`);
        }
        if (!originals.has(path)) originals.set(path, text);
        writeFileSync(
          path,
          text.replace(find, () => replace),
        );
      }
      return putBack;
    },
  };
}
