"use client";

import {
  type OnChangeFn,
  type RowData,
  type RowSelectionState,
  type SortingState,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo, useRef } from "react";
import { Table, TableCaption } from "@/components/ui/table";
import { DataTableBody } from "./data-table-body";
import { DataTableCards } from "./data-table-cards";
import { DataTableHeader } from "./data-table-header";
import { CardSkeletons, DataTableSkeleton } from "./data-table-skeleton";
import { type DataTableColumns, dataTableFeatures } from "./features";
import { createSelectionColumn } from "./selection-column";
import { useIsWide } from "./use-is-wide";

export type DataTableProps<TData extends RowData> = {
  /** What the rows are: "Phone numbers". */
  label: string;
  /** Stable: at module scope or memoised. Made with `createDataTableColumns`. */
  columns: DataTableColumns<TData>;
  /** Stable. Undefined until the first answer; keep the old rows while the next ones load. */
  rows: TData[] | undefined;
  getRowId: (row: TData) => string;
  /** Names a row for controls that act on it: "+1 415 555 0123". Stable, like the columns. */
  getRowLabel: (row: TData) => string;
  /** The row on a narrow screen. */
  renderCard: (row: TData) => ReactNode;
  onOpenRow?: (row: TData) => void;
  /** The row whose panel is open. */
  openRowId?: string | null;
  /** The server sorts; a column opts out with `enableSorting: false`. */
  sorting?: SortingState;
  onSortingChange?: OnChangeFn<SortingState>;
  /** Adds a column of checkboxes. Keyed by row id, so it survives sorting and paging. */
  selection?: { value: RowSelectionState; onChange: OnChangeFn<RowSelectionState> };
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

const noRows: never[] = [];
const noSorting: SortingState = [];
const noSelection: RowSelectionState = {};

export function DataTable<TData extends RowData>(props: DataTableProps<TData>) {
  const { label, rows, error, empty, footer, fetching = false, skeletonRows = 10, minWidth } = props;
  const scrollRef = useRef<HTMLDivElement>(null);
  const isWide = useIsWide();
  const table = useDataTable(props);
  const loading = rows === undefined && !error;
  const busy = fetching || loading;
  const hasRows = rows !== undefined && rows.length > 0;
  const instead = rows === undefined ? error : rows.length === 0 ? (error ?? empty) : null;

  return (
    <section aria-label={label} className="flex min-h-0 flex-col gap-3 md:min-h-80">
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
              <DataTableHeader table={table} />
              {loading && <DataTableSkeleton count={skeletonRows} table={table} />}
              {hasRows && (
                <DataTableBody
                  onOpenRow={props.onOpenRow}
                  openRowId={props.openRowId}
                  scrollRef={scrollRef}
                  selectable={Boolean(props.selection)}
                  table={table}
                />
              )}
            </Table>
            {instead}
          </div>
        </div>
      )}
      {isWide !== true && (
        <div aria-busy={busy} className="relative md:hidden">
          {fetching && !loading && <BusyBar />}
          {loading && <CardSkeletons count={Math.min(skeletonRows, 5)} />}
          {hasRows && (
            <DataTableCards
              getRowLabel={props.getRowLabel}
              label={label}
              onOpenRow={props.onOpenRow}
              openRowId={props.openRowId}
              renderCard={props.renderCard}
              table={table}
            />
          )}
          {instead && <div className="rounded border">{instead}</div>}
        </div>
      )}
      {footer && <div className="shrink-0">{footer}</div>}
    </section>
  );
}

function useDataTable<TData extends RowData>(props: DataTableProps<TData>) {
  const { columns, selection, getRowLabel } = props;
  const selectable = Boolean(selection);
  const allColumns = useMemo<DataTableColumns<TData>>(
    () => (selectable ? [createSelectionColumn<TData>(getRowLabel), ...columns] : columns),
    [columns, selectable, getRowLabel],
  );
  return useTable({
    features: dataTableFeatures,
    columns: allColumns,
    data: props.rows ?? noRows,
    getRowId: props.getRowId,
    state: { sorting: props.sorting ?? noSorting, rowSelection: selection?.value ?? noSelection },
    onSortingChange: props.onSortingChange,
    onRowSelectionChange: selection?.onChange,
    enableSorting: Boolean(props.onSortingChange),
    enableSortingRemoval: false,
    enableMultiSort: false,
    enableRowSelection: selectable,
    manualSorting: true,
  });
}

function BusyBar() {
  return (
    <div aria-hidden className="absolute inset-x-0 top-0 z-20 h-0.5 overflow-hidden">
      <div className="animate-busy bg-accent h-full w-1/4" />
    </div>
  );
}
