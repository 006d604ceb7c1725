import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scenariosOf } from "./scenarios.mjs";

let server;
let load;
let answered = 0;
let status = 401;
let facts;

beforeAll(async () => {
  server = createServer((_, response) => {
    answered += 1;
    response.writeHead(status).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  facts = {
    floor: origin,
    linedesk: origin,
    counting: {},
    carrier: {},
    large: { key: "ak_large", numbers: ["+14155550100"] },
    small: {},
    callers: {},
  };
  load = fork(fileURLToPath(new URL("load.mjs", import.meta.url)));
  load.send({ facts });
});

afterAll(async () => {
  load.kill();
  server.close();
});

async function run(name) {
  const scenario = scenariosOf(facts).findIndex((each) => each.name === name);
  load.send({ scenario, variant: 0, milliseconds: 100 });
  const [message] = await once(load, "message");
  return message;
}

test("every connection asks, and what was answered makes the rate", async () => {
  const { result } = await run("Refuse a malformed key");
  expect(answered).toBeGreaterThanOrEqual(16);
  expect(result.rate).toBeGreaterThan(0);
  expect(result.ms).toBeGreaterThan(0);
});

test("another status than the expected one ends the run with a sentence", async () => {
  status = 503;
  const { failure } = await run("Read one number");
  expect(failure).toMatch(/^GET http:.*\/core\/phone-numbers\/\+14155550100 answered 503 instead of 200\.$/);
});
