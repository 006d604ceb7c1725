import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { shown } from "./paths.mjs";
import { databaseAccount } from "./postgres-account.mjs";
import { postgresBinaries } from "./postgres-binaries.mjs";
import { isAlive } from "./process-identity.mjs";
import { explainEnd, signalOne, startProcess } from "./processes.mjs";
import { Explained } from "./progress.mjs";

/** Runs the server and ends it, cleanly, once our end of its standard input closes: also when we are killed. */
const UNTIL_INPUT_CLOSES = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT $server 2>/dev/null ) &
watcher=$!
exec 3<&-
wait $server; code=$?
kill $watcher 2>/dev/null
exit $code`;

/**
 * One embedded PostgreSQL server. It listens on the loopback address only, with random passwords.
 * `settings` are server settings on top of ours, `choosePort` gives another port when one turns out to be taken.
 */
export function embeddedPostgres({ directory, log, secrets, settings = {}, choosePort }) {
  let server = null;
  let port = null;
  const binaries = postgresBinaries();

  async function start() {
    const account = databaseAccount({ directory, binary: binaries.postgres });
    if (!existsSync(join(directory, "PG_VERSION"))) initialise({ directory, account, binaries, secrets });
    requireSameVersion(directory, binaries);
    await stopServerOn(directory);
    for (let attempt = 1; ; attempt += 1) {
      port = await choosePort(attempt);
      server = launch({ directory, log, account, binaries, port, settings });
      const failure = await untilReady(server, directory);
      if (!failure) return;
      if (attempt === 3 || !/could not bind|shared memory block/.test(failure)) throw new Explained(failure);
      await wait(1_000);
    }
  }

  /** Fast shutdown: open transactions roll back. Insists when the server does not answer. */
  async function stop() {
    if (!server || server.ended()) return;
    signalOne(serverPid(directory), "SIGINT");
    await Promise.race([server.exited, wait(15_000, undefined, { ref: false })]);
    if (!server.ended()) signalOne(serverPid(directory), "SIGQUIT");
    await server.stop({ graceMs: 5_000 });
  }

  const url = (database) =>
    `postgresql://linedesk:${encodeURIComponent(secrets.databasePassword)}@127.0.0.1:${port}/${database}`;

  /** Makes the database if it is missing. Its owner is no superuser, as with a PostgreSQL service. */
  async function ensureDatabase(database) {
    const { default: pg } = await import("pg");
    const client = new pg.Client({
      host: "127.0.0.1",
      port,
      user: "postgres",
      password: secrets.databaseAdminPassword,
      database: "postgres",
    });
    await client.connect();
    try {
      const password = client.escapeLiteral(secrets.databasePassword);
      const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'linedesk'");
      if (role.rowCount === 0) await client.query(`CREATE ROLE linedesk LOGIN CREATEDB PASSWORD ${password}`);
      const existing = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
      if (existing.rowCount === 0)
        await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER linedesk`);
    } finally {
      await client.end();
    }
    return url(database);
  }

  return {
    start,
    stop,
    ensureDatabase,
    process: () => server,
    pid: () => serverPid(directory),
    kill: () => signalOne(serverPid(directory), "SIGQUIT"),
  };
}

/** Into a folder beside it, then renamed: a database half made when we were killed is never taken for a whole one. */
function initialise({ directory, account, binaries, secrets }) {
  const draft = `${directory}.new`;
  const passwordFile = `${draft}.password`;
  mkdirSync(dirname(directory), { recursive: true, mode: 0o711 });
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, secrets.databaseAdminPassword, { mode: 0o600 });
  if (account.ids)
    for (const path of [draft, passwordFile]) chownSync(path, account.ids.uid, account.ids.gid);
  // The builtin locale comes with PostgreSQL itself, so order and case are the same on every machine.
  const flags = [
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ];
  const done = spawnSync(
    ...account.launch(binaries.initdb, [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...flags]),
    {
      encoding: "utf8",
      cwd: "/",
      env: { ...process.env, LC_ALL: "C" },
    },
  );
  rmSync(passwordFile, { force: true });
  if (done.status !== 0)
    throw new Explained(
      `PostgreSQL could not be prepared in ${shown(directory)}:\n${done.stderr || done.error}`,
    );
  rmSync(directory, { recursive: true, force: true });
  renameSync(draft, directory);
}

function requireSameVersion(directory, binaries) {
  const has = readFileSync(join(directory, "PG_VERSION"), "utf8").trim();
  const asked = spawnSync(binaries.postgres, ["--version"], { encoding: "utf8", cwd: "/" }).stdout;
  const runs = /(\d+)\./.exec(asked)?.[1];
  if (has === runs) return;
  throw new Explained(
    `The database in ${shown(directory)} was made by PostgreSQL ${has}, and this version of Linedesk brings ${runs}. ` +
      "Dump it with the old version (pg_dump), move the folder away, start, and restore the dump.",
  );
}

function launch({ directory, log, account, binaries, port, settings }) {
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "", // a path below a long folder name would exceed the limit of a socket's name
    port,
    timezone: "UTC",
    log_timezone: "UTC",
    jit: "off", // costs more than it gives at our query sizes
    max_connections: 100,
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command, args] = account.launch("sh", [
    "-c",
    UNTIL_INPUT_CLOSES,
    "sh",
    binaries.postgres,
    "-D",
    directory,
    ...flags,
  ]);
  return startProcess({
    name: "PostgreSQL",
    command,
    args,
    log,
    stdin: "pipe",
    cwd: "/",
    env: { ...process.env, LC_ALL: "C" },
  });
}

/** Answers null once it accepts connections, or why it does not. After a crash it recovers first, which takes time. */
async function untilReady(server, directory) {
  for (const deadline = performance.now() + 120_000; performance.now() < deadline; ) {
    if (server.ended()) return explainEnd(server, server.ended());
    if (pidFileLines(directory)[7]?.trim() === "ready") return null;
    await wait(20);
  }
  await server.stop();
  return `PostgreSQL was not ready within two minutes. See ${shown(server.log)}.`;
}

/** Ends a server that outlived its start, and clears a file left by one that did not. */
async function stopServerOn(directory) {
  const pid = serverPid(directory);
  if (pid === null) return;
  if (isServerOn(pid, directory)) {
    for (const [signal, patience] of [
      ["SIGINT", 15_000],
      ["SIGQUIT", 5_000],
      ["SIGKILL", 2_000],
    ]) {
      if (isAlive(pid)) signalOne(pid, signal);
      for (const deadline = performance.now() + patience; isAlive(pid) && performance.now() < deadline; )
        await wait(20);
    }
    if (isAlive(pid))
      throw new Explained(`The PostgreSQL server ${pid} on ${shown(directory)} does not stop.`);
  }
  // PostgreSQL takes the file seriously when any process has that id by now, for instance after a restart.
  rmSync(join(directory, "postmaster.pid"), { force: true });
}

function isServerOn(pid, directory) {
  if (!isAlive(pid)) return false;
  const command =
    process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
  return command.includes(directory);
}

function serverPid(directory) {
  const pid = Number(pidFileLines(directory)[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

function pidFileLines(directory) {
  try {
    return readFileSync(join(directory, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return []; // not running
  }
}
