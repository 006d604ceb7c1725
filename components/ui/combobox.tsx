"use client";

import { Command } from "cmdk";
import { Check, ChevronsUpDown, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "./cn";
import { useFieldControl, useFieldLabelId } from "./field-context";
import { controlClasses } from "./input";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";

export type ComboboxItem = {
  value: string;
  label: string;
  description?: ReactNode;
  icon?: ReactNode;
  /** More words the search should find it by. */
  keywords?: string[];
  /** Greys the item out and says why. It stays reachable, so that the reason can be heard. */
  disabledReason?: string;
};

export type ComboboxGroup = { heading?: string; items: ComboboxItem[] };

export type ComboboxProps = {
  groups: ComboboxGroup[];
  value: string | null;
  onValueChange: (value: string) => void;
  placeholder?: string;
  searchPlaceholder?: string;
  emptyText?: ReactNode;
  disabled?: boolean;
  /** Shown below the list, such as a "Create an agent" link. */
  footer?: ReactNode;
  id?: string;
  /** Needed outside a `Field`: "Inbound agent for +1 415 555 0123". */
  "aria-label"?: string;
  className?: string;
};

export function Combobox({
  groups,
  value,
  onValueChange,
  placeholder = "Choose…",
  searchPlaceholder = "Search…",
  emptyText = "Nothing found.",
  disabled,
  footer,
  id,
  "aria-label": label,
  className,
}: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const wiring = useFieldControl({ id });
  const labelId = useFieldLabelId();
  const selected = groups.flatMap((group) => group.items).find((item) => item.value === value);

  const choose = (item: ComboboxItem) => {
    if (item.disabledReason) return;
    setOpen(false);
    if (item.value !== value) onValueChange(item.value);
  };

  return (
    <Popover onOpenChange={setOpen} open={open}>
      <PopoverTrigger asChild>
        <button
          aria-expanded={open}
          aria-label={label}
          className={cn(
            controlClasses,
            "flex items-center justify-between gap-2 px-2.5 text-left",
            className,
          )}
          disabled={disabled}
          role="combobox"
          type="button"
          {...wiring}
        >
          <span className={cn("flex min-w-0 items-center gap-2", !selected && "text-muted-foreground")}>
            {selected?.icon}
            <span className="truncate">{selected?.label ?? placeholder}</span>
          </span>
          <ChevronsUpDown aria-hidden className="text-muted-foreground size-4 shrink-0" />
        </button>
      </PopoverTrigger>
      <PopoverContent
        aria-label={label}
        aria-labelledby={label ? undefined : labelId}
        className="w-(--radix-popover-trigger-width)! min-w-64 p-0!"
      >
        <Command
          defaultValue={value ?? undefined}
          label={label ? `Search: ${label}` : searchPlaceholder}
          loop
        >
          <div className="focus-within:border-ring flex items-center gap-2 border-b px-3">
            <Search aria-hidden className="text-muted-foreground size-4 shrink-0" />
            <Command.Input
              className="placeholder:text-muted-foreground h-9 w-full bg-transparent text-base outline-none md:text-sm"
              placeholder={searchPlaceholder}
            />
          </div>
          <Command.List className="max-h-72 overflow-y-auto p-1" label={label ?? "Options"}>
            <Command.Empty className="text-muted-foreground px-2 py-6 text-center">{emptyText}</Command.Empty>
            {groups.map((group) => (
              <Command.Group
                className="[&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs"
                heading={group.heading}
                key={group.heading ?? group.items[0]?.value}
              >
                {group.items.map((item) => (
                  <ComboboxOption
                    item={item}
                    key={item.value}
                    onChoose={choose}
                    selected={item.value === value}
                  />
                ))}
              </Command.Group>
            ))}
          </Command.List>
          {footer && <div className="border-t p-2">{footer}</div>}
        </Command>
      </PopoverContent>
    </Popover>
  );
}

/** Not `disabled` for cmdk, which would make the arrow keys skip it and its reason with it. */
function ComboboxOption({
  item,
  selected,
  onChoose,
}: {
  item: ComboboxItem;
  selected: boolean;
  onChoose: (item: ComboboxItem) => void;
}) {
  const note = item.disabledReason ?? item.description;
  return (
    <Command.Item
      asChild
      keywords={[item.label, ...(item.keywords ?? [])]}
      onSelect={() => onChoose(item)}
      value={item.value}
    >
      <div className="data-[selected=true]:bg-muted flex min-h-8 cursor-default items-center gap-2 rounded px-2 py-1 select-none">
        {item.icon}
        <span className="flex min-w-0 flex-1 flex-col">
          <span className={cn("truncate", item.disabledReason && "text-muted-foreground")}>{item.label}</span>
          {note && (
            <span className="text-muted-foreground text-xs">
              {item.disabledReason && <span className="sr-only">Not available: </span>}
              {note}
            </span>
          )}
        </span>
        {selected && (
          <>
            <Check aria-hidden className="text-accent-text size-4 shrink-0" />
            <span className="sr-only">, current</span>
          </>
        )}
      </div>
    </Command.Item>
  );
}
