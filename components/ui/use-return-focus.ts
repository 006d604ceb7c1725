"use client";

import { useLayoutEffect, useRef } from "react";

/** Which element led to each overlay, for one that takes another's place. */
const openers = new WeakMap<Element, HTMLElement | null>();
let handedOver: HTMLElement | null = null;

/** A menu is gone by the time the dialog it opened closes; its trigger is still there. */
function findStableElement(element: Element | null): HTMLElement | null {
  if (element === null || element === document.body) return handedOver;
  const replaced = element.closest('[role="dialog"]');
  if (replaced && openers.has(replaced)) return openers.get(replaced) ?? null;
  const triggerId = element.closest('[role="menu"]')?.getAttribute("aria-labelledby");
  const stable = triggerId ? document.getElementById(triggerId) : element;
  return stable instanceof HTMLElement ? stable : null;
}

/** When the opener is gone, as a row is after its release: the row that may be focused now, or the page. */
function findFallback(): HTMLElement | null {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);
  return find('main tr[tabindex="0"]') ?? find("main");
}

/** For what takes the focus with it when it goes. */
export function focusPage() {
  findFallback()?.focus();
}

/**
 * Radix returns focus to a dialog's trigger only. Our dialogs are mostly opened from a row or a menu, so remember
 * what had the focus and give it back. A dialog that replaces another returns to where the first one came from.
 */
export function useReturnFocus() {
  const openerRef = useRef<HTMLElement | null>(null);
  const isReplacedRef = useRef(false);
  useLayoutEffect(() => {
    isReplacedRef.current = false;
    return () => {
      isReplacedRef.current = true;
      handedOver = openerRef.current;
    };
  }, []);

  return {
    onOpenAutoFocus: (event: Event) => {
      openerRef.current = findStableElement(document.activeElement);
      handedOver = null;
      if (event.target instanceof Element) openers.set(event.target, openerRef.current);
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (isReplacedRef.current) return;
      const opener = openerRef.current;
      const target = opener?.isConnected && opener !== document.body ? opener : findFallback();
      target?.focus();
    },
  };
}
