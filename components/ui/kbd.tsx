"use client";

import { useSyncExternalStore } from "react";
import { cn } from "./cn";

const subscribeToNothing = () => () => {};
const readIsApple = () => /mac|iphone|ipad/i.test(navigator.platform);

const names: Record<string, string> = {
  enter: "Enter",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  shift: "Shift",
};

/** `keys` as `useShortcut` takes them: "b", "mod+k", "?". */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const isApple = useSyncExternalStore(subscribeToNothing, readIsApple, () => false);
  const parts = keys.split("+").map((key) => {
    if (key === "mod") return isApple ? "⌘" : "Ctrl";
    return names[key.toLowerCase()] ?? key.toUpperCase();
  });
  return (
    <kbd className={cn("text-muted-foreground inline-flex gap-0.5 font-sans text-xs", className)}>
      {parts.map((part) => (
        <span
          className="bg-surface inline-grid h-5 min-w-5 place-items-center rounded border px-1 leading-none"
          key={part}
        >
          {part}
        </span>
      ))}
    </kbd>
  );
}
