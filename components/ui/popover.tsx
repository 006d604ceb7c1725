"use client";

import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;

/** Give it an `aria-label`: Radix makes it a dialog. */
export function PopoverContent({
  className,
  align = "start",
  sideOffset = 4,
  ...props
}: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        className={cn(
          "bg-raised text-foreground data-[state=open]:animate-pop-in z-50 w-72 max-w-[calc(100vw-1rem)] rounded border p-4 shadow-lg focus-visible:outline-none",
          className,
        )}
        collisionPadding={8}
        sideOffset={sideOffset}
        {...props}
      />
    </Radix.Portal>
  );
}
