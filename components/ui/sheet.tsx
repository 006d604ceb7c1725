"use client";

import { cva } from "class-variance-authority";
import { cn } from "./cn";
import { type OverlayContentProps, OverlayPanel } from "./dialog";

const sheetVariants = cva("", {
  variants: {
    side: {
      right:
        "data-[state=open]:animate-slide-up md:data-[state=open]:animate-slide-right inset-x-0 bottom-0 max-h-[92dvh] rounded-t border-t md:inset-y-0 md:right-0 md:left-auto md:max-h-none md:rounded-none md:border-t-0 md:border-l",
      left: "data-[state=open]:animate-slide-left inset-y-0 left-0 w-72 max-w-[85vw] border-r",
    },
    size: { md: "md:w-md", lg: "md:w-xl" },
  },
  compoundVariants: [{ side: "left", class: "md:w-72!" }],
});

export type SheetContentProps = OverlayContentProps & { side?: "right" | "left"; size?: "md" | "lg" };

/** A side panel; on phones the right one comes from the bottom. Used with `Dialog`, `DialogBody`, `DialogFooter`. */
export function SheetContent({ side = "right", size = "md", className, ...props }: SheetContentProps) {
  return <OverlayPanel className={cn(sheetVariants({ side, size }), className)} {...props} />;
}
