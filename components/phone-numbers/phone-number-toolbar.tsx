"use client";

import { ListFilter, Search, X } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import { ActiveFilters } from "./active-filters";
import { countFoldedFilters, type NumberFilters } from "./phone-number-filters";
import { StatusTabs } from "./status-tabs";

const loadPanel = () => import("./filter-panel");
const FilterPanel = loadOnDemand(() => loadPanel().then((module) => module.FilterPanel));

export interface ToolbarProps {
  filters: NumberFilters;
  /** `push` makes the change a step that Back takes back. */
  onChange: (change: Partial<NumberFilters>, options?: { history: "push" }) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}

export function PhoneNumberToolbar({ filters, onChange, searchRef }: ToolbarProps) {
  return (
    <div className="flex shrink-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StatusTabs filters={filters} onChange={(status) => onChange({ status }, { history: "push" })} />
        <div className="flex min-w-0 flex-1 basis-64 items-center justify-end gap-2">
          <div className="w-full md:max-w-72">
            <Input
              aria-keyshortcuts="/"
              aria-label="Filter numbers"
              leading={<Search aria-hidden />}
              maxLength={100}
              onChange={(event) => onChange({ q: event.target.value })}
              onKeyDown={(event) => {
                if (event.key !== "Escape") return;
                if (filters.q) onChange({ q: "" });
                else event.currentTarget.blur();
              }}
              placeholder="Number, label or agent"
              ref={searchRef}
              spellCheck={false}
              trailing={
                filters.q && (
                  <Button
                    aria-label="Clear filter text"
                    onClick={() => {
                      onChange({ q: "" });
                      searchRef.current?.focus();
                    }}
                    size="icon-sm"
                    variant="ghost"
                  >
                    <X aria-hidden />
                  </Button>
                )
              }
              value={filters.q}
            />
          </div>
          <MoreFilters filters={filters} onChange={onChange} />
        </div>
      </div>
      <ActiveFilters filters={filters} onChange={onChange} />
    </div>
  );
}

function MoreFilters({ filters, onChange }: Pick<ToolbarProps, "filters" | "onChange">) {
  const count = countFoldedFilters(filters);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => setOpen(!isOpen)}
        onFocus={() => void loadPanel()}
        onPointerEnter={() => void loadPanel()}
        ref={buttonRef}
      >
        <ListFilter aria-hidden />
        Filters{count > 0 && ` (${count})`}
      </Button>
      {isOpen && (
        <FilterPanel
          anchorRef={buttonRef}
          filters={filters}
          onChange={onChange}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
