import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { root, shown } from "./paths.mjs";
import { Explained } from "./progress.mjs";

/**
 * PostgreSQL refuses to run as root. Answers how to run its programs: as ourselves when we are a normal user, else
 * as an unprivileged one. `launch(command, args)` gives the command line and `ids` the owner of its files.
 */
export function databaseAccount({ directory, binary }) {
  if (process.getuid() !== 0) {
    requireOwn(directory);
    return { ids: null, launch: (command, args) => [command, args] };
  }
  const ids =
    existingOwner(directory) ??
    projectOwner() ??
    namedUser("postgres") ??
    createdUser() ??
    namedUser("nobody");
  if (!ids) throw unreachable("there is no unprivileged user to run it as, and none could be created");
  for (const launch of launchers(ids)) {
    if (reaches(launch, directory, binary)) return { ids, launch };
  }
  throw unreachable(`the user ${nameOf(ids.uid)} may not enter ${root}`);
}

function requireOwn(directory) {
  if (existsSync(directory) && statSync(directory).uid !== process.getuid()) {
    throw new Explained(
      `The database in ${shown(directory)} belongs to another user (it was started as root before?). ` +
        `Start as that user, or take it over: sudo chown -R ${userInfo().username} .data node_modules .next dist`,
    );
  }
}

/** Files written by one user cannot be served by another, so an existing database keeps its user. */
function existingOwner(directory) {
  return existsSync(directory) ? unprivileged(statSync(directory)) : null;
}

/** `sudo npm start` in someone's folder: that someone can reach it, which another service user may not. */
function projectOwner() {
  return unprivileged(statSync(root));
}

function unprivileged({ uid, gid }) {
  return uid !== 0 && nameOf(uid) ? { uid, gid } : null;
}

function nameOf(uid) {
  return ask("id", ["-un", String(uid)]);
}

function namedUser(name) {
  const uid = ask("id", ["-u", name]);
  const gid = ask("id", ["-g", name]);
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

function createdUser() {
  ask("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]);
  return namedUser("postgres");
}

function ask(command, args) {
  try {
    return (
      execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() || null
    );
  } catch {
    return null; // no such user, or no such program: the caller has a next choice
  }
}

/**
 * A plain change of user, and for a clone below a closed folder such as /root the same with one capability: walking
 * through folders. The secure bit keeps it valid for access(2), with which PostgreSQL looks for its own programs.
 * Containers often grant only the second of the two.
 */
function* launchers({ uid, gid }) {
  const become = ["--reuid", String(uid), "--regid", String(gid), "--clear-groups"];
  const through = (more) => (command, args) => ["setpriv", [...become, ...more, command, ...args]];
  yield through([]);
  for (const capability of ["+dac_read_search", "+dac_override"]) {
    yield through([
      "--inh-caps",
      capability,
      "--ambient-caps",
      capability,
      "--securebits",
      "+no_setuid_fixup",
    ]);
  }
}

function reaches(launch, directory, binary) {
  // `test` uses access(2) as initdb does, and running the binary also proves that its libraries are readable.
  const script = 'cd "$1" && test -w . && test -x "$2" && "$2" --version >/dev/null';
  const nearest = existsSync(directory) ? directory : root;
  const check = existsSync(directory) ? script : script.replace("&& test -w . ", "");
  return (
    spawnSync(...launch("sh", ["-c", check, "sh", nearest, binary]), { stdio: "ignore", cwd: "/" }).status ===
    0
  );
}

function unreachable(reason) {
  return new Explained(
    `The embedded PostgreSQL cannot run as root, and ${reason}. Run as a normal user, move the project to a folder ` +
      "that every user may enter (such as /opt/linedesk), or set DATABASE_URL to a PostgreSQL server of your own.",
  );
}
