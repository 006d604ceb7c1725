"use client";

import { PhoneOff, Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DialogBody } from "@/components/ui/dialog";
import type { Direction, PhoneNumber } from "@/lib/phone-numbers/schema";
import { formerHolder } from "./former-slots";
import type { NumberDialogProps } from "./number-dialogs";
import { Fact, NumberFacts } from "./number-facts";
import { canBuyAgain, canUndo } from "./phone-number-menu";
import { describeSlot } from "./slot-draft";
import { UndoButton } from "./undo-button";

/** The panel of a number that cannot be edited, by this person or any more. */
export function ReadOnlyNumber({ number, permissions, onAction, onOpenChange }: NumberDialogProps) {
  const name = number.formatted.international;
  return (
    <DialogBody className="flex flex-col gap-6">
      <NumberFacts number={number} />
      <dl className="grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1.5">
        <Fact name="Label">{number.label ?? "-"}</Fact>
        <Fact name="Inbound agent">{describeHolder(number, "inbound")}</Fact>
        <Fact name="Outbound agent">{describeHolder(number, "outbound")}</Fact>
        <Fact name="Shareable">{number.outbound_shareable ? "Yes" : "No"}</Fact>
      </dl>
      {canUndo(number, permissions) && (
        <div className="flex flex-wrap gap-2 border-t pt-4">
          <UndoButton number={number} />
          <Button aria-label={`Release now ${name}`} onClick={() => onAction("release", number)}>
            <PhoneOff aria-hidden className="text-danger" />
            Release now
          </Button>
        </div>
      )}
      {number.status === "held" && !permissions.release && permissions.manage && (
        <p className="text-muted-foreground border-t pt-4">Ask an admin to undo this release.</p>
      )}
      {canBuyAgain(number, permissions) && (
        <div className="border-t pt-4">
          <Button
            aria-label={`Buy again ${name}`}
            onClick={() => {
              onOpenChange(false);
              onAction("buy_again", number);
            }}
          >
            <Plus aria-hidden />
            Buy again
          </Button>
        </div>
      )}
    </DialogBody>
  );
}

function describeHolder(number: PhoneNumber, direction: Direction): string {
  const slot = number[direction];
  if (slot) return describeSlot(slot);
  const former = formerHolder(number, direction);
  return former ? `${former}, until its release` : "-";
}
