"use client";

import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { DataTableInstance } from "./features";
import { useGrowingCount } from "./use-growing-count";

export type DataTableCardsProps<TData extends RowData> = {
  label: string;
  table: DataTableInstance<TData>;
  renderCard: (row: TData) => ReactNode;
  getRowLabel: (row: TData) => string;
  onOpenRow?: (row: TData) => void;
  openRowId?: string | null;
};

/**
 * The rows on a narrow screen. A button under the content opens the card; what is interactive in the content lies
 * above it. Cards are added as they come near, and the browser skips painting those far out of view.
 */
export function DataTableCards<TData extends RowData>({
  label,
  table,
  renderCard,
  getRowLabel,
  onOpenRow,
  openRowId,
}: DataTableCardsProps<TData>) {
  const rows = table.getRowModel().rows;
  const { count, growing, ref } = useGrowingCount(rows.length);

  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {rows.slice(0, count).map((row) => (
        <li
          className={cn(
            "bg-background relative rounded border [contain-intrinsic-size:auto_8rem] [content-visibility:auto]",
            row.id === openRowId && "border-accent",
          )}
          key={row.id}
        >
          {onOpenRow && (
            <button
              aria-label={`Open ${getRowLabel(row.original)}`}
              className="absolute inset-0 rounded focus-visible:-outline-offset-2"
              onClick={() => onOpenRow(row.original)}
              type="button"
            />
          )}
          <div
            className={cn(
              "relative p-4",
              onOpenRow &&
                "pointer-events-none [&_:is(a,button,input,select,label,textarea)]:pointer-events-auto",
            )}
          >
            {renderCard(row.original)}
          </div>
        </li>
      ))}
      {growing && <li aria-hidden className="h-px" key={count} ref={ref} />}
    </ul>
  );
}
