import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import next from "next";
import { createApi, isApiPath, pathOf } from "@/lib/api/app";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { countRequest } from "@/lib/metrics/count";
import { startWorker } from "@/lib/worker";

/** The production server: the API is answered here, pages go to Next, recovery runs beside them. */

const { HOST, PORT } = env();
// Next would start the worker of its own instrumentation; this process already has one.
process.env.LINEDESK_WORKER = "off";

const pages = next({ dev: false, hostname: HOST, port: PORT });
await pages.prepare();
const handlePage = pages.getRequestHandler();
const handleApi = getRequestListener(createApi().fetch);

const server = createServer((request, response) => {
  const pathname = pathOf(request.url);
  if (pathname === null) {
    response.writeHead(400).end();
    return;
  }
  const handled = isApiPath(pathname) ? handleApi(request, response) : servePage(request, response, pathname);
  Promise.resolve(handled).catch((error: unknown) => {
    log.error({ err: error, pathname }, "A request could not be answered.");
    response.destroy();
  });
});
const worker = startWorker();

/** Pages are counted here; the API counts its own. */
function servePage(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
  const started = performance.now();
  const route = pathname.startsWith("/_next/") ? "asset" : "page";
  response.once("close", () => {
    const { method = "" } = request;
    countRequest({ method, route, status: response.statusCode, ms: performance.now() - started });
  });
  return handlePage(request, response);
}

server.once("error", (error) => {
  log.fatal({ err: error }, `Cannot listen on ${HOST}:${PORT}.`);
  process.exit(1);
});
server.listen(PORT, HOST, () => log.info({ url: env().LINEDESK_URL }, "Linedesk is listening."));

let closing = false;

/** Requests under way are answered, a purchase among them; what takes longer is left to recovery. */
async function shutDown(signal: string): Promise<void> {
  if (closing) return;
  closing = true;
  log.info({ signal }, "Shutting down.");
  const limit = setTimeout(() => process.exit(0), 25_000);
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await Promise.all([closed, worker.stop()]);
  await pages.close();
  await closeDatabase();
  clearTimeout(limit);
  process.exit(0);
}

process.on("SIGTERM", (signal) => void shutDown(signal));
process.on("SIGINT", (signal) => void shutDown(signal));
