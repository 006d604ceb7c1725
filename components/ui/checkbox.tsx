"use client";

import { Check, Minus } from "lucide-react";
import { type ComponentProps, useCallback } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "ref"> & { indeterminate?: boolean };

/** A native checkbox: the invisible input is the 24 px target, the 16 px box only mirrors it. */
export function Checkbox({ className, indeterminate = false, ...props }: CheckboxProps) {
  const wiring = useFieldControl(props);
  const syncIndeterminate = useCallback(
    (input: HTMLInputElement | null) => {
      if (input) input.indeterminate = indeterminate;
    },
    [indeterminate],
  );

  return (
    <span className={cn("relative inline-grid size-6 shrink-0 place-items-center", className)}>
      <input
        className="peer absolute inset-0 z-10 m-0 size-full cursor-pointer opacity-0 disabled:cursor-not-allowed"
        ref={syncIndeterminate}
        type="checkbox"
        {...props}
        {...wiring}
      />
      <span
        aria-hidden
        className="border-input bg-background text-accent-foreground peer-checked:border-accent peer-checked:bg-accent peer-indeterminate:border-accent peer-indeterminate:bg-accent peer-focus-visible:outline-ring grid size-4 place-items-center rounded-[4px] border outline-offset-2 peer-focus-visible:outline-2 peer-disabled:opacity-50 peer-checked:[&>svg]:opacity-100 peer-indeterminate:[&>svg]:opacity-100"
      >
        {indeterminate ? (
          <Minus className="size-3 opacity-0" strokeWidth={3} />
        ) : (
          <Check className="size-3 opacity-0" strokeWidth={3} />
        )}
      </span>
    </span>
  );
}
