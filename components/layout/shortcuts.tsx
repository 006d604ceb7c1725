"use client";

import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from "react";
import { createRegistry, type Registry } from "./registry";
import { readSingleKeysEnabled } from "./single-keys";

export type Shortcut = {
  /** What `KeyboardEvent.key` says: "b", "/", "?"; with Control or Command: "mod+k". */
  keys: string;
  label: string;
  group: string;
  run: () => void;
  listOnly: boolean;
};

export type ShortcutOptions = {
  group?: string;
  enabled?: boolean;
  /** Only names the key in the list; whatever has the focus handles it. */
  listOnly?: boolean;
};

const ShortcutsContext = createContext<Registry<Shortcut> | null>(null);
const emptyShortcuts: readonly Shortcut[] = [];

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => createRegistry<Shortcut>());

  useEffect(() => {
    const handleKeyDown = (event: KeyboardEvent) => {
      const shortcut = findShortcut(event, registry.getEntries());
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run();
    };
    window.addEventListener("keydown", handleKeyDown);
    return () => window.removeEventListener("keydown", handleKeyDown);
  }, [registry]);

  return <ShortcutsContext value={registry}>{children}</ShortcutsContext>;
}

/** While mounted, `keys` runs `handler` and stands in the list that "?" opens. The newest of two equal keys wins. */
export function useShortcut(
  keys: string,
  label: string,
  handler: () => void,
  { group = "This page", enabled = true, listOnly = false }: ShortcutOptions = {},
) {
  const registry = use(ShortcutsContext);
  const run = useEffectEvent(handler);
  useEffect(() => {
    if (!enabled) return;
    return registry?.add({ keys, label, group, listOnly, run: () => run() });
  }, [registry, keys, label, group, enabled, listOnly]);
}

/** All shortcuts that work right now. */
export function useShortcuts() {
  const registry = use(ShortcutsContext);
  const subscribe = useCallback(
    (listener: () => void) => registry?.subscribe(listener) ?? (() => {}),
    [registry],
  );
  return useSyncExternalStore(
    subscribe,
    () => registry?.getEntries() ?? emptyShortcuts,
    () => emptyShortcuts,
  );
}

function findShortcut(event: KeyboardEvent, shortcuts: readonly Shortcut[]) {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return;
  const withModifier = event.metaKey || event.ctrlKey;
  if (isOverlayOpen()) return;
  if (!withModifier && (isTyping(event.target) || !readSingleKeysEnabled())) return;

  const pressed = `${withModifier ? "mod+" : ""}${event.key.toLowerCase()}`;
  return shortcuts.findLast((shortcut) => !shortcut.listOnly && shortcut.keys === pressed);
}

function isOverlayOpen() {
  return (
    document.querySelector(
      ':is([role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"])[data-state="open"]',
    ) !== null
  );
}

function isTyping(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select') !== null;
}
