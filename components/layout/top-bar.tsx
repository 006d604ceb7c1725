"use client";

import { Menu, Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SheetContent } from "@/components/ui/sheet";
import { useShell } from "./commands";
import { Logo } from "./logo";
import { Sidebar } from "./sidebar";
import { useViewer } from "./viewer";

/** Below 1024 px, where the sidebar would crowd the tables. */
export function TopBar() {
  const { organization } = useViewer();
  const { panel, setPanel } = useShell();

  return (
    <header className="bg-surface flex h-12 shrink-0 items-center gap-2 border-b px-2 lg:hidden">
      <Dialog onOpenChange={(open) => setPanel(open ? "navigation" : null)} open={panel === "navigation"}>
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
        <SheetContent className="bg-surface" hideHeader side="left" title="Navigation">
          <Sidebar onNavigate={() => setPanel(null)} />
        </SheetContent>
      </Dialog>
      <Logo className="size-6 shrink-0" />
      <span className="min-w-0 flex-1 truncate font-semibold">{organization.name}</span>
      <Button aria-label="Go to…" onClick={() => setPanel("palette")} size="icon" variant="ghost">
        <Search aria-hidden />
      </Button>
    </header>
  );
}
