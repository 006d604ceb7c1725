"use client";

import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";
import type { ShellPanelProps } from "./commands";
import { type Shortcut, useShortcuts } from "./shortcuts";
import { useSingleKeysEnabled } from "./single-keys";

export function ShortcutsDialog({ open, onOpenChange }: ShellPanelProps) {
  const groups = groupShortcuts(useShortcuts());
  const [singleKeys, setSingleKeys] = useSingleKeysEnabled();

  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent size="sm" title="Keyboard shortcuts">
        <DialogBody className="flex flex-col gap-6">
          {groups.map(([group, shortcuts]) => (
            <section key={group}>
              <h3 className="text-muted-foreground mb-1 text-xs font-medium">{group}</h3>
              <ul>
                {shortcuts.map((shortcut) => (
                  <li className="flex min-h-8 items-center justify-between gap-4" key={shortcut.keys}>
                    {shortcut.label}
                    <Kbd keys={shortcut.keys} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </DialogBody>
        <DialogFooter className="flex-row! items-center sm:justify-between!">
          <label className="flex-1" htmlFor="single-key-shortcuts">
            Single-key shortcuts
          </label>
          <Switch checked={singleKeys} id="single-key-shortcuts" onCheckedChange={setSingleKeys} />
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** One line per key: a page's own shortcut hides a general one, as it does when pressed. */
function groupShortcuts(shortcuts: readonly Shortcut[]) {
  const byKeys = new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut]));
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of byKeys.values()) {
    groups.set(shortcut.group, [...(groups.get(shortcut.group) ?? []), shortcut]);
  }
  return [...groups];
}
