import { createServer } from "node:http";

/**
 * Lets an end-to-end test take the database away and bring it back: POST /database/stop and /database/start, on the
 * loopback address, answered with 204 when done. Answers the address and a function that closes it.
 */
export async function openDatabaseControl({ database, onChange }) {
  const actions = { "/database/stop": database.stop, "/database/start": database.start };
  const server = createServer(async (request, response) => {
    const action = request.method === "POST" ? actions[request.url] : undefined;
    try {
      await action?.();
      if (action) onChange();
      response.writeHead(action ? 204 : 404).end();
    } catch (error) {
      response.writeHead(500).end(String(error.message));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
