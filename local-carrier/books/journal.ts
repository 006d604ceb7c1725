import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";

export interface Journal<Entry> {
  append(entry: Entry): void;
  /** Resolves once everything appended so far is on disk. Rejects for good after a failed write. */
  flushed(): Promise<void>;
  close(): Promise<void>;
}

/**
 * An append-only file of one JSON entry a line. Appends made while a write is under way share the next
 * write and its sync, so a thousand concurrent purchases cost a handful of syncs.
 */
export async function openJournal<Entry>(
  file: string,
  replay: (entry: Entry) => void,
): Promise<Journal<Entry>> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, "a+");
  await handle.truncate(await replayWholeLines(file, replay));

  let waiting: string[] = [];
  let tail: Promise<void> = Promise.resolve();

  async function writeWaiting(): Promise<void> {
    const batch = waiting.join("");
    waiting = [];
    await handle.appendFile(batch);
    await handle.datasync();
  }

  return {
    append(entry) {
      waiting.push(`${JSON.stringify(entry)}\n`);
      if (waiting.length > 1) return;
      tail = tail.then(writeWaiting);
      // Whoever awaits flushed() hears of the failure; nobody awaiting must not end the process.
      tail.catch(() => undefined);
    },
    flushed: () => tail,
    async close() {
      await tail.catch(() => undefined);
      await handle.close();
    },
  };
}

/**
 * Returns the length of the file up to its last line end. What follows was being written when the process
 * died, so no reply has admitted it; left in place, it would glue itself to the next entry.
 */
async function replayWholeLines<Entry>(file: string, replay: (entry: Entry) => void): Promise<number> {
  const content = await readFile(file);
  const length = content.lastIndexOf("\n") + 1;
  const lines = content.subarray(0, length).toString("utf8").split("\n").slice(0, -1);
  for (const [index, line] of lines.entries()) {
    try {
      replay(JSON.parse(line) as Entry);
    } catch (cause) {
      throw new Error(`${file} cannot be read: line ${index + 1} is not a journal entry`, { cause });
    }
  }
  return length;
}
