import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, database } from "./client";
import { isDatabaseUnavailable } from "./transaction";

function packet(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}

const welcome = [packet("R", Buffer.alloc(4)), packet("Z", Buffer.from("I"))];
const goodbye = packet("E", Buffer.from("SFATAL\0C57P01\0Mterminating connection\0\0"));

/** A PostgreSQL that shuts down just as it lets somebody in: both messages arrive in one piece. */
const server = createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", () => socket.end(Buffer.concat([...welcome, goodbye])));
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  Object.assign(process.env, {
    DATABASE_URL: `postgresql://nobody@127.0.0.1:${(server.address() as AddressInfo).port}/none`,
    LINEDESK_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests",
    TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
    TWILIO_AUTH_TOKEN: "only-for-tests",
  });
});
afterAll(async () => {
  await closeDatabase();
  server.close();
});

test("a database that goes away as we connect fails the request and not the process", async () => {
  const uncaught: unknown[] = [];
  const catchAll = (error: unknown) => uncaught.push(error);
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", catchAll);
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const error = await database()
        .$transaction(async (tx) => await tx.$queryRaw`SELECT 1`)
        .catch((thrown: unknown) => thrown);
      expect(isDatabaseUnavailable(error)).toBe(true);
    }
    expect(uncaught).toEqual([]);
  } finally {
    process.off("uncaughtException", catchAll);
    for (const listener of others) process.on("uncaughtException", listener);
  }
});
