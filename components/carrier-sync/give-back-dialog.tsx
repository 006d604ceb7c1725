"use client";

import { type FormEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ConfirmDigits } from "../phone-numbers/release-confirm";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import type { DecisionDialogProps } from "./adopt-dialog";
import { useResolveDrift } from "./use-carrier-sync";

/** Cannot be undone, so the person says which number by its last four digits. */
export function GiveBackDialog({ drift, open, onOpenChange, onDecided }: DecisionDialogProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent size="sm" title={`Give back ${drift.formatted.international}`}>
        <GiveBackForm drift={drift} onClose={() => onOpenChange(false)} onDecided={onDecided} />
      </DialogContent>
    </Dialog>
  );
}

function GiveBackForm({
  drift,
  onClose,
  onDecided,
}: Pick<DecisionDialogProps, "drift" | "onDecided"> & { onClose: () => void }) {
  const name = drift.formatted.international;
  const [digits, setDigits] = useState("");
  const giveBack = useResolveDrift();
  const confirmed = digits.trim() === drift.phone_number.slice(-4);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!confirmed || giveBack.isPending) return;
    giveBack.mutate(
      { drift, action: "give_back" },
      {
        onSuccess: (after) => {
          onDecided(after);
          onClose();
        },
      },
    );
  };

  return (
    <form className="contents" onSubmit={submit}>
      <DialogBody className="flex flex-col gap-4">
        <Alert announce={false} title="This cannot be undone" tone="danger">
          {drift.kind === "duplicate"
            ? "Only the second of the two goes back to the carrier. The one with your record stays."
            : "The number goes back to the carrier, who may give it to somebody else."}
        </Alert>
        <ConfirmDigits digits={digits} name={name} onChange={setDigits} />
        {giveBack.error && <Alert tone="danger">{describeProblem(giveBack.error)}</Alert>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep number</Button>
        <Button disabled={!confirmed} pending={giveBack.isPending} type="submit" variant="danger">
          Give back {name}
        </Button>
      </DialogFooter>
    </form>
  );
}
