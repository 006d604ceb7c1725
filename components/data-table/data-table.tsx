"use client";

import { type ReactNode, useRef } from "react";
import { Table, TableCaption } from "@/components/ui/table";
import type { DataTableColumn, DataTableSorting } from "./columns";
import { DataTableBody } from "./data-table-body";
import { DataTableCards } from "./data-table-cards";
import { DataTableHeader } from "./data-table-header";
import { CardSkeletons, DataTableSkeleton } from "./data-table-skeleton";
import { useIsWide } from "./use-is-wide";
import { useNearEnd } from "./use-near-end";

export type DataTableProps<TRow> = {
  /** Names the table, such as "Phone numbers". */
  label: string;
  /** Stable between renders, or every row renders anew. */
  columns: readonly DataTableColumn<TRow>[];
  /** Undefined until the first answer. Later pass the old rows while the next ones load. */
  rows: readonly TRow[] | undefined;
  getRowId: (row: TRow) => string;
  /** Names a row for controls that act on it: "+1 415 555 0123". */
  getRowLabel: (row: TRow) => string;
  /** The row on a narrow screen. */
  renderCard: (row: TRow) => ReactNode;
  /** Stable, like the columns. */
  onOpenRow?: (row: TRow) => void;
  /** Somebody points at the rows or focuses one: what they open can start to load. */
  onApproach?: () => void;
  /** The row whose panel is open. */
  openRowId?: string | null;
  /** The server sorts; a column opts in with `sortable`. */
  sorting?: DataTableSorting;
  onSortingChange?: (sorting: DataTableSorting) => void;
  /** The last row is about to come into view. */
  onNearEnd?: () => void;
  fetching?: boolean;
  /** Shown in place of rows when there are none. */
  empty?: ReactNode;
  /** Shown in place of rows before the first answer, above them after it. */
  error?: ReactNode;
  footer?: ReactNode;
  /** Below this width the table scrolls sideways instead of squeezing. */
  minWidth?: string;
  skeletonRows?: number;
};

export function DataTable<TRow>(props: DataTableProps<TRow>) {
  const { label, columns, rows, error, empty, footer, fetching = false, skeletonRows = 10, minWidth } = props;
  const scrollRef = useRef<HTMLDivElement>(null);
  const endRef = useNearEnd(props.onNearEnd, "parent");
  const isWide = useIsWide();
  const loading = rows === undefined && !error;
  const busy = fetching || loading;
  const hasRows = rows !== undefined && rows.length > 0;
  const instead = rows === undefined ? error : rows.length === 0 ? (error ?? empty) : null;

  return (
    <section
      aria-label={label}
      className="flex min-h-0 flex-col gap-3 md:min-h-80"
      onFocus={props.onApproach}
      onPointerEnter={props.onApproach}
    >
      {hasRows && error}
      {isWide !== false && (
        <div className="relative flex min-h-0 flex-col overflow-hidden rounded border max-md:hidden">
          {fetching && !loading && <BusyBar />}
          <div className="min-h-0 scroll-pt-9 overflow-auto" ref={scrollRef}>
            <Table
              aria-busy={busy}
              aria-rowcount={hasRows ? rows.length + 1 : undefined}
              className="table-fixed"
              style={{ minWidth }}
            >
              <TableCaption>{label}</TableCaption>
              <DataTableHeader
                columns={columns}
                onSortingChange={props.onSortingChange}
                sorting={props.sorting}
              />
              {loading && <DataTableSkeleton columns={columns} count={skeletonRows} />}
              {hasRows && (
                <DataTableBody
                  columns={columns}
                  getRowId={props.getRowId}
                  onOpenRow={props.onOpenRow}
                  openRowId={props.openRowId}
                  rows={rows}
                  scrollRef={scrollRef}
                />
              )}
            </Table>
            {instead}
            <div aria-hidden ref={endRef} />
          </div>
        </div>
      )}
      {isWide !== true && (
        <div aria-busy={busy} className="relative md:hidden">
          {fetching && !loading && <BusyBar />}
          {loading && <CardSkeletons count={Math.min(skeletonRows, 5)} />}
          {hasRows && (
            <DataTableCards
              getRowId={props.getRowId}
              getRowLabel={props.getRowLabel}
              label={label}
              onNearEnd={props.onNearEnd}
              onOpenRow={props.onOpenRow}
              openRowId={props.openRowId}
              renderCard={props.renderCard}
              rows={rows}
            />
          )}
          {instead && <div className="rounded border">{instead}</div>}
        </div>
      )}
      {footer && <div className="shrink-0">{footer}</div>}
    </section>
  );
}

function BusyBar() {
  return (
    <div aria-hidden className="absolute inset-x-0 top-0 z-20 h-0.5 overflow-hidden">
      <div className="animate-busy bg-accent h-full w-1/4" />
    </div>
  );
}
