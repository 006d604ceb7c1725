"use client";

import { useRef } from "react";

/** A menu is gone by the time the dialog it opened closes; its trigger is still there. */
function findStableElement(element: Element | null): HTMLElement | null {
  const triggerId = element?.closest('[role="menu"]')?.getAttribute("aria-labelledby");
  const stable = triggerId ? document.getElementById(triggerId) : element;
  return stable instanceof HTMLElement ? stable : null;
}

/**
 * Radix returns focus to a dialog's trigger only. Our dialogs are mostly opened from a row or a menu, so remember
 * what had the focus and give it back.
 */
export function useReturnFocus() {
  const openerRef = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      openerRef.current = findStableElement(document.activeElement);
    },
    onCloseAutoFocus: (event: Event) => {
      const opener = openerRef.current;
      if (!opener?.isConnected || opener === document.body) return;
      event.preventDefault();
      opener.focus();
    },
  };
}
