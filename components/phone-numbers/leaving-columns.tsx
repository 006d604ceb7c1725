"use client";

import type { DataTableColumn } from "@/components/data-table/columns";
import { Button } from "@/components/ui/button";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { Countdown } from "./countdown";
import { describeFormerSlots } from "./former-slots";
import { Moment } from "./moment";
import { NumberStatus } from "./number-status";
import { type ColumnOptions, LabelCell, NumberCell } from "./phone-number-columns";
import { canBuyAgain, canUndo, PhoneNumberMenu } from "./phone-number-menu";
import { UndoButton } from "./undo-button";

/** Numbers that wait to be released, or that the carrier is taking back. */
export function createReleasingColumns(options: ColumnOptions): DataTableColumn<PhoneNumber>[] {
  return [
    numberColumn,
    // The time left and the way back stay in sight where the table scrolls sideways.
    {
      id: "release_at",
      header: "Released",
      width: "10.75rem",
      cell: (number) => <Countdown number={number} />,
    },
    {
      id: "undo",
      header: "Undo",
      headerHidden: true,
      bare: true,
      width: "6rem",
      cell: (number) =>
        canUndo(number, options.permissions) ? <UndoButton number={number} size="sm" /> : null,
    },
    labelColumn,
    usedInColumn,
    {
      id: "requested_by",
      header: "Asked for by",
      width: "8rem",
      cell: (number) => <RequestedBy number={number} />,
    },
    {
      id: "requested_at",
      header: "Asked for",
      width: "7.5rem",
      cell: ({ release }) => <OptionalMoment iso={release?.requested_at ?? null} />,
    },
    menuColumn(options),
  ];
}

/** Numbers that were given back or detached, or that the carrier has no more. */
export function createReleasedColumns(options: ColumnOptions): DataTableColumn<PhoneNumber>[] {
  return [
    numberColumn,
    labelColumn,
    usedInColumn,
    { id: "status", header: "Status", width: "6.75rem", cell: (number) => <NumberStatus number={number} /> },
    {
      id: "released_at",
      header: "Ended",
      width: "7.5rem",
      cell: (number) => <OptionalMoment iso={number.released_at} />,
    },
    {
      id: "requested_by",
      header: "By",
      width: "7rem",
      cell: (number) => <RequestedBy number={number} />,
    },
    {
      id: "purchased_at",
      header: "Bought",
      width: "6.5rem",
      cell: (number) => <OptionalMoment iso={number.purchased_at} show="day" />,
    },
    {
      id: "buy_again",
      header: "Buy again",
      headerHidden: true,
      bare: true,
      width: "6rem",
      cell: (number) => <BuyAgainButton number={number} options={options} />,
    },
    menuColumn(options),
  ];
}

const numberColumn: DataTableColumn<PhoneNumber> = {
  id: "phone_number",
  header: "Phone Number",
  sortable: "asc",
  width: "12.5rem",
  cell: (number) => <NumberCell number={number} />,
};

const labelColumn: DataTableColumn<PhoneNumber> = {
  id: "label",
  header: "Label",
  width: "8rem",
  cell: (number) => <LabelCell number={number} />,
};

const usedInColumn: DataTableColumn<PhoneNumber> = {
  id: "was",
  header: "Was used in",
  cell: (number) => <FormerSlots number={number} />,
};

function menuColumn({ onAction, permissions }: ColumnOptions): DataTableColumn<PhoneNumber> {
  return {
    id: "menu",
    header: "Actions",
    width: "2.5rem",
    headerHidden: true,
    bare: true,
    cell: (number) => <PhoneNumberMenu number={number} onAction={onAction} permissions={permissions} />,
  };
}

export function FormerSlots({ number: { release } }: { number: PhoneNumber }) {
  const words = release && describeFormerSlots(release.was);
  if (!words) return <Dash />;
  return <span title={words}>{words}</span>;
}

export function RequestedBy({ number: { release } }: { number: PhoneNumber }) {
  return release ? <span title={release.requested_by}>{release.requested_by}</span> : <Dash />;
}

export function OptionalMoment({ iso, show = "short" }: { iso: string | null; show?: "short" | "day" }) {
  return iso ? <Moment className="tabular" iso={iso} show={show} /> : <Dash />;
}

function Dash() {
  return <span className="text-muted-foreground">-</span>;
}

export function BuyAgainButton({ number, options }: { number: PhoneNumber; options: ColumnOptions }) {
  if (!canBuyAgain(number, options.permissions)) return null;
  return (
    <Button
      aria-label={`Buy again ${number.formatted.international}`}
      className="self-start"
      onClick={() => options.onAction("buy_again", number)}
      size="sm"
    >
      Buy again
    </Button>
  );
}
