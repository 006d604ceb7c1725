import type { IncomingMessage, ServerResponse } from "node:http";

const MAX_BODY_BYTES = 1_048_576;

/** One HTTP request and the ways it can end. */
export interface Exchange {
  method: string;
  /** Decoded, without the query. */
  path: string;
  query: URLSearchParams;
  header(name: string): string | undefined;
  body: string;
  reply(reply: { status: number; headers?: Record<string, string>; text: string }): void;
  /** Cuts the connection without a word. */
  drop(): void;
  /** Resolves when the client has left or the reply is through. */
  gone: Promise<void>;
}

/** Null when the client asks for something no client of a carrier would. */
export async function readExchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<Exchange | null> {
  const gone = new Promise<void>((resolve) => outgoing.once("close", resolve));
  const body = await readBody(incoming);
  const url = parseUrl(incoming.url ?? "/");
  if (body === null || url === null) return null;
  return {
    method: incoming.method ?? "GET",
    path: url.path,
    query: url.query,
    header: (name) => [incoming.headers[name]].flat()[0],
    body,
    reply({ status, headers, text }) {
      // Without a body there is nothing to describe: 204 must not carry a content type.
      const description = text === "" ? {} : { "Content-Type": "application/json" };
      outgoing.writeHead(status, {
        ...description,
        ...headers,
        ...(status === 204 ? {} : { "Content-Length": String(Buffer.byteLength(text)) }),
      });
      outgoing.end(text);
    },
    drop() {
      incoming.socket.resetAndDestroy();
    },
    gone,
  };
}

function parseUrl(text: string): { path: string; query: URLSearchParams } | null {
  try {
    const url = new URL(text, "http://carrier.local");
    return { path: decodeURIComponent(url.pathname), query: url.searchParams };
  } catch {
    // Malformed escapes: the caller answers 400.
    return null;
  }
}

async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
