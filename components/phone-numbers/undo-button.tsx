"use client";

import { Undo2 } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { focusPage } from "@/components/ui/use-return-focus";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { useUndoRelease } from "./use-release";

/** Takes back the release of a number that is held. */
export function UndoButton({ number, size }: { number: PhoneNumber; size?: "sm" | "md" }) {
  const undo = useUndoRelease();
  const ref = useRef<HTMLButtonElement>(null);

  // The button goes with the row it is in; who pressed it must not lose the place in the list. A panel sees to itself.
  useLayoutEffect(() => {
    const button = ref.current;
    return () => {
      if (button === document.activeElement && !button?.closest('[role="dialog"]')) queueMicrotask(focusPage);
    };
  }, []);

  return (
    <Button
      aria-label={`Undo release of ${number.formatted.international}`}
      onClick={() => undo.mutate(number)}
      pending={undo.isPending}
      ref={ref}
      size={size}
    >
      <Undo2 aria-hidden />
      Undo
    </Button>
  );
}
