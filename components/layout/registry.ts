/** A list that components add themselves to while they are mounted, readable with `useSyncExternalStore`. */
export type Registry<TEntry> = {
  add: (entry: TEntry) => () => void;
  subscribe: (listener: () => void) => () => void;
  getEntries: () => readonly TEntry[];
};

export function createRegistry<TEntry>(): Registry<TEntry> {
  let entries: readonly TEntry[] = [];
  const listeners = new Set<() => void>();
  const replace = (next: readonly TEntry[]) => {
    entries = next;
    for (const listener of listeners) listener();
  };

  return {
    add(entry) {
      replace([...entries, entry]);
      return () => replace(entries.filter((other) => other !== entry));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    getEntries: () => entries,
  };
}
