import type { ReactNode } from "react";

export type DataTableColumn<TRow> = {
  id: string;
  header: string;
  cell: (row: TRow) => ReactNode;
  /** CSS width, such as "12rem". Columns without one share what is left. */
  width?: string;
  align?: "start" | "end";
  /** For a header that shows nothing, such as the one over row menus. */
  headerHidden?: boolean;
  /** For cells with a control that fills them: no padding, no ellipsis. */
  bare?: boolean;
  /** Which way the first click on the header sorts; without it the column cannot be sorted. */
  sortable?: "asc" | "desc";
};

export type DataTableSorting = { id: string; desc: boolean };

/** The same for header, rows and skeletons. */
export function readColumnLayout({ align, bare }: Pick<DataTableColumn<never>, "align" | "bare">) {
  return [align === "end" && "text-right", bare && "text-clip!"].filter(Boolean).join(" ");
}

export function readCellLayout(column: Pick<DataTableColumn<never>, "align" | "bare">) {
  return `${readColumnLayout(column)} ${column.bare ? "overflow-visible! px-1" : "px-2 first:pl-3"}`;
}
