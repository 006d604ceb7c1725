"use client";

import { CardFact } from "@/components/data-table/card-fact";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { Countdown } from "./countdown";
import { BuyAgainButton, FormerSlots, OptionalMoment, RequestedBy } from "./leaving-columns";
import { NumberStatus } from "./number-status";
import { CardHead } from "./phone-number-card";
import type { ColumnOptions } from "./phone-number-columns";
import { canUndo } from "./phone-number-menu";
import { UndoButton } from "./undo-button";

interface LeavingCardProps {
  number: PhoneNumber;
  options: ColumnOptions;
}

/** A number on its way out, on a narrow screen. */
export function ReleasingCard({ number, options }: LeavingCardProps) {
  return (
    <div className="flex flex-col gap-3">
      <CardHead number={number} options={options} />
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        <CardFact name="Released">
          <Countdown number={number} />
        </CardFact>
        <CardFact name="Asked for by">
          <RequestedBy number={number} />
        </CardFact>
        <CardFact name="Asked for">
          <OptionalMoment iso={number.release?.requested_at ?? null} />
        </CardFact>
        <CardFact name="Was used in" wide>
          <FormerSlots number={number} />
        </CardFact>
      </dl>
      {canUndo(number, options.permissions) && (
        <div>
          <UndoButton number={number} />
        </div>
      )}
    </div>
  );
}

/** A number that is gone, on a narrow screen. */
export function ReleasedCard({ number, options }: LeavingCardProps) {
  return (
    <div className="flex flex-col gap-3">
      <CardHead number={number} options={options} />
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        <CardFact name="Status">
          <NumberStatus number={number} />
        </CardFact>
        <CardFact name="Ended">
          <OptionalMoment iso={number.released_at} />
        </CardFact>
        <CardFact name="By">
          <RequestedBy number={number} />
        </CardFact>
        <CardFact name="Bought">
          <OptionalMoment iso={number.purchased_at} show="day" />
        </CardFact>
        <CardFact name="Was used in" wide>
          <FormerSlots number={number} />
        </CardFact>
      </dl>
      <BuyAgainButton number={number} options={options} />
    </div>
  );
}
