/**
 * Calls `stop` on the first Ctrl-C or SIGTERM and `force` on a second. One Ctrl-C under npm arrives twice, from the
 * terminal and forwarded by npm, so what comes within a second counts as the same one. When npm itself is killed,
 * nobody is left to press Ctrl-C: that counts as well.
 */
export function onInterrupt({ stop, force }) {
  let first = 0;
  const interrupted = () => {
    if (first === 0) {
      first = performance.now();
      stop();
    } else if (performance.now() - first > 1_000) {
      force();
    }
  };
  process.on("SIGINT", interrupted);
  process.on("SIGTERM", interrupted);
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && first === 0 && interrupted(), 500).unref();
  }
}
