import type { RowData } from "@tanstack/react-table";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { TableBody, TableCell, TableRow } from "@/components/ui/table";
import { type DataTableInstance, readCellLayout } from "./features";

const skeletonWidths = ["75%", "60%", "85%", "50%"];

/** Rows of the real height under the real columns. */
export function DataTableSkeleton<TData extends RowData>({
  table,
  count,
}: {
  table: DataTableInstance<TData>;
  count: number;
}) {
  const columns = table.getAllLeafColumns();
  return (
    <TableBody aria-hidden>
      {Array.from({ length: count }, (_, row) => `skeleton-${row}`).map((key, row) => (
        <TableRow key={key}>
          {columns.map((column, index) => (
            <TableCell className={readCellLayout(column.columnDef.meta)} key={column.id}>
              {!column.columnDef.meta?.headerHidden && column.id !== "select" && (
                <Skeleton
                  className={cn(
                    column.columnDef.meta?.align === "end" && "ml-auto",
                    column.columnDef.meta?.bare && "ml-2",
                  )}
                  style={{ width: skeletonWidths[(row + index) % skeletonWidths.length] }}
                />
              )}
            </TableCell>
          ))}
        </TableRow>
      ))}
    </TableBody>
  );
}

export function CardSkeletons({ count }: { count: number }) {
  return (
    <ul aria-hidden className="flex flex-col gap-2">
      {Array.from({ length: count }, (_, card) => `skeleton-${card}`).map((key) => (
        <li className="flex flex-col gap-3 rounded border p-4" key={key}>
          <Skeleton className="w-1/2" />
          <Skeleton className="w-3/4" />
          <Skeleton className="w-1/3" />
        </li>
      ))}
    </ul>
  );
}
