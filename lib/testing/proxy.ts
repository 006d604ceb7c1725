import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Exchange {
  method: string;
  path: string;
  status: number;
  body: string;
}

interface Change {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
}

/** Stands between Linedesk and the carrier and changes answers on their way back, as real networks do. */
export async function openProxy() {
  let target = "";
  let change: (exchange: Exchange) => Change = () => ({});

  const server = createServer(async (request, response) => {
    const { method = "GET", url: path = "/", headers } = request;
    const sent = await readAll(request);
    const answer = await fetch(`${target}${path}`, {
      method,
      headers: {
        Authorization: headers.authorization ?? "",
        "Content-Type": headers["content-type"] ?? "application/x-www-form-urlencoded",
      },
      ...(method === "POST" ? { body: sent } : {}),
    });
    const original = { status: answer.status, body: await answer.text() };
    const changed = { ...original, ...change({ method, path, ...original }) };
    response.writeHead(changed.status, changed.headers ?? { "content-type": "application/json" });
    response.end(changed.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo(url: string) {
      target = url;
    },
    rewrite(next: (exchange: Exchange) => Change) {
      change = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
