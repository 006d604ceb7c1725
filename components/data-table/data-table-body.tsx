"use client";

import type { Row, RowData } from "@tanstack/react-table";
import { Fragment, type RefObject } from "react";
import { cn } from "@/components/ui/cn";
import { TableBody, TableCell, TableRow } from "@/components/ui/table";
import { type DataTableFeatures, type DataTableInstance, readCellLayout } from "./features";
import { isOwnClick } from "./is-own-click";
import { useRowFocus } from "./use-row-focus";
import { useVirtualRows } from "./use-virtual-rows";

export type DataTableBodyProps<TData extends RowData> = {
  table: DataTableInstance<TData>;
  scrollRef: RefObject<HTMLDivElement | null>;
  onOpenRow?: (row: TData) => void;
  openRowId?: string | null;
  selectable: boolean;
};

export function DataTableBody<TData extends RowData>({
  table,
  scrollRef,
  onOpenRow,
  openRowId,
  selectable,
}: DataTableBodyProps<TData>) {
  const rows = table.getRowModel().rows;
  const virtual = useVirtualRows(scrollRef, rows.length);
  const { activeIndex, readRowProps } = useRowFocus({
    rowIds: rows.map((row) => row.id),
    enabled: rows.length > 0,
    scrollToIndex: virtual.scrollToIndex,
    onOpen: onOpenRow && ((rowId) => onOpenRow(table.getRow(rowId).original)),
    onToggleSelected: selectable ? (rowId) => table.getRow(rowId).toggleSelected() : undefined,
  });
  virtual.keptIndexRef.current = activeIndex;
  const columnCount = table.getAllLeafColumns().length;

  return (
    <TableBody>
      {virtual.rows.map(({ index, spaceBefore }) => {
        const row = rows[index];
        if (!row) return null;
        return (
          <Fragment key={row.id}>
            <Space columnCount={columnCount} height={spaceBefore} />
            <BodyRow
              onOpenRow={onOpenRow}
              open={row.id === openRowId}
              row={row}
              rowIndex={virtual.enabled ? index + 2 : undefined}
              rowProps={readRowProps(row.id, index)}
              table={table}
            />
          </Fragment>
        );
      })}
      <Space columnCount={columnCount} height={virtual.spaceAfter} />
    </TableBody>
  );
}

/** Stands for the rows that are not rendered. */
function Space({ height, columnCount }: { height: number; columnCount: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td className="p-0" colSpan={columnCount} style={{ height }} />
    </tr>
  );
}

type BodyRowProps<TData extends RowData> = {
  table: DataTableInstance<TData>;
  row: Row<DataTableFeatures, TData>;
  rowProps: ReturnType<ReturnType<typeof useRowFocus>["readRowProps"]>;
  rowIndex: number | undefined;
  open: boolean;
  onOpenRow?: (row: TData) => void;
};

function BodyRow<TData extends RowData>({
  table,
  row,
  rowProps,
  rowIndex,
  open,
  onOpenRow,
}: BodyRowProps<TData>) {
  return (
    <TableRow
      aria-current={open || undefined}
      aria-keyshortcuts={onOpenRow && "Enter"}
      aria-rowindex={rowIndex}
      className={cn(
        "hover:bg-surface scroll-my-9 focus-visible:-outline-offset-2",
        onOpenRow && "cursor-pointer",
        (open || row.getIsSelected()) && "bg-accent-muted hover:bg-accent-muted",
      )}
      onClick={onOpenRow && ((event) => isOwnClick(event) && onOpenRow(row.original))}
      {...rowProps}
    >
      {row.getAllCells().map((cell) => (
        <TableCell className={readCellLayout(cell.column.columnDef.meta)} key={cell.id}>
          <table.FlexRender cell={cell} />
        </TableCell>
      ))}
    </TableRow>
  );
}
