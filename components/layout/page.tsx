import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/**
 * The padding and rhythm of a dashboard page. With `fill` the page is exactly as tall as the window from 768 px up,
 * so that a `DataTable` in it scrolls by itself under its header; without, the page scrolls as a whole.
 */
export function Page({ fill = false, children }: { fill?: boolean; children: ReactNode }) {
  return (
    <div className={cn("flex w-full flex-1 flex-col gap-4 p-4 md:p-6", fill && "md:min-h-0")}>{children}</div>
  );
}
