import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openJournal } from "./journal";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
  file = join(folder, "deep", "journal.jsonl");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function open() {
  const entries: number[] = [];
  const journal = await openJournal<number>(file, (entry) => entries.push(entry));
  return { journal, entries };
}

describe("openJournal", () => {
  it("has on disk, once flushed, everything appended in order", async () => {
    const { journal } = await open();
    for (let entry = 0; entry < 1000; entry += 1) journal.append(entry);
    await journal.flushed();
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
    expect(lines.map(Number)).toEqual([...Array(1000).keys()]);
    await journal.close();
  });

  it("replays what was written before", async () => {
    const first = await open();
    first.journal.append(1);
    first.journal.append(2);
    await first.journal.close();
    const second = await open();
    expect(second.entries).toEqual([1, 2]);
    await second.journal.close();
  });

  it.each(["4", '{"torn', ""])("forgets a last line without an end: %j", async (torn) => {
    const first = await open();
    first.journal.append(3);
    await first.journal.close();
    await appendFile(file, torn);

    const second = await open();
    expect(second.entries).toEqual([3]);
    second.journal.append(5);
    await second.journal.close();

    const third = await open();
    expect(third.entries).toEqual([3, 5]);
    await third.journal.close();
  });

  it("refuses a file broken in the middle, naming the line", async () => {
    const { journal } = await open();
    await journal.close();
    await writeFile(file, "1\n{broken\n3\n");
    await expect(open()).rejects.toThrow(/line 2 is not a journal entry/);
  });
});
