import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import type { OpenApiDocument, Operation } from "@/lib/api/openapi-document";
import { newId } from "@/lib/ids";
import { query } from "../database";
import { stack } from "../environment";
import { type Desk, expect, test } from "../fixtures";

/** Every sample of the reference, as its page shows it to somebody signed in, pasted and run. */

const run = promisify(execFile);

/** Their addresses and fields are settled, the work behind them comes later. */
const notThereYet = ["importTelephonyNumber", "getTelephonyAgentWebhookUrl"];

const made = {
  number: "+14155550123",
  numberId: /num_[0-9A-Za-z]{22}/,
  agentId: /agt_[0-9A-Za-z]{22}/,
  keyId: /ak_[0-9A-Za-z]{22}/,
  tokenId: /pat_[0-9A-Za-z]{22}/,
  trunkId: /trk_[0-9A-Za-z]{22}/,
  driftId: /drf_[0-9A-Za-z]{22}/,
  killSwitchId: /ks_[0-9A-Za-z]{22}/,
  numberInPath: /(?<=phone-numbers\/)[^/"`]+(?=\/undo-release)/,
};

/** What stands in a sample on purpose although nobody has it: a number to buy, and what would be gone for good. */
async function fillIn(desk: Desk, areaCode: string, operationId: string, sample: string): Promise<string> {
  const api = await desk.openApi();
  const make = async (address: string): Promise<string> => {
    const response = await api.post(address, { data: { name: "Old import" } });
    return ((await response.json()) as { id: string }).id;
  };
  const offer = async () => (await desk.findOffers())[0]?.phone_number ?? "none for sale";
  switch (operationId) {
    case "buyPhoneNumber":
    case "purchaseTelephonyNumber":
      return sample.replace(made.number, await offer());
    case "registerPhoneNumber":
      return sample
        .replace(made.number, `+1${areaCode}2340000`)
        .replace(made.trunkId, await createTrunk(desk.organizationId));
    case "releaseTelephonyNumber":
      return sample.replace(made.numberId, (await desk.buyNumber()).id);
    case "undoRelease":
      return sample.replace(made.numberInPath, await holdNumber(desk));
    case "getDrift":
    case "resolveDrift":
      return sample.replace(made.driftId, await createDrift(desk));
    case "liftKillSwitch":
      return sample.replace(made.killSwitchId, await findKillSwitch(desk.organizationId));
    case "deleteAgent":
      return sample.replace(made.agentId, (await desk.addAgent("Temporary")).id);
    case "revokeApiKey":
      return sample.replace(made.keyId, await make("/core/api-keys"));
    case "revokePersonalToken":
      return sample.replace(made.tokenId, await make("/core/personal-tokens"));
    default:
      return sample;
  }
}

async function createTrunk(organizationId: string): Promise<string> {
  const id = newId("trk");
  await query("INSERT INTO trunk (id, organization_id, name) VALUES ($1, $2, 'Own carrier')", [
    id,
    organizationId,
  ]);
  return id;
}

async function holdNumber(desk: Desk): Promise<string> {
  const { id } = await desk.buyNumber();
  const response = await (await desk.openApi()).delete(`/core/phone-numbers/${id}?hold=7`);
  expect(response.status(), await response.text()).toBe(202);
  return id;
}

/** As a comparison writes it down when somebody sent the calls of a number elsewhere. */
async function createDrift(desk: Desk): Promise<string> {
  const number = await desk.buyNumber();
  const id = newId("drf");
  await query(
    `INSERT INTO drift (id, managed_account_id, organization_id, phone_number_id, kind, phone_number, carrier_number_id, expected, observed)
     SELECT $1, managed_account_id, organization_id, id, 'rewired', phone_number, carrier_number_id, '{}', '{}'
     FROM phone_number WHERE id = $2`,
    [id, number.id],
  );
  return id;
}

/** The one that the sample before has set. */
async function findKillSwitch(organizationId: string): Promise<string> {
  const rows = await query<{ id: string }>("SELECT id FROM kill_switch WHERE organization_id = $1", [
    organizationId,
  ]);
  return rows[0]?.id ?? "none was set";
}

async function readOperations(page: Page): Promise<Operation[]> {
  const response = await page.request.get("/openapi.json");
  expect(response.status()).toBe(200);
  const { paths } = (await response.json()) as OpenApiDocument;
  return Object.values(paths).flatMap((methods) => Object.values(methods));
}

type Variables = Record<"LINEDESK_URL" | "LINEDESK_API_KEY", string>;

interface Runner {
  tab: string;
  /** Runs the text in a folder of its own; answers the status that the server gave. */
  send: (sample: string, folder: string, env: Variables) => Promise<number>;
}

const runners: Record<string, Runner> = {
  curl: {
    tab: "curl",
    async send(sample, folder, env) {
      // curl's own settings file, so that the sample stays as it is.
      writeFileSync(`${folder}/.curlrc`, 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');
      const { stdout } = await run("bash", ["-c", sample], environment({ ...env, CURL_HOME: folder }));
      return Number(stdout.slice(stdout.lastIndexOf("\n") + 1));
    },
  },
  TypeScript: {
    tab: "TypeScript",
    async send(sample, folder, env) {
      const file = `${folder}/sample.mts`;
      writeFileSync(file, sample);
      const program = run(process.execPath, ["--import", "tsx", file], environment(env));
      // A sample ends well only when the answer is a success; otherwise it says which status it was.
      return await program.then(
        () => 200,
        (error: { stderr: string }) => Number(/Error: (\d{3}):/.exec(error.stderr)?.[1] ?? 0),
      );
    },
  },
};

/** The stack is on this machine: no proxy may stand between. */
function environment(variables: Record<string, string>) {
  return { env: { ...process.env, ...variables, no_proxy: "*", NO_PROXY: "*" } };
}

for (const [language, { tab, send }] of Object.entries(runners)) {
  test(`every ${language} sample of the reference runs as it stands`, async ({
    page,
    desk,
    areaCode,
  }, info) => {
    test.setTimeout(300_000);
    // Safe mode is ended by those who run the installation.
    await query("UPDATE organization SET operates_installation = true WHERE id = $1", [desk.organizationId]);
    await desk.addAgent("Reception", 2);
    await desk.buyNumber();
    const key = await desk.addKey();
    const token = await desk.addToken();
    const operations = await readOperations(page);
    await page.goto("/docs");
    await page.getByRole("tab", { name: tab, exact: true }).first().click();

    const samples = new Map<string, string>();
    for (const { operationId } of operations) {
      const panel = page.locator(`#${operationId}`).getByRole("tabpanel");
      await expect(panel.getByRole("button", { name: `Copy ${tab} sample of ` })).toBeAttached();
      samples.set(operationId, (await panel.locator("code").textContent()) ?? "");
    }
    for (const { operationId, "x-person": person } of operations) {
      await test.step(operationId, async () => {
        const folder = info.outputPath(operationId);
        mkdirSync(folder, { recursive: true });
        const sample = await fillIn(desk, areaCode, operationId, samples.get(operationId) ?? "");
        const status = await send(sample, folder, {
          LINEDESK_URL: stack.url,
          LINEDESK_API_KEY: person ? token : key,
        });
        if (notThereYet.includes(operationId)) expect(status, sample).toBe(501);
        else expect(Math.floor(status / 100), `${status}\n${sample}`).toBe(2);
      });
    }
  });
}

test("the document is served without a key, and may be kept for a while", async ({ request }) => {
  const response = await request.get("/openapi.json");
  expect(response.status()).toBe(200);
  expect(response.headers()["content-type"]).toContain("application/json");
  expect(response.headers()["cache-control"]).toBe("public, max-age=300");
  const document = (await response.json()) as OpenApiDocument;
  expect(document.openapi).toBe("3.1.1");
  expect(document.servers).toMatchObject([{ url: stack.url }]);
});
