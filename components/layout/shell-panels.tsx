"use client";

import { CommandPalette } from "./command-palette";
import { useShell } from "./commands";
import { useShortcut } from "./shortcuts";
import { ShortcutsDialog } from "./shortcuts-dialog";

/** What opens over any page, and the keys that open it. */
export function ShellPanels() {
  const { panel, setPanel } = useShell();
  useShortcut("mod+k", "Command palette", () => setPanel("palette"), { group: "General" });
  useShortcut("?", "Keyboard shortcuts", () => setPanel("shortcuts"), { group: "General" });

  return (
    <>
      <CommandPalette />
      <ShortcutsDialog
        onOpenChange={(open) => setPanel(open ? "shortcuts" : null)}
        open={panel === "shortcuts"}
      />
    </>
  );
}
