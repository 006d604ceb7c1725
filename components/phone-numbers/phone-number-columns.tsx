"use client";

import { createDataTableColumns } from "@/components/data-table/features";
import { CopyButton } from "@/components/ui/copy-button";
import { Flag } from "@/components/ui/flag";
import { Switch } from "@/components/ui/switch";
import type { Direction, PhoneNumber, Slot } from "@/lib/phone-numbers/schema";
import { formatMoney } from "./format-money";
import { formatNumber } from "./format-number";
import { Moment } from "./moment";
import { NumberStatus } from "./number-status";
import { type NumberAction, PhoneNumberMenu } from "./phone-number-menu";
import type { NumberPermissions } from "./use-number-permissions";

export interface ColumnOptions {
  permissions: NumberPermissions;
  onAction: (action: NumberAction, number: PhoneNumber) => void;
  onShare: (number: PhoneNumber, shareable: boolean) => void;
}

const column = createDataTableColumns<PhoneNumber>();

/** Columns only ask for an action; the view carries it out. */
export function createPhoneNumberColumns(options: ColumnOptions) {
  const agentColumn = (direction: Direction, header: string) =>
    column.accessor((number) => number[direction]?.agent_name ?? "", {
      id: direction,
      header,
      enableSorting: false,
      cell: ({ row }) => <AgentCell direction={direction} number={row.original} options={options} />,
    });

  return column.columns([
    column.accessor("phone_number", {
      header: "Phone Number",
      meta: { width: "13.5rem" },
      cell: ({ row }) => <NumberCell number={row.original} />,
    }),
    column.accessor("label", {
      header: "Label",
      enableSorting: false,
      meta: { width: "6.25rem" },
      cell: ({ row }) => <span title={row.original.label ?? undefined}>{row.original.label}</span>,
    }),
    agentColumn("inbound", "Inbound Agent"),
    agentColumn("outbound", "Outbound Agent"),
    column.accessor("outbound_shareable", {
      header: "Shareable",
      enableSorting: false,
      meta: { width: "5.5rem" },
      cell: ({ row }) => <ShareableControl number={row.original} options={options} />,
    }),
    column.accessor((number) => Number(number.cost_information?.monthly_cost ?? 0), {
      id: "monthly_cost",
      header: "Monthly cost",
      sortDescFirst: true,
      meta: { width: "7.5rem", align: "end" },
      cell: ({ row }) => <MonthlyCost number={row.original} />,
    }),
    column.accessor("status", {
      header: "Status",
      enableSorting: false,
      meta: { width: "7rem" },
      cell: ({ row }) => <NumberStatus number={row.original} />,
    }),
    column.accessor("created_at", {
      header: "Created At",
      sortDescFirst: true,
      meta: { width: "6.75rem" },
      cell: ({ row }) => <Moment className="tabular" iso={row.original.created_at} show="day" />,
    }),
    column.accessor("updated_at", {
      header: "Updated At",
      sortDescFirst: true,
      meta: { width: "7.25rem" },
      cell: ({ row }) => <Moment className="tabular" iso={row.original.updated_at} show="short" />,
    }),
    column.display({
      id: "menu",
      header: "Actions",
      meta: { width: "3rem", headerHidden: true, bare: true },
      cell: ({ row }) => (
        <PhoneNumberMenu
          number={row.original}
          onAction={options.onAction}
          permissions={options.permissions}
        />
      ),
    }),
  ]);
}

function NumberCell({ number }: { number: PhoneNumber }) {
  const name = formatNumber(number.phone_number);
  return (
    <span className="flex items-center gap-2">
      <Flag country={number.country_code} />
      <span className="tabular font-medium">{name}</span>
      <CopyButton
        className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 focus-visible:opacity-100"
        label={name}
        value={number.phone_number}
      />
    </span>
  );
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
      aria-label={`Assign ${direction} agent for ${formatNumber(number.phone_number)}`}
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
    <span title={title}>
      {slot.agent_name} <span className="text-muted-foreground">· {version}</span>
    </span>
  );
}

export function ShareableControl({ number, options }: { number: PhoneNumber; options: ColumnOptions }) {
  if (!options.permissions.manage || number.status !== "active") {
    return <span className="text-muted-foreground">{number.outbound_shareable ? "Yes" : "No"}</span>;
  }
  return (
    <Switch
      aria-label={`Shareable for ${formatNumber(number.phone_number)}`}
      checked={number.outbound_shareable}
      onCheckedChange={(shareable) => options.onShare(number, shareable)}
    />
  );
}

export function MonthlyCost({ number }: { number: PhoneNumber }) {
  const cost = number.cost_information;
  if (!cost) return <span className="text-muted-foreground">Not published</span>;
  return (
    <span className="tabular" title={`${cost.monthly_cost} ${cost.currency} a month`}>
      {formatMoney({ amount: cost.monthly_cost, currency: cost.currency })}
    </span>
  );
}
