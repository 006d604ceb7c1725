"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toast";
import type { Drift, DriftAction } from "@/lib/carrier-sync/schema";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import { actionWords } from "./drift-words";
import { useResolveDrift, useWatchReturning } from "./use-carrier-sync";

/** What is being decided about the differences on screen, and toasts for how it ends. */
export function useDecisions({ onEnd }: { onEnd: () => void }) {
  const { mutateAsync } = useResolveDrift();
  const [pending, setPending] = useState<ReadonlyMap<string, DriftAction>>(new Map());
  const [returning, setReturning] = useState<readonly string[]>([]);

  const forgetReturning = (id: string) => setReturning((ids) => ids.filter((other) => other !== id));

  useWatchReturning(returning, (drift) => {
    forgetReturning(drift.id);
    if (drift.status === "open") {
      toast.error(`${drift.formatted.international} was not given back`, {
        description: "The carrier still bills it.",
      });
    } else {
      sayDone(drift, "give_back");
    }
  });

  /** Tells how a decision ended, or that the carrier is still at it. */
  const tell = (drift: Drift, action: DriftAction) => {
    if (action === "give_back" && drift.status === "open") {
      setReturning((ids) => [...ids.filter((id) => id !== drift.id), drift.id]);
      toast.info(`Giving back ${drift.formatted.international}`, {
        description: "The carrier is taking it back.",
      });
    } else {
      sayDone(drift, action);
    }
    onEnd();
  };

  /** For what needs no question first. A second click while it is under way does nothing. */
  const decide = async (drift: Drift, action: DriftAction) => {
    if (pending.has(drift.id)) return;
    setPending((all) => new Map(all).set(drift.id, action));
    try {
      tell(await mutateAsync({ drift, action }), action);
    } catch (problem) {
      toast.error(`${drift.formatted.international} is unchanged`, { description: describeProblem(problem) });
    } finally {
      setPending((all) => new Map([...all].filter(([id]) => id !== drift.id)));
    }
  };

  return { pending, returning, decide, tell };
}

function sayDone({ formatted }: Drift, action: DriftAction) {
  const { title, description } = actionWords[action].done(formatted.international);
  toast.success(title, { description });
}
