"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

/** Shared by everything that looks like an input. 16 px on phones, or iOS zooms the page on focus. */
export const controlClasses =
  "h-8 w-full min-w-0 rounded border border-input bg-background text-base text-foreground transition-colors placeholder:text-muted-foreground focus-visible:border-ring focus-visible:-outline-offset-1 disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-danger md:text-sm";

export type InputProps = ComponentProps<"input"> & {
  /** A small icon at the start, or a control at the end. */
  leading?: ReactNode;
  trailing?: ReactNode;
};

export function Input({ className, leading, trailing, type = "text", ...props }: InputProps) {
  const wiring = useFieldControl(props);
  const input = (
    <input
      className={cn(controlClasses, "px-2.5", leading && "pl-8", trailing && "pr-9", className)}
      type={type}
      {...props}
      {...wiring}
    />
  );
  if (!leading && !trailing) return input;

  return (
    <div className="relative w-full min-w-0">
      {leading && (
        <span className="text-muted-foreground pointer-events-none absolute inset-y-0 left-0 grid w-8 place-items-center [&_svg]:size-4">
          {leading}
        </span>
      )}
      {input}
      {trailing && <span className="absolute inset-y-0 right-0 grid w-8 place-items-center">{trailing}</span>}
    </div>
  );
}
