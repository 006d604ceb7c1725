"use client";

import { useEffect, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { ApiProblem } from "@/lib/api/client";
import type { AvailableNumber, PhoneNumber, PurchaseNumberBody } from "@/lib/phone-numbers/schema";
import { PurchaseConfirm } from "./purchase-confirm";
import { PurchaseProgress } from "./purchase-progress";
import { SearchForm } from "./search-form";
import { SearchResults } from "./search-results";
import { useNumberSearch } from "./use-number-search";
import { usePurchase } from "./use-purchase";

export interface BuyDialogProps {
  /** A number that was given back and is wanted again; the first search is for it. */
  again?: PhoneNumber | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Which number's order the dialog shows, so that nobody else reports on it. */
  onShowOrder: (phoneNumber: string | null) => void;
  onAssign: (number: PhoneNumber) => void;
}

/** Search, confirm, watch. Closing it never cancels an order. */
export function BuyDialog({ again, open, onOpenChange, onShowOrder, onAssign }: BuyDialogProps) {
  const search = useNumberSearch(again);
  const [chosen, setChosen] = useState<AvailableNumber | null>(null);
  const [sent, setSent] = useState<PurchaseNumberBody | null>(null);
  const [returnTo, setReturnTo] = useState<string | null>(null);
  // The carrier may go on listing a number for a while after it is gone, and the list on screen is older still.
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [lastSold, setLastSold] = useState<AvailableNumber | null>(null);
  const isShownRef = useIsShown(open);

  const leaveConfirm = () => {
    setReturnTo(chosen?.phone_number ?? null);
    setChosen(null);
    setSent(null);
    onShowOrder(null);
    reset();
  };

  const leaveGone = (offer: AvailableNumber) => {
    setGone((known) => new Set([...known, offer.phone_number]));
    leaveConfirm();
    search.result.refetch();
  };

  const showSold = (offer: AvailableNumber) => {
    setLastSold(offer);
    leaveGone(offer);
  };

  const { purchase, start, reset } = usePurchase({
    shown: open,
    onAnswer: (number) => {
      if (!isShownRef.current) toastAnswer(number);
    },
    onRefused: (problem, offer) => {
      if (!isShownRef.current) toastRefusal(problem, offer);
      else if (problem.code === "number_unavailable") showSold(offer);
    },
  });
  const settling = purchase.phase !== "idle" && purchase.phase !== "refused";

  const close = (next: boolean) => {
    if (!next && chosen && settling && purchase.phase !== "bought") {
      toast.info(`Buying ${chosen.formatted.international} goes on`, {
        description: "Its row in the list shows how it ends.",
      });
    }
    onOpenChange(next);
  };

  return (
    <Dialog onOpenChange={close} open={open}>
      <DialogContent
        className="max-md:h-dvh max-md:max-h-dvh! max-md:w-full! max-md:rounded-none! max-md:border-0! md:h-[min(46rem,calc(100dvh-4rem))]"
        size="xl"
        title={chosen ? `Buy ${chosen.formatted.international}` : "Buy number"}
      >
        {!chosen && (
          <DialogBody className="flex flex-col gap-4">
            <SearchForm search={search} />
            <SoldNotice offer={lastSold} />
            <SearchResults
              again={again}
              gone={gone}
              onChoose={setChosen}
              returnTo={returnTo}
              search={search}
            />
          </DialogBody>
        )}
        {chosen && !settling && (
          <PurchaseConfirm
            offer={chosen}
            onBack={leaveConfirm}
            onBuy={(body) => {
              onShowOrder(body.phone_number);
              setSent(body);
              start(chosen, body);
            }}
            onNoPaperwork={() => {
              leaveConfirm();
              search.run({ ...search.form, no_paperwork: true });
            }}
            onSold={() => showSold(chosen)}
            problem={purchase.phase === "refused" ? purchase.problem : null}
            sent={sent}
          />
        )}
        {chosen && settling && (
          <PurchaseProgress
            name={chosen.formatted.international}
            onAssign={(number) => {
              onOpenChange(false);
              onAssign(number);
            }}
            onBuyAnother={() => leaveGone(chosen)}
            onClose={() => close(false)}
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

function SoldNotice({ offer }: { offer: AvailableNumber | null }) {
  if (!offer) return null;
  return (
    <Alert
      announce
      title={`${offer.formatted.international} has just been sold to somebody else`}
      tone="careful"
    >
      Nothing was bought and nothing is charged. These numbers are still there:
    </Alert>
  );
}

function toastAnswer(number: PhoneNumber) {
  const name = number.formatted.international;
  if (number.status === "active") {
    toast.success(`${name} is yours`, { description: "The order went through." });
  } else {
    toast.info(`Checking ${name} with the carrier`, { description: "You will not be charged twice." });
  }
}

function toastRefusal(problem: ApiProblem, offer: AvailableNumber) {
  toast.error(`${offer.formatted.international} was not bought`, { description: problem.detail });
}
