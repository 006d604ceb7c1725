"use client";

import { useState } from "react";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import { type ShellPanel, useShell } from "./commands";
import { useShortcut } from "./shortcuts";

const CommandPalette = loadOnDemand(() =>
  import("./command-palette").then((module) => module.CommandPalette),
);
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

  const [last, setLast] = useState<ShellPanel>(null);
  if (panel && panel !== last) setLast(panel);
  const shown = panel ?? last;
  if (!shown) return null;
  const Panel = panels[shown];
  return <Panel key={shown} onOpenChange={(open) => setPanel(open ? shown : null)} open={panel !== null} />;
}
