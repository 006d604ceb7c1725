"use client";

import { useSyncExternalStore } from "react";

/*
 * People who dictate or have a tremor set off single letters by accident, so these can be turned off
 * (WCAG 2.1.4). The choice stays in the browser.
 */
const storageKey = "linedesk.single-key-shortcuts";
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function readSingleKeysEnabled() {
  return window.localStorage.getItem(storageKey) !== "off";
}

function writeSingleKeysEnabled(enabled: boolean) {
  window.localStorage.setItem(storageKey, enabled ? "on" : "off");
  for (const listener of listeners) listener();
}

export function useSingleKeysEnabled() {
  const enabled = useSyncExternalStore(subscribe, readSingleKeysEnabled, () => true);
  return [enabled, writeSingleKeysEnabled] as const;
}
