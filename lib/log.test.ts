import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const handbook = readFileSync(path.join(root, "docs/operation.md"), "utf8");

const sources = readdirSync(path.join(root, "lib"), { recursive: true, encoding: "utf8" })
  .filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !/^(testing|db\/generated)\//.test(file),
  )
  .map((file) => readFileSync(path.join(root, "lib", file), "utf8"));

/** The sentences of lines at level error. Those put together at run time are left out. */
const sentences = sources
  .flatMap((source) => [...source.matchAll(/log\.(?:error|fatal)\(([\s\S]*?)\);/g)])
  .flatMap(([, call = ""]) => [...call.matchAll(/"([A-Z][^"]+\.)"/g)].map((match) => match[1] ?? ""));

describe("each line at level error is one the handbook says what to do about", () => {
  test.each([...new Set(sentences)])("%s", (sentence) => {
    expect(handbook).toContain(sentence);
  });

  test("there are some", () => {
    expect(sentences.length).toBeGreaterThan(15);
  });
});
