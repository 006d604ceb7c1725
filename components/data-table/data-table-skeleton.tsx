import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { TableBody, TableCell, TableRow } from "@/components/ui/table";
import { type DataTableColumn, readCellLayout } from "./columns";

const skeletonWidths = ["75%", "60%", "85%", "50%"];

/** Rows of the real height under the real columns. */
export function DataTableSkeleton<TRow>({
  columns,
  count,
}: {
  columns: readonly DataTableColumn<TRow>[];
  count: number;
}) {
  return (
    <TableBody aria-hidden>
      {Array.from({ length: count }, (_, row) => `skeleton-${row}`).map((key, row) => (
        <TableRow key={key}>
          {columns.map((column, index) => (
            <TableCell className={readCellLayout(column)} key={column.id}>
              {!column.headerHidden && (
                <Skeleton
                  className={cn(column.align === "end" && "ml-auto", column.bare && "ml-2")}
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
