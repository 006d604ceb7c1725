"use client";

import { Tooltip as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";

export type TooltipProps = {
  /** What is read out to those who cannot see `content`. */
  label: string;
  content: ReactNode;
  /** What to point at or focus: a button's content. */
  children: ReactNode;
  className?: string;
};

/** More about a word, on hover and focus, and on a tap, which knows neither. Escape closes it. */
export function Tooltip({ label, content, children, className }: TooltipProps) {
  const [open, setOpen] = useState(false);
  return (
    <Radix.Provider delayDuration={200}>
      <Radix.Root onOpenChange={setOpen} open={open}>
        <Radix.Trigger
          className={className}
          onClick={(event) => {
            event.preventDefault();
            setOpen(true);
          }}
          type="button"
        >
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            aria-label={label}
            className="bg-raised text-foreground data-[state=delayed-open]:animate-fade-in data-[state=instant-open]:animate-fade-in z-50 max-w-72 rounded border px-3 py-2 shadow-lg"
            collisionPadding={8}
            sideOffset={4}
          >
            {content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
