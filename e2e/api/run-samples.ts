import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { stack } from "../environment";

/**
 * Samples as the documentation we are compatible with prints them, in `samples/`, and ways to run them as a reader
 * would. Nothing in them is changed but addresses, keys, ids and numbers.
 */

const run = promisify(execFile);

/** A sample with each placeholder it has replaced; throws for one it does not have. */
export function readSample(name: string, replacements: Record<string, string> = {}): string {
  const text = readFileSync(path.join(import.meta.dirname, "samples", name), "utf8");
  const host = /https:\/\/api\.(?:truedy|anyreach)\.ai/g;
  return Object.entries(replacements).reduce(replace, text.replace(host, stack.url));
}

function replace(text: string, [placeholder, value]: [string, string]): string {
  if (text.includes(placeholder)) return text.replaceAll(placeholder, value);
  throw new Error(`The sample has no ${placeholder}.`);
}

/** Runs a shell script; returns the JSON bodies it printed, one after the other. */
// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
export async function runShell(script: string): Promise<any[]> {
  const { stdout } = await run("bash", ["-c", script], options());
  return stdout.split(/(?<=\})(?=\{"data":)/).map((body) => JSON.parse(body));
}

/** Runs a TypeScript program from `file`, with its key where the samples read it; returns the lines it printed. */
export async function runTypeScript(file: string, program: string, key: string): Promise<string[]> {
  await writeFile(file, program);
  const { stdout } = await run(process.execPath, ["--import", "tsx", file], options({ TRUEDY_API_KEY: key }));
  return stdout.split("\n").filter((line) => line !== "");
}

/** The stack is on this machine: no proxy may stand between. */
function options(more: Record<string, string> = {}) {
  return { timeout: 30_000, env: { ...process.env, ...more, no_proxy: "*", NO_PROXY: "*" } };
}
