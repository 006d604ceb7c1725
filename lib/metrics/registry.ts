import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import packageFile from "@/package.json";

/** What this process counts itself. What all processes share is read from the database instead, in shared.ts. */
function createInstruments() {
  const registry = new Registry();
  const registers = [registry];
  // Under the names that ready-made dashboards of Node know.
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "linedesk_build_info",
    help: "Always 1; which version runs on which Node.",
    labelNames: ["version", "node"],
    registers,
  }).set({ version: packageFile.version, node: process.version }, 1);
  return {
    registry,
    requests: new Counter({
      name: "linedesk_http_requests_total",
      help: "Requests answered by this process, by route pattern.",
      labelNames: ["method", "route", "status"],
      registers,
    }),
    requestSeconds: new Histogram({
      name: "linedesk_http_request_duration_seconds",
      help: "How long requests took, by route pattern.",
      labelNames: ["method", "route"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    carrierRequests: new Counter({
      name: "linedesk_carrier_requests_total",
      help: "Requests this process sent to a carrier, each try by itself: ok, or the kind of failure.",
      labelNames: ["carrier", "method", "outcome"],
      registers,
    }),
    carrierSeconds: new Histogram({
      name: "linedesk_carrier_request_duration_seconds",
      help: "How long a carrier took to answer, or we to give up.",
      labelNames: ["carrier", "method"],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30],
      registers,
    }),
    recoveryLooks: new Counter({
      name: "linedesk_recovery_looks_total",
      help: "Numbers that recovery of this process took to see how they stand, by the state it found.",
      labelNames: ["state"],
      registers,
    }),
    rateLimitRefusals: new Counter({
      name: "linedesk_rate_limit_refusals_total",
      help: "Requests this process refused for coming too often, by the limit they met.",
      labelNames: ["limit"],
      registers,
    }),
    errorsLogged: new Counter({
      name: "linedesk_errors_logged_total",
      help: "Lines this process wrote to its log at level error or above; each is one a person should read.",
      registers,
    }),
  };
}

type Instruments = ReturnType<typeof createInstruments>;

// Route handlers and the worker may be bundled apart, and reloads in development make modules anew; all count together.
const kept = globalThis as typeof globalThis & { linedeskInstruments?: Instruments };

export function instruments(): Instruments {
  kept.linedeskInstruments ??= createInstruments();
  return kept.linedeskInstruments;
}
