"use client";

import { Command } from "cmdk";
import { Keyboard, LogOut, Monitor, Moon, Search, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { type PaletteCommand, type ShellPanelProps, usePageCommands, useShell } from "./commands";
import { accountNavigation } from "./navigation";
import { signOutAndLeave } from "./sign-out";
import { useVisibleNavigation } from "./use-visible-navigation";

export function CommandPalette({ open, onOpenChange }: ShellPanelProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent className="top-[12vh]! translate-y-0!" hideHeader title="Command palette">
        <PaletteList />
      </DialogContent>
    </Dialog>
  );
}

function PaletteList() {
  const { setPanel } = useShell();
  const groups = usePaletteGroups();

  return (
    <Command className="flex min-h-0 flex-col" label="Commands" loop>
      <div className="focus-within:border-ring flex items-center gap-3 border-b px-4">
        <Search aria-hidden className="text-muted-foreground size-4 shrink-0" />
        <Command.Input
          className="placeholder:text-muted-foreground h-12 w-full bg-transparent text-base outline-none"
          placeholder="Go to a page or run a command…"
        />
      </div>
      <Command.List className="max-h-80 overflow-y-auto p-2" label="Commands">
        <Command.Empty className="text-muted-foreground px-2 py-8 text-center">Nothing found.</Command.Empty>
        {groups.map((group) => (
          <Command.Group
            className="[&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs"
            heading={group.heading}
            key={group.heading}
          >
            {group.commands.map((command) => (
              <Command.Item
                className="data-[selected=true]:bg-muted flex h-9 cursor-default items-center gap-3 rounded px-2 select-none"
                key={command.id}
                keywords={[command.label, group.heading, ...(command.keywords ?? [])]}
                onSelect={() => {
                  setPanel(null);
                  command.run();
                }}
                value={command.id}
              >
                {command.icon && (
                  <command.icon aria-hidden className="text-muted-foreground size-4 shrink-0" />
                )}
                <span className="flex-1 truncate">{command.label}</span>
                {command.shortcut && <Kbd keys={command.shortcut} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

type PaletteGroup = { heading: string; commands: PaletteCommand[] };

function usePaletteGroups(): PaletteGroup[] {
  const router = useRouter();
  const { setTheme } = useTheme();
  const { setPanel } = useShell();
  const pageCommands = usePageCommands();
  const sections = [...useVisibleNavigation(), { heading: "Account", items: accountNavigation }];

  const groups: PaletteGroup[] = [
    { heading: "This page", commands: pageCommands },
    {
      heading: "Go to",
      commands: sections.flatMap((section) =>
        section.items.map((item) => ({
          id: `go:${item.href}`,
          label: section.heading ? `${section.heading}: ${item.label}` : item.label,
          icon: item.icon,
          run: () => router.push(item.href),
        })),
      ),
    },
    {
      heading: "General",
      commands: [
        {
          id: "shortcuts",
          label: "Keyboard shortcuts",
          icon: Keyboard,
          shortcut: "?",
          run: () => setPanel("shortcuts"),
        },
        { id: "theme:light", label: "Light theme", icon: Sun, run: () => setTheme("light") },
        { id: "theme:dark", label: "Dark theme", icon: Moon, run: () => setTheme("dark") },
        { id: "theme:system", label: "System theme", icon: Monitor, run: () => setTheme("system") },
        { id: "sign-out", label: "Sign out", icon: LogOut, run: signOutAndLeave },
      ],
    },
  ];
  return groups.filter((group) => group.commands.length > 0);
}
