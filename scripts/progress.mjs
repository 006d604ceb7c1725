/** A failure whose message is meant for the person at the terminal: printed as it is, without a stack. */
export class Explained extends Error {}

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

export const say = (line = "") => console.log(line);

/**
 * Says what is being done, does it, and says how long it took. The work may return a word that replaces "done",
 * such as "nothing new", unless its result is to be kept. Both halves are on one line at a terminal, on two in a log.
 */
export async function step(title, work, { keep = false } = {}) {
  const begun = performance.now();
  const terminal = process.stdout.isTTY;
  process.stdout.write(terminal ? `${title} … ` : `${title} …\n`);
  const finish = (word) => {
    process.stdout.write(terminal ? `${word} ${seconds(begun)}\n` : `${title}: ${word} ${seconds(begun)}\n`);
  };
  try {
    const result = await work();
    finish(typeof result === "string" && !keep ? `${result},` : "done,");
    return result;
  } catch (error) {
    finish("failed after");
    throw error;
  }
}

/** Prints what went wrong: our own sentences bare, anything unexpected with its stack. */
export function report(error) {
  console.error(error instanceof Explained ? `\n${error.message}` : error);
}

// A closed pipe (`npm start | head`) must not take the supervisor down before it has stopped its children.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", () => undefined);
}
