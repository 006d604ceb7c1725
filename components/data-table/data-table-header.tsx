"use client";

import type { Header, RowData } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { type DataTableFeatures, type DataTableInstance, readColumnLayout } from "./features";

export function DataTableHeader<TData extends RowData>({ table }: { table: DataTableInstance<TData> }) {
  return (
    <TableHeader>
      {table.getHeaderGroups().map((group) => (
        <TableRow aria-rowindex={1} key={group.id}>
          {group.headers.map((header) => (
            <HeaderCell header={header} key={header.id} table={table} />
          ))}
        </TableRow>
      ))}
    </TableHeader>
  );
}

const ariaSort = { asc: "ascending", desc: "descending", none: "none" } as const;
const sortIcons = { asc: ArrowUp, desc: ArrowDown, none: ChevronsUpDown };

function HeaderCell<TData extends RowData>({
  header,
  table,
}: {
  header: Header<DataTableFeatures, TData, unknown>;
  table: DataTableInstance<TData>;
}) {
  const { column } = header;
  const meta = column.columnDef.meta;
  const sortable = column.getCanSort();
  const sorted = column.getIsSorted() || "none";
  const SortIcon = sortIcons[sorted];
  const content = <table.FlexRender header={header} />;

  return (
    <TableHead
      aria-sort={sortable ? ariaSort[sorted] : undefined}
      className={readColumnLayout(meta)}
      style={{ width: meta?.width }}
    >
      {sortable ? (
        <button
          className={cn(
            "group/sort hover:text-foreground -mx-1 inline-flex h-7 max-w-[calc(100%+0.5rem)] items-center gap-1 rounded px-1 transition-colors focus-visible:-outline-offset-2",
            sorted !== "none" && "text-foreground",
            meta?.align === "end" && "flex-row-reverse",
          )}
          onClick={column.getToggleSortingHandler()}
          type="button"
        >
          <span className="truncate">{content}</span>
          <SortIcon
            aria-hidden
            className={cn(
              "size-3.5 shrink-0",
              sorted === "none" &&
                "opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100",
            )}
          />
        </button>
      ) : meta?.headerHidden ? (
        <span className="sr-only">{content}</span>
      ) : (
        content
      )}
    </TableHead>
  );
}
