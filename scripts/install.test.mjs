import { expect, test } from "vitest";
import { isInstalled } from "./install.mjs";

const wanted = {
  "": { name: "linedesk" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/a-darwin": { version: "1.0.0", optional: true },
  "node_modules/tool": { version: "2.0.0", dev: true },
};
const all = { "node_modules/a": { version: "1.0.0" }, "node_modules/tool": { version: "2.0.0" } };
const { "node_modules/tool": _tool, ...withoutTool } = all;

test.each([
  ["nothing was ever installed", null, false, false],
  ["everything is there but another machine's package", all, true, true],
  ["a version changed", { ...all, "node_modules/a": { version: "1.0.1" } }, false, false],
  ["a package went out of the lock file", { ...all, "node_modules/b": { version: "1.0.0" } }, false, false],
  ["a package is missing", {}, false, false],
  ["development packages are missing and needed", withoutTool, true, false],
  ["development packages are missing and not needed", withoutTool, false, true],
])("%s", (_, present, development, expected) => {
  expect(isInstalled(wanted, present, { development })).toBe(expected);
});
