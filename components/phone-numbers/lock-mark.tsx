"use client";

import { Lock } from "lucide-react";
import { Tooltip } from "@/components/ui/tooltip";

/** Beside a number that cannot be released. */
export function LockMark({ name }: { name: string }) {
  return (
    <Tooltip
      className="text-muted-foreground hover:text-foreground -mx-1 grid size-6 place-items-center rounded"
      content="Locked: it cannot be released until an admin unlocks it."
      label={`${name} cannot be released until an admin unlocks it.`}
    >
      <Lock aria-hidden className="size-3.5" />
      <span className="sr-only">{name} is locked</span>
    </Tooltip>
  );
}
