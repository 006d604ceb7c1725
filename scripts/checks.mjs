import { startProcess, toolPath } from "./processes.mjs";
import { say } from "./progress.mjs";

/** The checks that need no test runner. Each counts as one test; their output is their explanation. */
export const checks = [
  // Next writes the types of its routes and of imports such as style sheets, which the type check needs.
  {
    name: "types",
    commands: [
      ["next", "typegen"],
      ["tsc", "--noEmit"],
    ],
  },
  { name: "lint", commands: [["biome", "check"]] },
  { name: "unused", commands: [["knip"]] },
];

/** Runs one to its end and answers whether all of its commands succeeded. `onStart` gets each process. */
export async function runCheck({ name, commands }, { env, onStart }) {
  say(`\n${name}`);
  for (const [command, ...args] of commands) {
    const started = startProcess({
      name: command,
      command: toolPath(`.bin/${command}`),
      args,
      env,
      tool: true,
    });
    onStart?.(started);
    if ((await started.exited).code !== 0) return false;
  }
  return true;
}
