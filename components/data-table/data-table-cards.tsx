"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { useGrowingCount } from "./use-growing-count";
import { useNearEnd } from "./use-near-end";

export type DataTableCardsProps<TRow> = {
  label: string;
  rows: readonly TRow[];
  getRowId: (row: TRow) => string;
  renderCard: (row: TRow) => ReactNode;
  getRowLabel: (row: TRow) => string;
  onNearEnd: (() => void) | undefined;
  onOpenRow: ((row: TRow) => void) | undefined;
  openRowId: string | null | undefined;
};

/**
 * The rows on a narrow screen. A button under the content opens the card; what is interactive in the content lies
 * above it. Cards are added as they come near, and the browser skips painting those far out of view.
 */
export function DataTableCards<TRow>({
  label,
  rows,
  getRowId,
  renderCard,
  getRowLabel,
  onNearEnd,
  onOpenRow,
  openRowId,
}: DataTableCardsProps<TRow>) {
  const { count, growing, ref } = useGrowingCount(rows.length);

  const endRef = useNearEnd(growing ? undefined : onNearEnd, "window");

  return (
    <>
      <ul aria-label={label} className="flex flex-col gap-2">
        {rows.slice(0, count).map((row) => (
          <li
            className={cn(
              "bg-background relative rounded border [contain-intrinsic-size:auto_8rem] [content-visibility:auto]",
              getRowId(row) === openRowId && "border-accent",
            )}
            key={getRowId(row)}
          >
            {onOpenRow && (
              <button
                aria-label={`Open ${getRowLabel(row)}`}
                className="absolute inset-0 rounded focus-visible:-outline-offset-2"
                onClick={() => onOpenRow(row)}
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
              {renderCard(row)}
            </div>
          </li>
        ))}
        {growing && <li aria-hidden className="h-px" key={count} ref={ref} />}
      </ul>
      <div aria-hidden ref={endRef} />
    </>
  );
}
