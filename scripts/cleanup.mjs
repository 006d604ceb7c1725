/** Things to undo, last one first. Running it twice, or while it runs, does each of them once. */
export function createCleanup() {
  const tasks = [];
  let running = Promise.resolve();
  return {
    add: (task) => tasks.push(task),
    run: () => {
      running = running.then(async () => {
        while (tasks.length > 0) await tasks.pop()();
      });
      return running;
    },
  };
}
