import { AsyncLocalStorage } from "node:async_hooks";
import { createApi } from "@/lib/api/app";
import { renewDueNumbers } from "@/lib/billing";
import { syncEveryAccount } from "@/lib/carrier-sync";
import { env } from "@/lib/env";
import { type FailPoint, failPointControl } from "@/lib/fail-points";
import { keepEpoch } from "@/lib/installation";
import { recoverUnfinished } from "@/lib/phone-numbers";
import type { Act, FromActor, HttpAnswer, HttpRequest, Job, Results, ToActor } from "../harness/jobs";

/**
 * A process of the product that does what it is told over its channel, several jobs at a time, and stands still where
 * a job says so. It never ends by itself: the harness kills or freezes it.
 */

interface Running {
  id: number;
  job: Job;
}

const running = new AsyncLocalStorage<Running>();
const waiting = new Map<number, (() => void)[]>();
const api = createApi();
const origin = new URL(env().LINEDESK_URL).origin;

function tell(message: FromActor): void {
  process.send?.(message);
}

failPointControl.reach = async (name: FailPoint, subject?: string) => {
  const now = running.getStore();
  if (!now) return;
  const { id, job } = now;
  if (job.meanwhile?.at === name) await happen(job.meanwhile);
  if (job.stopAt !== name) return;
  tell({ id, reached: name, subject: subject ?? null });
  await new Promise<void>((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
};

async function happen({ path, body }: { path: string; body: object }): Promise<void> {
  const url = `${env().TWILIO_BASE_URL}/control/${path}`;
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`The carrier's control answered ${response.status} to ${path}.`);
}

async function ask({ method, path, body, headers }: HttpRequest): Promise<HttpAnswer> {
  const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const response = await api.fetch(
    new Request(`${origin}${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: text === "" ? null : JSON.parse(text),
  };
}

const acts: { [Kind in Act["kind"]]: (act: Extract<Act, { kind: Kind }>) => Promise<Results[Kind]> } = {
  request: ({ request }) => ask(request),
  recover: () => recoverUnfinished(),
  sync: async () => {
    const [sync] = await syncEveryAccount();
    return sync?.status ?? "none";
  },
  renew: () => renewDueNumbers(),
  beat: async () => {
    await keepEpoch();
    return null;
  },
  // Only the process that prepares runs pays for what tests need.
  open: async (act) => (await import("./prepare")).openTenant(act),
  dump: async ({ organizationId }) => (await import("./prepare")).dumpOrganization(organizationId),
};

async function work({ id, job }: Running): Promise<void> {
  try {
    const act = acts[job.act.kind] as (act: Act) => Promise<unknown>;
    tell({ id, result: await running.run({ id, job }, () => act(job.act)) });
  } catch (error) {
    tell({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

process.on("message", (message: ToActor) => {
  if ("goOn" in message) {
    for (const resolve of waiting.get(message.goOn) ?? []) resolve();
    waiting.delete(message.goOn);
  } else {
    void work(message);
  }
});
// Without its harness it has nothing to do.
process.on("disconnect", () => process.exit(0));
tell({ ready: true });
