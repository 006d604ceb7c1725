import { instruments } from "./registry";
import { registerShared } from "./shared";

export { readState } from "./state";

/** Everything that is measured, in the text format of Prometheus, and the Content-Type it has. */
export async function renderMetrics(): Promise<{ text: string; contentType: string }> {
  const { registry } = instruments();
  if (!registry.getSingleMetric("linedesk_numbers")) registerShared(registry);
  return { text: await registry.metrics(), contentType: registry.contentType };
}
