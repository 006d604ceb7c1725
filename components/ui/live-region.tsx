"use client";

import { type ReactNode, useSyncExternalStore } from "react";

/** Reads its content out whenever it changes, such as the steps of an order. Keep it mounted while empty. */
export function LiveRegion({ children, visible = false }: { children: ReactNode; visible?: boolean }) {
  return (
    <div aria-live="polite" className={visible ? undefined : "sr-only"} role="status">
      {children}
    </div>
  );
}

let message = "";
let serial = 0;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Says a short sentence to screen readers, for changes that only the eye would notice. */
export function announce(text: string) {
  serial += 1;
  // The same sentence twice is no change to a screen reader; a trailing no-break space makes it one.
  message = serial % 2 === 0 ? text : `${text}\u00a0`;
  for (const listener of listeners) listener();
}

/** Mounted once, in the providers. */
export function Announcer() {
  const text = useSyncExternalStore(
    subscribe,
    () => message,
    () => "",
  );
  return <LiveRegion>{text}</LiveRegion>;
}
