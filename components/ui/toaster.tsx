"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { type CSSProperties, useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { deliverToasts } from "./toast";

/** Sonner styles these outside our cascade layers, so a class would lose. */
const toasterStyle = {
  fontFamily: "inherit",
  "--normal-bg": "transparent",
  "--normal-bg-hover": "var(--muted)",
  "--normal-border": "transparent",
  "--normal-border-hover": "transparent",
  "--normal-text": "var(--muted-foreground)",
} as CSSProperties;

/** Loaded by `ToasterSlot`. Raise toasts with `toast` from "./toast". */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  useEffect(() => deliverToasts(toast), []);
  return (
    <Sonner
      closeButton
      containerAriaLabel="Notifications"
      icons={{
        success: <CircleCheck aria-hidden className="text-good size-4" />,
        info: <Info aria-hidden className="text-accent-text size-4" />,
        warning: <TriangleAlert aria-hidden className="text-careful size-4" />,
        error: <CircleAlert aria-hidden className="text-danger size-4" />,
      }}
      position="bottom-right"
      style={toasterStyle}
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      toastOptions={{
        closeButtonAriaLabel: "Close notification",
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-3 rounded border bg-raised py-3 pr-10 pl-3 text-foreground text-sm shadow-lg md:w-(--width)",
          content: "min-w-0 flex-1",
          icon: "mt-0.5 shrink-0",
          title: "font-medium",
          description: "mt-0.5 text-muted-foreground",
          actionButton:
            "h-7 shrink-0 rounded border bg-raised px-2.5 font-medium text-foreground hover:bg-muted",
          cancelButton: "h-7 shrink-0 rounded px-2.5 font-medium text-muted-foreground hover:bg-muted",
          closeButton:
            "absolute top-2 right-2 grid size-7 place-items-center rounded text-muted-foreground hover:bg-muted hover:text-foreground [&_svg]:size-3.5",
        },
      }}
    />
  );
}
