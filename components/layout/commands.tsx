"use client";

import type { LucideIcon } from "lucide-react";
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { createRegistry, type Registry } from "./registry";

export type PaletteCommand = {
  id: string;
  label: string;
  icon?: LucideIcon;
  /** Shown beside the label; the key itself is registered with `useShortcut`. */
  shortcut?: string;
  keywords?: string[];
  run: () => void;
};

/** What the shell can open from anywhere. */
export type ShellPanel = "palette" | "shortcuts" | "navigation" | null;

export type ShellPanelProps = { open: boolean; onOpenChange: (open: boolean) => void };

type ShellContextValue = {
  registry: Registry<readonly PaletteCommand[]>;
  panel: ShellPanel;
  setPanel: (panel: ShellPanel) => void;
};

const ShellContext = createContext<ShellContextValue | null>(null);
const noCommands: readonly (readonly PaletteCommand[])[] = [];

export function ShellProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => createRegistry<readonly PaletteCommand[]>());
  const [panel, setPanel] = useState<ShellPanel>(null);
  const value = useMemo(() => ({ registry, panel, setPanel }), [registry, panel]);
  return <ShellContext value={value}>{children}</ShellContext>;
}

export function useShell() {
  const shell = use(ShellContext);
  if (!shell) throw new Error("useShell must be used inside the dashboard layout.");
  return shell;
}

/** Adds a page's own commands to the palette while it is mounted. Keep the array stable with `useMemo`. */
export function usePaletteCommands(commands: readonly PaletteCommand[]) {
  const registry = use(ShellContext)?.registry;
  useEffect(() => registry?.add(commands), [registry, commands]);
}

export function usePageCommands(): PaletteCommand[] {
  const { registry } = useShell();
  const subscribe = useCallback((listener: () => void) => registry.subscribe(listener), [registry]);
  return useSyncExternalStore(subscribe, registry.getEntries, () => noCommands).flat();
}
