"use client";

import { useEffect, useState } from "react";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import { type ShellPanel, useShell } from "./commands";
import { useShortcut } from "./shortcuts";

const loadPalette = () => import("./command-palette").then((module) => module.CommandPalette);
const CommandPalette = loadOnDemand(loadPalette);
const ShortcutsDialog = loadOnDemand(() =>
  import("./shortcuts-dialog").then((module) => module.ShortcutsDialog),
);
const NavigationSheet = loadOnDemand(() =>
  import("./navigation-sheet").then((module) => module.NavigationSheet),
);

const panels = { palette: CommandPalette, shortcuts: ShortcutsDialog, navigation: NavigationSheet };

/** What opens over any page, and the keys that open it. Loaded when first wanted; the last one stays while it closes. */
export function ShellPanels() {
  const { panel, setPanel } = useShell();
  useShortcut("mod+k", "Command palette", () => setPanel("palette"), { group: "General" });
  useShortcut("?", "Keyboard shortcuts", () => setPanel("shortcuts"), { group: "General" });

  // Control goes down before K does: by then the palette is there, and what is typed next lands in it.
  useEffect(() => {
    const preload = () => void loadPalette();
    window.addEventListener("keydown", preload, { once: true });
    return () => window.removeEventListener("keydown", preload);
  }, []);

  const [last, setLast] = useState<ShellPanel>(null);
  if (panel && panel !== last) setLast(panel);
  const shown = panel ?? last;
  if (!shown) return null;
  const Panel = panels[shown];
  return <Panel key={shown} onOpenChange={(open) => setPanel(open ? shown : null)} open={panel !== null} />;
}
