"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={300} skipDelayDuration={150}>
      {children}
    </Radix.Provider>
  );
}

export type TooltipProps = {
  content: ReactNode;
  /** One focusable element. It still needs a name of its own: a tooltip only describes. */
  children: ReactNode;
  side?: ComponentProps<typeof Radix.Content>["side"];
};

export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="bg-foreground text-background data-[state=delayed-open]:animate-fade-in z-50 max-w-72 rounded px-2 py-1 text-xs text-balance"
          collisionPadding={8}
          side={side}
          sideOffset={4}
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
