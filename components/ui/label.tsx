import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Label({ className, htmlFor, children, ...props }: ComponentProps<"label">) {
  return (
    <label className={cn("text-foreground text-sm font-medium", className)} htmlFor={htmlFor} {...props}>
      {children}
    </label>
  );
}
