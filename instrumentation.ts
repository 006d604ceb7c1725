/** Under `next dev` and `next start` the worker runs inside Next; the production server has its own. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.LINEDESK_WORKER === "off") return;
  const { startWorker } = await import("./lib/worker");
  startWorker();
}
