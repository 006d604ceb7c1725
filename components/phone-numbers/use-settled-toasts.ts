"use client";

import { toast } from "@/components/ui/toast";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { useWatchPending } from "./use-phone-numbers";

const noNumbers: PhoneNumber[] = [];

/** Says how a purchase or release ended that nobody is looking at any more. */
export function useSettledToasts(numbers: PhoneNumber[] | undefined, shownNumber: string | null) {
  useWatchPending(numbers ?? noNumbers, (number, before) => {
    if (number.phone_number === shownNumber) return;
    const name = number.formatted.international;
    if (before.status === "held" || before.status === "releasing") {
      if (number.status === "released") toast.success(`${name} is released`);
      else if (before.status === "held") toast.info(`${name} stays`, { description: "It was not released." });
      else toast.error(`${name} was not released`, { description: "The carrier still holds it for you." });
    } else if (number.status === "active") {
      toast.success(`${name} is yours`, { description: "The order went through." });
    } else if (number.status === "needs_documents") {
      toast.warning(`${name} needs documents`, { description: "The carrier waits for them." });
    } else if (number.status === "refused") {
      toast.error(`${name} was not bought`, { description: "The order was refused. Nothing is charged." });
    }
  });
}
