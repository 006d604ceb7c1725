"use client";

import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import type { ApiProblem } from "@/lib/api/client";
import type { AvailableNumber, PhoneNumber } from "@/lib/phone-numbers/schema";
import { formatNumber } from "./format-number";
import { PurchaseConfirm } from "./purchase-confirm";
import { PurchaseProgress } from "./purchase-progress";
import { SearchForm } from "./search-form";
import { SearchResults } from "./search-results";
import { useNumberSearch } from "./use-number-search";
import { usePurchase } from "./use-purchase";

export interface BuyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Which number's order the dialog shows, so that nobody else reports on it. */
  onShowOrder: (phoneNumber: string | null) => void;
  onAssign: (number: PhoneNumber) => void;
}

/** Search, confirm, watch. Closing it never cancels an order. */
export function BuyDialog({ open, onOpenChange, onShowOrder, onAssign }: BuyDialogProps) {
  const search = useNumberSearch();
  const [chosen, setChosen] = useState<AvailableNumber | null>(null);
  const [returnTo, setReturnTo] = useState<string | null>(null);
  const [sold, setSold] = useState<ReadonlySet<string>>(new Set());
  const isShownRef = useIsShown(open);

  const leaveConfirm = () => {
    setReturnTo(chosen?.phone_number ?? null);
    setChosen(null);
    onShowOrder(null);
    reset();
  };

  const showSold = (phoneNumber: string) => {
    setSold((known) => new Set([...known, phoneNumber]));
    setChosen(null);
    onShowOrder(null);
    reset();
    search.result.refetch();
  };

  const { purchase, start, reset } = usePurchase({
    onAnswer: (number) => {
      if (!isShownRef.current) toastAnswer(number);
    },
    onRefused: (problem, phoneNumber) => {
      if (!isShownRef.current) toastRefusal(problem, phoneNumber);
      else if (problem.code === "number_unavailable") showSold(phoneNumber);
    },
  });
  const settling = purchase.phase !== "idle" && purchase.phase !== "refused";

  const close = (next: boolean) => {
    if (!next && chosen && settling && purchase.phase !== "bought") {
      toast.info(`Buying ${formatNumber(chosen.phone_number)} goes on`, {
        description: "Its row in the list shows how it ends.",
      });
    }
    onOpenChange(next);
  };

  return (
    <Dialog onOpenChange={close} open={open}>
      <DialogContent
        className="h-[calc(100dvh-2rem)] md:h-[min(46rem,calc(100dvh-4rem))]"
        size="xl"
        title={chosen ? `Buy ${formatNumber(chosen.phone_number)}` : "Buy number"}
      >
        {!chosen && (
          <DialogBody className="flex flex-col gap-4">
            <SearchForm search={search} />
            <SoldNotice sold={sold} />
            <SearchResults onChoose={setChosen} returnTo={returnTo} search={search} sold={sold} />
          </DialogBody>
        )}
        {chosen && !settling && (
          <PurchaseConfirm
            offer={chosen}
            onBack={leaveConfirm}
            onBuy={(body) => {
              onShowOrder(body.phone_number);
              start(body);
            }}
            onNoPaperwork={() => {
              leaveConfirm();
              search.run({ ...search.form, no_paperwork: true });
            }}
            onSold={() => showSold(chosen.phone_number)}
            problem={purchase.phase === "refused" ? purchase.problem : null}
          />
        )}
        {chosen && settling && (
          <PurchaseProgress
            onAssign={(number) => {
              onOpenChange(false);
              onAssign(number);
            }}
            onBuyAnother={() => {
              leaveConfirm();
              search.result.refetch();
            }}
            onClose={() => close(false)}
            phoneNumber={chosen.phone_number}
            purchase={purchase}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

/** For callbacks that may run after the dialog closed or made room for a new one. */
function useIsShown(open: boolean) {
  const ref = useRef(open);
  useEffect(() => {
    ref.current = open;
    return () => {
      ref.current = false;
    };
  }, [open]);
  return ref;
}

function SoldNotice({ sold }: { sold: ReadonlySet<string> }) {
  const last = [...sold].at(-1);
  if (!last) return null;
  return (
    <Alert announce title={`${formatNumber(last)} has just been sold to somebody else`} tone="careful">
      Nothing was bought and nothing is charged. These numbers are still there:
    </Alert>
  );
}

function toastAnswer(number: PhoneNumber) {
  const name = formatNumber(number.phone_number);
  if (number.status === "active") {
    toast.success(`${name} is yours`, { description: "The order went through." });
  } else {
    toast.info(`Checking ${name} with the carrier`, { description: "You will not be charged twice." });
  }
}

function toastRefusal(problem: ApiProblem, phoneNumber: string) {
  toast.error(`${formatNumber(phoneNumber)} was not bought`, { description: problem.detail });
}
