"use client";

import { useSyncExternalStore } from "react";

/** How often the page looks at the clock. Nothing it shows is finer than a minute. */
const tickMs = 10_000;

function subscribe(onTick: () => void) {
  const timer = setInterval(onTick, tickMs);
  return () => clearInterval(timer);
}

const readTick = () => Math.floor(Date.now() / tickMs) * tickMs;
const noTime = () => null;

/** The time, moving on by itself. Null in the first HTML, which is older than the moment it is looked at. */
export function useNow(): number | null {
  return useSyncExternalStore<number | null>(subscribe, readTick, noTime);
}
