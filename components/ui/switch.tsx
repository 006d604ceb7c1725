"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

export type SwitchProps = Omit<ComponentProps<"button">, "onClick" | "type" | "children"> & {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
};

export function Switch({ checked, onCheckedChange, className, ...props }: SwitchProps) {
  const wiring = useFieldControl(props);
  return (
    <button
      aria-checked={checked}
      className={cn(
        "group/switch relative inline-flex h-6 w-9 shrink-0 items-center rounded-full align-middle disabled:cursor-not-allowed disabled:opacity-50",
        className,
      )}
      onClick={() => onCheckedChange(!checked)}
      role="switch"
      type="button"
      {...props}
      {...wiring}
    >
      <span
        aria-hidden
        className="border-input bg-muted group-aria-checked/switch:border-accent group-aria-checked/switch:bg-accent absolute inset-x-0 inset-y-0.5 rounded-full border transition-colors"
      />
      <span
        aria-hidden
        className="bg-input group-aria-checked/switch:bg-accent-foreground relative block size-3.5 translate-x-1 rounded-full transition-[translate,background-color] group-aria-checked/switch:translate-x-[18px]"
      />
    </button>
  );
}
