"use client";

import type { RowData } from "@tanstack/react-table";
import { Checkbox } from "@/components/ui/checkbox";
import { createDataTableColumns } from "./features";

/** Ticks rows; with Shift, a range of them. */
export function createSelectionColumn<TData extends RowData>(getRowLabel: (row: TData) => string) {
  return createDataTableColumns<TData>().display({
    id: "select",
    meta: { width: "2.5rem", bare: true },
    header: ({ table }) => (
      <Checkbox
        aria-label="Select all rows shown"
        checked={table.getIsAllRowsSelected()}
        className="-ml-0.5 align-middle"
        indeterminate={table.getIsSomeRowsSelected()}
        onChange={table.getToggleAllRowsSelectedHandler()}
      />
    ),
    cell: ({ row }) => (
      <Checkbox
        aria-label={`Select ${getRowLabel(row.original)}`}
        checked={row.getIsSelected()}
        className="ml-1.5 align-middle"
        onChange={row.getToggleSelectedHandler()}
      />
    ),
  });
}
