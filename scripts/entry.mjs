import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Whether this module was started from the command line rather than imported. */
export function isEntry(moduleUrl) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);
}
