"use client";

import { Dialog } from "@/components/ui/dialog";
import { SheetContent } from "@/components/ui/sheet";
import type { ShellPanelProps } from "./commands";
import { Sidebar } from "./sidebar";

/** The sidebar below 1024 px. */
export function NavigationSheet({ open, onOpenChange }: ShellPanelProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <SheetContent className="bg-surface!" hideHeader side="left" title="Navigation">
        <Sidebar onNavigate={() => onOpenChange(false)} />
      </SheetContent>
    </Dialog>
  );
}
