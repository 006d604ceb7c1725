import { mkdir, open, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { env } from "../env";

/**
 * The highest epoch each database ever had, kept outside of it: empty files whose names say it,
 * `<LINEDESK_EPOCH_FILE>.<tag>.<epoch>`. A name is there whole or not at all, and only lower ones are ever removed, so
 * any number of processes keep theirs in one folder without a lock and without lowering one another's.
 */

interface Mark {
  name: string;
  tag: string;
  epoch: bigint;
}

/** At most 18 digits: more than any count comes to, and few enough for the database to go on from there. */
const ending = /^([0-9A-Za-z]+)\.(\d{1,18})$/;

/** The highest epoch kept for each database, by its tag. Throws what the file system says. */
export async function readMarks(): Promise<Map<string, bigint>> {
  const highest = new Map<string, bigint>();
  for (const { tag, epoch } of await listMarks())
    if (epoch > (highest.get(tag) ?? -1n)) highest.set(tag, epoch);
  return highest;
}

/** Keeps this epoch, unless a higher one is kept. Repeating it changes nothing. Throws what the file system says. */
export async function writeMark(tag: string, epoch: bigint): Promise<void> {
  const { folder, prefix } = place();
  const name = `${tag}.${epoch}`;
  if (!ending.test(name)) return;
  await mkdir(folder, { recursive: true });
  const others = (await listMarks()).filter((mark) => mark.tag === tag);
  if (others.every((mark) => mark.epoch < epoch)) {
    await (await open(path.join(folder, prefix + name), "a", 0o600)).close();
    await synchronise(folder);
  }
  const lower = others.filter((mark) => mark.epoch < epoch);
  // Another process may be removing the same ones, and what is no file was not put there by any of us.
  await Promise.allSettled(lower.map((mark) => rm(path.join(folder, mark.name), { force: true })));
}

async function listMarks(): Promise<Mark[]> {
  const { folder, prefix } = place();
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.flatMap((name) => {
    const [, tag, digits] = (name.startsWith(prefix) && ending.exec(name.slice(prefix.length))) || [];
    return tag && digits ? [{ name, tag, epoch: BigInt(digits) }] : [];
  });
}

function place(): { folder: string; prefix: string } {
  const file = path.resolve(env().LINEDESK_EPOCH_FILE);
  return { folder: path.dirname(file), prefix: `${path.basename(file)}.` };
}

/** A new name survives a power cut once its folder is on disk. */
async function synchronise(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
