"use client";

import type { DataTableColumn } from "@/components/data-table/columns";
import { CopyButton } from "@/components/ui/copy-button";
import { Flag } from "@/components/ui/flag";
import { Switch } from "@/components/ui/switch";
import type { Direction, PhoneNumber, Slot } from "@/lib/phone-numbers/schema";
import { DriftBadge } from "./drift-badge";
import { formatMoney } from "./format-money";
import { LockMark } from "./lock-mark";
import { Moment } from "./moment";
import { NumberStatus } from "./number-status";
import { type NumberAction, PhoneNumberMenu } from "./phone-number-menu";
import type { NumberPermissions } from "./use-number-permissions";

export interface ColumnOptions {
  permissions: NumberPermissions;
  onAction: (action: NumberAction, number: PhoneNumber) => void;
  onShare: (number: PhoneNumber, shareable: boolean) => void;
}

/** Columns only ask for an action; the view carries it out. */
export function createPhoneNumberColumns(options: ColumnOptions): DataTableColumn<PhoneNumber>[] {
  const agentColumn = (direction: Direction, header: string): DataTableColumn<PhoneNumber> => ({
    id: direction,
    header,
    cell: (number) => <AgentCell direction={direction} number={number} options={options} />,
  });

  return [
    {
      id: "phone_number",
      header: "Phone Number",
      sortable: "asc",
      width: "13.5rem",
      cell: (number) => <NumberCell number={number} />,
    },
    { id: "label", header: "Label", cell: (number) => <LabelCell number={number} /> },
    agentColumn("inbound", "Inbound Agent"),
    agentColumn("outbound", "Outbound Agent"),
    {
      id: "outbound_shareable",
      header: "Shareable",
      width: "4.75rem",
      cell: (number) => <ShareableControl number={number} options={options} />,
    },
    {
      id: "monthly_cost",
      header: "Monthly cost",
      sortable: "desc",
      width: "6.75rem",
      align: "end",
      cell: (number) => <MonthlyCost number={number} />,
    },
    { id: "status", header: "Status", width: "7.25rem", cell: (number) => <StatusCell number={number} /> },
    {
      id: "created_at",
      header: "Created At",
      sortable: "desc",
      width: "6.25rem",
      cell: (number) => <Moment className="tabular" iso={number.created_at} show="day" />,
    },
    {
      id: "updated_at",
      header: "Updated At",
      sortable: "desc",
      width: "6.75rem",
      cell: (number) => <Moment className="tabular" iso={number.updated_at} show="short" />,
    },
    {
      id: "menu",
      header: "Actions",
      width: "2.5rem",
      headerHidden: true,
      bare: true,
      cell: (number) => (
        <PhoneNumberMenu number={number} onAction={options.onAction} permissions={options.permissions} />
      ),
    },
  ];
}

export function LabelCell({ number: { label } }: { number: PhoneNumber }) {
  if (!label) return <span className="text-muted-foreground">-</span>;
  return <span title={label}>{label}</span>;
}

export function NumberCell({ number }: { number: PhoneNumber }) {
  const name = number.formatted.international;
  return (
    <span className="flex items-center gap-2">
      <Flag country={number.country_code} />
      <span className="tabular font-medium">{name}</span>
      <CopyButton className="-mx-1 [&_svg]:size-3.5!" label={name} value={number.phone_number} />
      {number.locked && <LockMark name={name} />}
    </span>
  );
}

/** One word only: what the carrier's list says matters more than that calls would reach its agents. */
export function StatusCell({ number }: { number: PhoneNumber }) {
  if (number.drift) return <DriftBadge drift={number.drift} name={number.formatted.international} />;
  return <NumberStatus number={number} />;
}

function AgentCell({
  number,
  direction,
  options,
}: {
  number: PhoneNumber;
  direction: Direction;
  options: ColumnOptions;
}) {
  const slot = number[direction];
  if (slot) return <SlotText slot={slot} />;
  if (!options.permissions.manage || number.status !== "active") {
    return <span className="text-muted-foreground">-</span>;
  }
  return (
    <button
      aria-label={`Assign ${direction} agent for ${number.formatted.international}`}
      className="text-muted-foreground hover:text-accent-text focus-visible:text-accent-text h-6 rounded underline-offset-4 hover:underline"
      onClick={() => options.onAction("open", number)}
      type="button"
    >
      Assign
    </button>
  );
}

/** "Anna · v3", or "Anna · latest" when the version moves by itself. */
export function SlotText({ slot }: { slot: Slot }) {
  const version = slot.follows_latest ? "latest" : `v${slot.version}`;
  const title = slot.follows_latest
    ? `${slot.agent_name}, follows the latest version, now v${slot.version}`
    : `${slot.agent_name}, version ${slot.version}`;
  return (
    <span className="flex gap-1" title={title}>
      <span className="truncate">{slot.agent_name}</span>{" "}
      <span className="text-muted-foreground shrink-0">· {version}</span>
    </span>
  );
}

export function ShareableControl({ number, options }: { number: PhoneNumber; options: ColumnOptions }) {
  if (!options.permissions.manage || number.status !== "active") {
    return <span className="text-muted-foreground">{number.outbound_shareable ? "Yes" : "No"}</span>;
  }
  return (
    <Switch
      aria-label={`Shareable for ${number.formatted.international}`}
      checked={number.outbound_shareable}
      onCheckedChange={(shareable) => options.onShare(number, shareable)}
    />
  );
}

export function MonthlyCost({ number }: { number: PhoneNumber }) {
  const cost = number.cost_information;
  if (!cost) {
    const isOurs = number.source === "managed";
    return <span className="text-muted-foreground">{isOurs ? "Not published" : "Own carrier"}</span>;
  }
  return (
    <span className="tabular" title={`${cost.monthly_cost} ${cost.currency} a month`}>
      {formatMoney({ amount: cost.monthly_cost, currency: cost.currency })}
    </span>
  );
}
