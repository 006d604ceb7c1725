"use client";

import { createSerializer } from "nuqs";
import type { MouseEvent } from "react";
import { cn } from "@/components/ui/cn";
import { filterParsers, type NumberFilters, type StatusTab, statusTabs } from "./phone-number-filters";
import { useReleasingCount } from "./use-phone-numbers";

const tabNames: Record<StatusTab, string> = {
  all: "All",
  assigned: "Assigned",
  idle: "Idle",
  releasing: "Releasing",
  released: "Released",
};

const toSearch = createSerializer(filterParsers);

interface StatusTabsProps {
  filters: NumberFilters;
  onChange: (status: StatusTab) => void;
}

/** Links, since each tab is an address: they open in a new window too. */
export function StatusTabs({ filters, onChange }: StatusTabsProps) {
  const releasing = useReleasingCount();
  const choose = (event: MouseEvent, tab: StatusTab) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onChange(tab);
  };
  return (
    <nav
      aria-label="Show"
      className="bg-surface flex max-w-full gap-0.5 overflow-x-auto rounded border p-0.5 sm:gap-1"
    >
      {statusTabs.map((tab) => (
        <a
          aria-current={tab === filters.status ? "page" : undefined}
          className={cn(
            "flex h-7 items-center gap-1.5 rounded px-2 font-medium transition-colors sm:px-2.5",
            "focus-visible:-outline-offset-2",
            tab === filters.status
              ? "bg-raised text-foreground outline-border outline"
              : "text-muted-foreground hover:text-foreground",
          )}
          href={toSearch("/settings/phone-numbers", { ...filters, status: tab })}
          key={tab}
          onClick={(event) => choose(event, tab)}
        >
          {tabNames[tab]}
          {tab === "releasing" && releasing && (
            <span className="text-muted-foreground tabular font-normal">{releasing}</span>
          )}
        </a>
      ))}
    </nav>
  );
}
