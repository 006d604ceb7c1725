import { database } from "../db/client";
import { newInstallationTag } from "../ids";

// Route handlers and the worker may be bundled apart; when one finds another database, the other must follow.
const kept = globalThis as typeof globalThis & { linedeskTag?: string };

/** The mark of this installation on every number it buys; made at first use, the same for ever. */
export async function installationTag(): Promise<string> {
  return kept.linedeskTag ?? (await readTag());
}

/** Reads it anew: the tag is another one when another database was put in the place of the first. */
export async function readTag(): Promise<string> {
  await database().installation.createMany({ data: [{ tag: newInstallationTag() }], skipDuplicates: true });
  const { tag } = await database().installation.findFirstOrThrow({ select: { tag: true } });
  kept.linedeskTag = tag;
  return tag;
}
