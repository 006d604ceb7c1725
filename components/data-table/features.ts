import {
  createColumnHelper,
  metaHelper,
  type ReactTable,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  type TableOptions,
  tableFeatures,
} from "@tanstack/react-table";

export type DataTableColumnMeta = {
  /** CSS width, such as "12rem". Columns without one share what is left. */
  width?: string;
  align?: "start" | "end";
  /** Left out on windows narrower than this. Cards show everything. */
  hideBelow?: "lg" | "xl";
  /** For a header that shows nothing, such as the one over row menus. */
  headerHidden?: boolean;
  /** For cells with a control that fills them: no padding, no ellipsis. */
  bare?: boolean;
};

const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  columnMeta: metaHelper<DataTableColumnMeta>(),
});

export const dataTableFeatures = features;
export type DataTableFeatures = typeof features;
export type DataTableColumns<TData extends RowData> = TableOptions<DataTableFeatures, TData>["columns"];
export type DataTableInstance<TData extends RowData> = ReactTable<DataTableFeatures, TData>;

/** `const column = createDataTableColumns<Row>()`, then `column.columns([column.accessor(…), column.display(…)])`. */
export function createDataTableColumns<TData extends RowData>() {
  return createColumnHelper<DataTableFeatures, TData>();
}

/** The same for header, rows and skeletons. */
export function readColumnLayout(meta: DataTableColumnMeta | undefined) {
  const classes = [
    meta?.align === "end" && "text-right",
    meta?.hideBelow === "lg" && "max-lg:hidden",
    meta?.hideBelow === "xl" && "max-xl:hidden",
    meta?.bare && "text-clip",
  ];
  return classes.filter(Boolean).join(" ");
}

export function readCellLayout(meta: DataTableColumnMeta | undefined) {
  return `${readColumnLayout(meta)} ${meta?.bare ? "overflow-visible px-1" : ""}`;
}
