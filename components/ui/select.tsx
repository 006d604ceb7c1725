"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as RadixSelect } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./field-context";
import { controlClasses } from "./input";

export type SelectOption = { value: string; label: string; icon?: ReactNode; disabled?: boolean };

export type SelectProps = {
  /** Radix reserves the empty string, so give "none" or "any" a value of its own. */
  options: SelectOption[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  placeholder?: string;
  disabled?: boolean;
  name?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  className?: string;
};

export function Select({ options, placeholder, className, id, ...props }: SelectProps) {
  const { "aria-label": label, "aria-describedby": describedBy, ...root } = props;
  const wiring = useFieldControl({ id, "aria-describedby": describedBy });

  return (
    <RadixSelect.Root {...root}>
      <RadixSelect.Trigger
        aria-label={label}
        className={cn(
          controlClasses,
          "data-[placeholder]:text-muted-foreground flex items-center justify-between gap-2 px-2.5 text-left",
          className,
        )}
        {...wiring}
      >
        <span className="truncate">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <RadixSelect.Icon asChild>
          <ChevronDown aria-hidden className="text-muted-foreground size-4 shrink-0" />
        </RadixSelect.Icon>
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content
          className="bg-raised text-foreground data-[state=open]:animate-pop-in z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded border shadow-lg"
          position="popper"
          sideOffset={4}
        >
          <RadixSelect.Viewport className="max-h-80 p-1">
            {options.map((option) => (
              <RadixSelect.Item
                className="data-[highlighted]:bg-muted relative flex min-h-8 cursor-default items-center gap-2 rounded py-1 pr-8 pl-2 outline-none select-none data-[disabled]:opacity-50"
                disabled={option.disabled}
                key={option.value}
                value={option.value}
              >
                <RadixSelect.ItemText>
                  <span className="flex items-center gap-2">
                    {option.icon}
                    {option.label}
                  </span>
                </RadixSelect.ItemText>
                <RadixSelect.ItemIndicator className="absolute right-2">
                  <Check aria-hidden className="text-accent-text size-4" />
                </RadixSelect.ItemIndicator>
              </RadixSelect.Item>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}
