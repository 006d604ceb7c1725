"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { type DataTableColumn, type DataTableSorting, readColumnLayout } from "./columns";

export type DataTableHeaderProps<TRow> = {
  columns: readonly DataTableColumn<TRow>[];
  sorting: DataTableSorting | undefined;
  onSortingChange: ((sorting: DataTableSorting) => void) | undefined;
};

export function DataTableHeader<TRow>({ columns, sorting, onSortingChange }: DataTableHeaderProps<TRow>) {
  return (
    <TableHeader>
      <TableRow aria-rowindex={1}>
        {columns.map((column) => (
          <HeaderCell
            column={column}
            key={column.id}
            onSortingChange={onSortingChange}
            sorting={sorting?.id === column.id ? sorting : undefined}
          />
        ))}
      </TableRow>
    </TableHeader>
  );
}

const ariaSort = { asc: "ascending", desc: "descending", none: "none" } as const;
const sortIcons = { asc: ArrowUp, desc: ArrowDown, none: ChevronsUpDown };

function HeaderCell<TRow>({
  column,
  sorting,
  onSortingChange,
}: Omit<DataTableHeaderProps<TRow>, "columns"> & { column: DataTableColumn<TRow> }) {
  const { sortable, header } = column;
  const sorted = sorting ? (sorting.desc ? "desc" : "asc") : "none";
  const SortIcon = sortIcons[sorted];
  const canSort = sortable !== undefined && onSortingChange !== undefined;
  const toggle = () =>
    onSortingChange?.({ id: column.id, desc: sorting ? !sorting.desc : sortable === "desc" });

  return (
    <TableHead
      aria-sort={canSort ? ariaSort[sorted] : undefined}
      className={readColumnLayout(column)}
      style={{ width: column.width }}
    >
      {canSort ? (
        <button
          className={cn(
            "group/sort hover:text-foreground -mx-1 inline-flex h-7 max-w-[calc(100%+0.5rem)] items-center gap-1 rounded px-1 transition-colors focus-visible:-outline-offset-2",
            sorted !== "none" && "text-foreground",
            column.align === "end" && "flex-row-reverse",
          )}
          onClick={toggle}
          type="button"
        >
          <span className="truncate">{header}</span>
          <SortIcon
            aria-hidden
            className={cn(
              "size-3.5 shrink-0",
              sorted === "none" &&
                "opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100",
            )}
          />
        </button>
      ) : column.headerHidden ? (
        <span className="sr-only">{header}</span>
      ) : (
        header
      )}
    </TableHead>
  );
}
