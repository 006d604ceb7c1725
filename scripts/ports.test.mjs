import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { freePort, isFree, keptPort, parsePort, requireFreePort } from "./ports.mjs";

async function occupied(use) {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(server.address().port);
  } finally {
    server.close();
  }
}

test("a taken port is seen and explained in one sentence", async () => {
  await occupied(async (port) => {
    expect(await isFree(port)).toBe(false);
    await expect(requireFreePort(port, "127.0.0.1")).rejects.toThrow(
      `Port ${port} is taken by another program.`,
    );
  });
});

test("a port is kept while it is free and replaced when it is not", async () => {
  const directory = mkdtempSync(join(tmpdir(), "linedesk-ports-"));
  const file = join(directory, "ports.json");
  try {
    const first = await keptPort(file, "postgres");
    expect(await keptPort(file, "postgres")).toBe(first);
    const server = createServer();
    await new Promise((resolve) => server.listen(first, "127.0.0.1", resolve));
    const second = await keptPort(file, "postgres");
    server.close();
    expect(second).not.toBe(first);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ postgres: second });
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("PORT is a number or the fallback", async () => {
  expect(parsePort(undefined, 3000)).toBe(3000);
  expect(parsePort("8080", 3000)).toBe(8080);
  expect(await isFree(await freePort())).toBe(true);
  for (const text of ["abc", "0", "70000", "80.5"])
    expect(() => parsePort(text, 3000)).toThrow(`it is "${text}"`);
});
