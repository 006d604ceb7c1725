import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder: every script works from here, wherever it was called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const inRoot = (...parts) => join(root, ...parts);

/** A path as a person in the project's folder would type it. */
export const shown = (path) => relative(root, path) || ".";

export const dataDirectory = () => resolve(root, process.env.LINEDESK_DATA_DIR || ".data");
