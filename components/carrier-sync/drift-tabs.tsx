"use client";

import type { MouseEvent } from "react";
import { cn } from "@/components/ui/cn";
import { type DriftStatus, driftStatuses } from "./carrier-sync-keys";

const tabNames: Record<DriftStatus, string> = { open: "Open", accepted: "Accepted", settled: "Settled" };

export interface DriftTabsProps {
  shown: DriftStatus;
  /** How many wait for a decision; undefined until it is known. */
  openCount: number | undefined;
  onChange: (status: DriftStatus) => void;
}

/** Links, since each tab is an address: they open in a new window too. */
export function DriftTabs({ shown, openCount, onChange }: DriftTabsProps) {
  const choose = (event: MouseEvent, status: DriftStatus) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onChange(status);
  };
  return (
    <nav aria-label="Show" className="bg-surface flex w-fit gap-1 rounded border p-0.5">
      {driftStatuses.map((status) => (
        <a
          aria-current={status === shown ? "page" : undefined}
          className={cn(
            "flex h-7 items-center gap-1.5 rounded px-2.5 font-medium transition-colors focus-visible:-outline-offset-2",
            status === shown
              ? "bg-raised text-foreground outline-border outline"
              : "text-muted-foreground hover:text-foreground",
          )}
          href={`/settings/carrier-sync${status === "open" ? "" : `?status=${status}`}`}
          key={status}
          onClick={(event) => choose(event, status)}
        >
          {tabNames[status]}
          {status === "open" && Boolean(openCount) && (
            <span className="tabular font-normal">{openCount}</span>
          )}
        </a>
      ))}
    </nav>
  );
}
