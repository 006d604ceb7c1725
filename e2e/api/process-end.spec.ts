import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { carrier } from "../carrier";
import { stack } from "../environment";
import { expect, test } from "../fixtures";
import { sessionCookie } from "../session";

/** A second production server on the same database and carrier, which may end while it buys. */
async function startServer(): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const folder = path.dirname(stack.demoFile);
  const secrets = JSON.parse(readFileSync(path.join(folder, "secrets.json"), "utf8")) as {
    carrierAccountSid: string;
    carrierAuthToken: string;
  };
  const server = spawn(process.execPath, ["dist/serve.js"], {
    stdio: "ignore",
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      LINEDESK_URL: url,
      NEXTAUTH_URL: url,
      TWILIO_ACCOUNT_SID: secrets.carrierAccountSid,
      TWILIO_AUTH_TOKEN: secrets.carrierAuthToken,
      TWILIO_BASE_URL: stack.carrierUrl,
      LINEDESK_LOCAL_CARRIER: "1",
      LINEDESK_EPOCH_FILE: path.join(folder, "epoch"),
    },
  });
  await expect
    .poll(
      () =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 60_000 },
    )
    .toBe(200);
  return { url, process: server };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : 0;
}

async function buyThrough(url: string, userId: string, phoneNumber: string): Promise<Response> {
  const { name, value } = await sessionCookie(userId);
  return await fetch(`${url}/core/managed-accounts/default/purchase-number`, {
    method: "POST",
    headers: { Cookie: `${name}=${value}`, Origin: url, "Content-Type": "application/json" },
    body: JSON.stringify({ phone_number: phoneNumber }),
  });
}

test.describe("a server that ends while it buys", () => {
  test.slow();

  test("asked to stop, it answers the purchase first and then stops", async ({ desk }) => {
    const [offer] = await desk.findOffers();
    const phoneNumber = offer?.phone_number ?? "";
    const server = await startServer();
    await carrier.arm("buy", phoneNumber, { kind: "delay", ms: 1_500, when: "before" });
    const answer = buyThrough(server.url, desk.user.id, phoneNumber);
    await expect.poll(async () => (await carrier.ordersFor(phoneNumber)).length).toBe(1);

    const ended = once(server.process, "exit");
    server.process.kill("SIGTERM");
    expect((await answer).status).toBe(201);
    expect(await ended).toEqual([0, null]);
    expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);
  });

  test("killed on the spot, another server finishes the purchase from its row, without buying again", async ({
    desk,
    api,
  }) => {
    const [offer] = await desk.findOffers();
    const phoneNumber = offer?.phone_number ?? "";
    const server = await startServer();
    await carrier.arm("buy", phoneNumber, { kind: "delay", ms: 1_500, when: "after" });
    const answer = buyThrough(server.url, desk.user.id, phoneNumber).catch(() => "no answer");
    await expect.poll(async () => (await carrier.ordersFor(phoneNumber)).length).toBe(1);
    server.process.kill("SIGKILL");
    expect(await answer).toBe("no answer");

    const address = `/core/phone-numbers/${phoneNumber}`;
    expect(await (await api.get(address)).json()).toMatchObject({ status: "buying" });
    // The lease of the dead server has to run out first.
    await expect
      .poll(async () => ((await (await api.get(address)).json()) as { status: string }).status, {
        timeout: 90_000,
      })
      .toBe("active");
    expect(await carrier.chargesFor(phoneNumber)).toHaveLength(1);
    expect(await carrier.ordersFor(phoneNumber)).toHaveLength(1);
    expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);
  });
});
