"use client";

import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { useReturnFocus } from "./use-return-focus";

export const Dialog = RadixDialog.Root;

const widths = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-2xl", xl: "max-w-4xl" };

export type OverlayContentProps = {
  title: ReactNode;
  /** A control beside the title that is no part of the overlay's name. */
  titleAction?: ReactNode;
  description?: ReactNode;
  /** Keeps the title for screen readers only. */
  hideHeader?: boolean;
  /** Return false to keep the overlay open when Escape or a click outside would close it. */
  onDismiss?: () => boolean;
  className?: string;
  children: ReactNode;
};

export type DialogContentProps = OverlayContentProps & { size?: keyof typeof widths };

/** Children are a `DialogBody` and a `DialogFooter`; a form around both takes `className="contents"`. */
export function DialogContent({ size = "md", className, ...props }: DialogContentProps) {
  return (
    <OverlayPanel
      className={cn(
        "data-[state=open]:animate-pop-in top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] -translate-x-1/2 -translate-y-1/2 rounded border",
        widths[size],
        className,
      )}
      {...props}
    />
  );
}

/** What dialog and sheet share: overlay, header with name and close button, focus. */
export function OverlayPanel({
  title,
  titleAction,
  description,
  hideHeader = false,
  onDismiss,
  className,
  children,
}: OverlayContentProps) {
  const focus = useReturnFocus();
  const keepOpen = (event: Event) => {
    if (onDismiss && !onDismiss()) event.preventDefault();
  };

  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay className="bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in fixed inset-0 z-50" />
      <RadixDialog.Content
        className={cn(
          "bg-raised text-foreground data-[state=closed]:animate-fade-out fixed z-50 flex flex-col overflow-hidden shadow-xl focus-visible:outline-none",
          className,
        )}
        onEscapeKeyDown={(event) => {
          // Escape closes a menu in it first.
          if (document.querySelector('[role="menu"][data-state="open"]')) event.preventDefault();
          else keepOpen(event);
        }}
        onInteractOutside={keepOpen}
        {...(description ? {} : { "aria-describedby": undefined })}
        {...focus}
      >
        <header
          className={cn("flex shrink-0 flex-col gap-0.5 border-b py-4 pr-14 pl-5", hideHeader && "sr-only")}
        >
          <div className="flex items-center gap-1">
            <RadixDialog.Title className="text-base font-semibold">{title}</RadixDialog.Title>
            {titleAction}
          </div>
          {description && (
            <RadixDialog.Description className="text-muted-foreground">{description}</RadixDialog.Description>
          )}
        </header>
        {children}
        {/* Last, so that the first field is what receives the focus. */}
        {!hideHeader && (
          <RadixDialog.Close asChild>
            <Button aria-label="Close" className="absolute! top-3 right-3" size="icon" variant="ghost">
              <X aria-hidden />
            </Button>
          </RadixDialog.Close>
        )}
      </RadixDialog.Content>
    </RadixDialog.Portal>
  );
}

export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("min-h-0 flex-1 overflow-y-auto px-5 py-4", className)} {...props} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn(
        "bg-surface flex shrink-0 flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:items-center sm:justify-end",
        className,
      )}
      {...props}
    />
  );
}
