"use client";

import { CardFact } from "@/components/data-table/card-fact";
import { CopyButton } from "@/components/ui/copy-button";
import { Flag } from "@/components/ui/flag";
import type { PhoneNumber, Slot } from "@/lib/phone-numbers/schema";
import { LockMark } from "./lock-mark";
import {
  type ColumnOptions,
  MonthlyCost,
  ShareableControl,
  SlotText,
  StatusCell,
} from "./phone-number-columns";
import { PhoneNumberMenu } from "./phone-number-menu";

/** A number on a narrow screen. */
export function PhoneNumberCard({ number, options }: { number: PhoneNumber; options: ColumnOptions }) {
  return (
    <div className="flex flex-col gap-3">
      <CardHead number={number} options={options} />
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        <CardFact name="Inbound Agent">
          <CardSlot slot={number.inbound} />
        </CardFact>
        <CardFact name="Outbound Agent">
          <CardSlot slot={number.outbound} />
        </CardFact>
        <CardFact name="Status">
          <StatusCell number={number} />
        </CardFact>
        <CardFact name="Monthly cost">
          <MonthlyCost number={number} />
        </CardFact>
        <CardFact name="Shareable">
          <ShareableControl number={number} options={options} />
        </CardFact>
      </dl>
    </div>
  );
}

/** The number itself and what can be done with it. */
export function CardHead({ number, options }: { number: PhoneNumber; options: ColumnOptions }) {
  const name = number.formatted.international;
  return (
    <div className="flex items-start justify-between gap-2">
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <Flag country={number.country_code} />
          <span className="tabular text-base font-medium">{name}</span>
          {number.locked && <LockMark name={name} />}
        </p>
        {number.label && <p className="text-muted-foreground truncate">{number.label}</p>}
      </div>
      <div className="-mt-1 -mr-2 flex shrink-0">
        <CopyButton label={name} value={number.phone_number} />
        <PhoneNumberMenu number={number} onAction={options.onAction} permissions={options.permissions} />
      </div>
    </div>
  );
}

function CardSlot({ slot }: { slot: Slot | null }) {
  return slot ? <SlotText slot={slot} /> : <span className="text-muted-foreground">-</span>;
}
