"use client";

import { useCallback, useMemo, useState } from "react";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";

const loadBuyDialog = () => import("./buy-dialog");
const BuyDialog = loadOnDemand(() => loadBuyDialog().then((module) => module.BuyDialog));

interface BuyState {
  serial: number;
  isOpen: boolean;
  again?: PhoneNumber;
}

/** The purchase dialog and its state. Its code loads when it is first wanted. */
export function useBuyDialog(onAssign: (number: PhoneNumber) => void) {
  const [{ serial, isOpen, again }, setState] = useState<BuyState>({ serial: 0, isOpen: false });
  const [shownNumber, setShownNumber] = useState<string | null>(null);

  /** With a number that was given back: searches for it. */
  const open = useCallback(
    (number?: PhoneNumber) =>
      setState((state) =>
        state.isOpen
          ? state
          : { serial: state.serial + 1, isOpen: true, ...(number ? { again: number } : {}) },
      ),
    [],
  );
  const preload = useCallback(() => void loadBuyDialog(), []);

  const element = useMemo(
    () =>
      serial > 0 && (
        <BuyDialog
          again={again}
          // Each opening starts anew; a purchase that is under way goes on without its dialog.
          key={serial}
          onAssign={onAssign}
          onOpenChange={(next) => {
            setState((state) => ({ ...state, isOpen: next }));
            if (!next) setShownNumber(null);
          }}
          onShowOrder={setShownNumber}
          open={isOpen}
        />
      ),
    [serial, isOpen, again, onAssign],
  );

  return { open, preload, element, shownNumber };
}
