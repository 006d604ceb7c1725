import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      aria-hidden
      className={cn("bg-muted dark:bg-border block h-3 animate-pulse rounded", className)}
      {...props}
    />
  );
}
