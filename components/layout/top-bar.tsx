"use client";

import { Menu, Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useShell } from "./commands";
import { Logo } from "./logo";
import { useViewer } from "./viewer";

/** Below 1024 px, where the sidebar would crowd the tables. */
export function TopBar() {
  const { organization } = useViewer();
  const { panel, setPanel } = useShell();

  return (
    <header className="bg-surface flex h-12 shrink-0 items-center gap-2 border-b px-2 lg:hidden">
      <Button
        aria-expanded={panel === "navigation"}
        aria-haspopup="dialog"
        aria-label="Open navigation"
        onClick={() => setPanel("navigation")}
        size="icon"
        variant="ghost"
      >
        <Menu aria-hidden />
      </Button>
      <Logo className="size-6 shrink-0" />
      <span className="min-w-0 flex-1 truncate font-semibold">{organization.name}</span>
      <Button aria-label="Go to…" onClick={() => setPanel("palette")} size="icon" variant="ghost">
        <Search aria-hidden />
      </Button>
    </header>
  );
}
