"use client";

import { Switch as RadixSwitch } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";

export type SwitchProps = ComponentProps<typeof RadixSwitch.Root> & {
  /** Keeps position and focus while the change is on its way. */
  pending?: boolean;
};

export function Switch({ className, pending = false, onCheckedChange, ...props }: SwitchProps) {
  const wiring = useFieldControl(props);
  return (
    <RadixSwitch.Root
      aria-busy={pending || undefined}
      className={cn(
        "group relative inline-flex h-6 w-9 shrink-0 items-center rounded-full disabled:cursor-not-allowed disabled:opacity-50",
        pending && "cursor-progress opacity-70",
        className,
      )}
      onCheckedChange={pending ? undefined : onCheckedChange}
      {...props}
      {...wiring}
    >
      <span
        aria-hidden
        className="border-input bg-muted group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent absolute inset-x-0 inset-y-0.5 rounded-full border transition-colors"
      />
      <RadixSwitch.Thumb className="bg-input data-[state=checked]:bg-accent-foreground relative block size-3.5 translate-x-1 rounded-full transition-[translate,background-color] data-[state=checked]:translate-x-[18px]" />
    </RadixSwitch.Root>
  );
}
