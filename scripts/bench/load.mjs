import { Agent, request } from "node:http";
import { median } from "./figures.mjs";
import { scenariosOf } from "./scenarios.mjs";

/**
 * The process that asks, so that neither side pays for it. Its parent first sends `{ facts }`, then, one after the other,
 * `{ scenario, variant, milliseconds }`, and gets `{ result }` or `{ failure }` for each.
 */

let scenarios = [];
/** How many requests of a variant were sent so far: the next run goes on there. */
const sent = new Map();

process.on("message", async ({ facts, scenario, variant, milliseconds }) => {
  if (facts) {
    scenarios = scenariosOf(facts);
    return;
  }
  try {
    process.send({ result: await run({ scenario, variant, milliseconds }) });
  } catch (error) {
    process.send({ failure: error.message });
  }
});
process.channel.ref();

async function run({ scenario, variant, milliseconds }) {
  const { connections = 16, variants } = scenarios[scenario];
  const { request: requestAt } = variants[variant];
  const counter = `${scenario}:${variant}`;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  const begun = performance.now();
  let next = sent.get(counter) ?? 0;

  async function connection() {
    while (performance.now() - begun < milliseconds) {
      const from = performance.now();
      await ask(requestAt(next++), agent);
      times.push(performance.now() - from);
    }
  }

  try {
    await Promise.all(Array.from({ length: connections }, connection));
  } finally {
    sent.set(counter, next);
    agent.destroy();
  }
  const seconds = (performance.now() - begun) / 1000;
  return { rate: times.length / seconds, ms: median(times) };
}

function ask({ url, method = "GET", headers, body, status }, agent) {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (answer) => {
      answer.once("error", reject);
      answer.once("end", () => {
        if (answer.statusCode === status) resolve();
        else reject(new Error(`${method} ${url} answered ${answer.statusCode} instead of ${status}.`));
      });
      answer.resume();
    });
    outgoing.once("error", (error) => reject(new Error(`${method} ${url}: ${error.message}`)));
    outgoing.end(body);
  });
}
