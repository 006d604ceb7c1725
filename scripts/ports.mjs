import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Explained } from "./progress.mjs";

/** Whether a server could listen there now. An address family the machine lacks counts as free. */
export function isFree(port, host = "127.0.0.1") {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve(true);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The port written down under this name if it is still free, else a new one, written down. */
export async function keptPort(file, name) {
  const ports = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  if (ports[name] && (await isFree(ports[name]))) return ports[name];
  return replacePort(file, name);
}

export async function replacePort(file, name) {
  const ports = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  ports[name] = await freePort();
  writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports[name];
}

export function parsePort(text, fallback) {
  if (text === undefined || text === "") return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Explained(`PORT must be a number from 1 to 65535; it is "${text}".`);
}

/**
 * Fails in one sentence when the port is taken. `localhost` is ::1 first on many machines, so a stranger there
 * would answer in our place: it counts as taken too.
 */
export async function requireFreePort(port, host) {
  try {
    const free = (await isFree(port, host)) && (host !== "127.0.0.1" || (await isFree(port, "::1")));
    if (free) return;
  } catch (error) {
    throw new Explained(
      `Linedesk cannot listen on ${host}:${port} (${error.code}). Choose another with PORT and HOST.`,
    );
  }
  throw new Explained(
    `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
  );
}

/** Waits until something accepts connections there. `failed` is a promise that rejects when waiting is pointless. */
export async function waitForPort(port, { timeoutMs = 30_000, failed } = {}) {
  const deadline = performance.now() + timeoutMs;
  const poll = async () => {
    while (performance.now() < deadline) {
      if (await accepts(port)) return;
      await wait(50);
    }
    throw new Explained(`Nothing answered on port ${port} within ${timeoutMs / 1000} s.`);
  };
  await Promise.race([poll(), ...(failed ? [failed] : [])]);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = new Socket();
    const answer = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(1_000, () => answer(false));
    socket.once("error", () => answer(false));
    socket.connect(port, "127.0.0.1", () => answer(true));
  });
}
