import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import { expect, test } from "vitest";
import { hasFailPoints } from "./build.mjs";
import { inRoot } from "./paths.mjs";

async function compile(flag) {
  const source = readFileSync(inRoot("lib/fail-points.ts"), "utf8");
  const define = flag ? { "process.env.LINEDESK_FAIL_POINTS": JSON.stringify(flag) } : {};
  return (await transform(source, { loader: "ts", minify: true, define, target: "node20" })).code;
}

test("a build for people has nothing left of the fail points, and the check would see them", async () => {
  expect(hasFailPoints(await compile("off"))).toBe(false);
  expect(hasFailPoints(await compile("on"))).toBe(true);
  expect(hasFailPoints(await compile(undefined))).toBe(true);
});
