import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Books, openBooks } from "./books/books";
import { answerControl, type Control } from "./control/control";
import { readExchange } from "./exchange";
import { createArmedFaults } from "./faults/armed-faults";
import { createInventory } from "./inventory/inventory";
import { answerTwilio, type TwilioApp } from "./twilio/app";

export interface LocalCarrierOptions {
  /** 0 takes any free port. */
  port: number;
  /** The journal. Everything the carrier knows survives in it. */
  file: string;
  seed?: string;
  accountSid: string;
  authToken: string;
  /** Hold every request and reply against Twilio's OpenAPI document, and note what breaks it. */
  validate?: boolean;
}

export interface LocalCarrier {
  url: string;
  port: number;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const DEFAULT_SEED = "linedesk";
/** Longer than clients keep idle connections, or a reused one could be cut by accident. */
const KEEP_ALIVE_MS = 75_000;

export async function startLocalCarrier(options: LocalCarrierOptions): Promise<LocalCarrier> {
  const books = await openBooks(options.file, {
    account_sid: options.accountSid,
    auth_token: options.authToken,
    friendly_name: "Local carrier account",
    status: "active",
    type: "Full",
    opened_at: "2015-07-30T20:00:00.000Z",
  });
  try {
    return await serve(options, books);
  } catch (error) {
    await books.close();
    throw error;
  }
}

async function serve(options: LocalCarrierOptions, books: Books): Promise<LocalCarrier> {
  const carrier = { books, inventory: createInventory(options.seed ?? DEFAULT_SEED) };
  const faults = createArmedFaults();
  // Only a checking carrier pays for the validator and the document.
  const check = options.validate ? await (await import("./openapi-check")).createOpenApiCheck() : null;

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const port = await listen(server, options.port);
  const url = `http://${HOST}:${port}`;

  const closing = new AbortController();
  let inFlight = 0;
  const app: TwilioApp = {
    carrier,
    faults,
    check,
    baseUrl: url,
    wait: (ms) => sleep(ms, undefined, { signal: closing.signal }),
    requestsInFlight: () => inFlight,
  };
  const control: Control = { carrier, faults, accountSid: options.accountSid, isValidating: check !== null };

  server.on("request", (incoming, outgoing) => {
    inFlight += 1;
    answer(app, control, { incoming, outgoing })
      .catch((error: unknown) => {
        if (closing.signal.aborted || incoming.destroyed) outgoing.destroy();
        else fail(outgoing, error);
      })
      .finally(() => {
        inFlight -= 1;
      });
  });

  return {
    url,
    port,
    async close() {
      closing.abort();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await books.close();
    },
  };
}

async function answer(
  app: TwilioApp,
  control: Control,
  connection: { incoming: IncomingMessage; outgoing: ServerResponse },
): Promise<void> {
  const exchange = await readExchange(connection.incoming, connection.outgoing);
  if (exchange === null) {
    connection.outgoing.writeHead(400).end();
  } else if (exchange.path.startsWith("/control/")) {
    await answerControl(control, exchange);
  } else {
    await answerTwilio(app, exchange);
  }
}

/** A defect of the carrier itself: told apart from the 500s it is asked to play by having no Twilio body. */
function fail(outgoing: ServerResponse, error: unknown): void {
  console.error(error);
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(500, { "Content-Type": "text/plain" }).end("The local carrier failed.");
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // Loopback only: the control API has no password.
    server.listen(port, HOST, () => {
      server.removeListener("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
