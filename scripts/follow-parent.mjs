// Loaded with --import into every Node process that the scripts start. The channel to the parent closes when the
// parent ends in any way, kill -9 included; the child then stops too and frees its port for the next start.
// Processes that the child starts inherit the --import but have channels of their own, which are not ours to touch.
if (process.channel && String(process.ppid) === process.env.LINEDESK_PARENT_PID) {
  process.once("disconnect", () => {
    process.kill(process.pid, process.env.LINEDESK_ORPHAN_SIGNAL ?? "SIGTERM");
    setTimeout(() => process.exit(1), 8_000).unref();
  });
  process.channel.unref();
}
