"use client";

import { Fragment, type KeyboardEvent, memo, type RefObject } from "react";
import { cn } from "@/components/ui/cn";
import { TableBody, TableCell, TableRow } from "@/components/ui/table";
import { type DataTableColumn, readCellLayout } from "./columns";
import { isOwnClick } from "./is-own-click";
import { useRowFocus } from "./use-row-focus";
import { useVirtualRows } from "./use-virtual-rows";

export type DataTableBodyProps<TRow> = {
  columns: readonly DataTableColumn<TRow>[];
  rows: readonly TRow[];
  getRowId: (row: TRow) => string;
  scrollRef: RefObject<HTMLDivElement | null>;
  onOpenRow: ((row: TRow) => void) | undefined;
  openRowId: string | null | undefined;
};

export function DataTableBody<TRow>(props: DataTableBodyProps<TRow>) {
  const { columns, rows, getRowId, scrollRef, onOpenRow, openRowId } = props;
  const focus = useRowFocus({ rows, getRowId, onOpen: onOpenRow });
  const virtual = useVirtualRows({ scrollRef, count: rows.length, keptIndex: focus.activeIndex });
  focus.scrollToIndexRef.current = virtual.scrollToIndex;

  return (
    <TableBody>
      {virtual.rows.map(({ index, spaceBefore }) => {
        const row = rows[index];
        if (row === undefined) return null;
        const id = getRowId(row);
        return (
          <Fragment key={id}>
            <Space columnCount={columns.length} height={spaceBefore} />
            <BodyRow
              columns={columns}
              id={id}
              onFocusRow={focus.handleFocus}
              onKeyDownRow={focus.handleKeyDown}
              onOpenRow={onOpenRow}
              open={id === openRowId}
              registerRow={focus.register}
              row={row}
              rowIndex={virtual.enabled ? index + 2 : undefined}
              tabbable={index === focus.tabStop}
            />
          </Fragment>
        );
      })}
      <Space columnCount={columns.length} height={virtual.spaceAfter} />
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

type BodyRowProps<TRow> = {
  columns: readonly DataTableColumn<TRow>[];
  row: TRow;
  id: string;
  rowIndex: number | undefined;
  open: boolean;
  tabbable: boolean;
  onOpenRow: ((row: TRow) => void) | undefined;
  onFocusRow: (id: string) => void;
  onKeyDownRow: (event: KeyboardEvent<HTMLTableRowElement>, id: string) => void;
  registerRow: (id: string, element: HTMLTableRowElement) => () => void;
};

// Scrolling and typing render the body again and again; the rows themselves hardly ever change.
const BodyRow = memo(function BodyRow<TRow>({
  columns,
  row,
  id,
  rowIndex,
  open,
  tabbable,
  onOpenRow,
  onFocusRow,
  onKeyDownRow,
  registerRow,
}: BodyRowProps<TRow>) {
  return (
    <TableRow
      aria-current={open || undefined}
      aria-keyshortcuts={onOpenRow && "Enter"}
      aria-rowindex={rowIndex}
      className={cn(
        "scroll-my-9 focus-visible:-outline-offset-2",
        onOpenRow && "cursor-pointer",
        open ? "bg-accent-muted" : "hover:bg-surface",
      )}
      onClick={onOpenRow && ((event) => isOwnClick(event) && onOpenRow(row))}
      onFocus={() => onFocusRow(id)}
      onKeyDown={(event) => onKeyDownRow(event, id)}
      ref={(element: HTMLTableRowElement) => registerRow(id, element)}
      tabIndex={tabbable ? 0 : -1}
    >
      {columns.map((column) => (
        <TableCell className={readCellLayout(column)} key={column.id}>
          {column.cell(row)}
        </TableCell>
      ))}
    </TableRow>
  );
}) as <TRow>(props: BodyRowProps<TRow>) => React.ReactNode;
