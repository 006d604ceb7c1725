"use client";

import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Flag } from "@/components/ui/flag";
import { Popover, PopoverAnchor, PopoverContent } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import type { NumberType } from "@/lib/phone-numbers/schema";
import { useAgents } from "../agents/use-agents";
import { typeNames } from "./number-types";
import type { NumberFilters } from "./phone-number-filters";
import { useCountries } from "./use-phone-numbers";

const any = "any";

export interface FilterPanelProps {
  /** The button it belongs to. */
  anchorRef: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  filters: NumberFilters;
  onChange: (change: Partial<NumberFilters>) => void;
}

/** The filters that are folded away. */
export function FilterPanel({ anchorRef, onClose, ...fields }: FilterPanelProps) {
  return (
    <Popover
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      open
    >
      <PopoverAnchor virtualRef={anchorRef as RefObject<HTMLButtonElement>} />
      <PopoverContent
        align="end"
        aria-label="Filters"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          anchorRef.current?.focus();
        }}
        onInteractOutside={(event) => {
          // The button closes it by itself.
          if (anchorRef.current?.contains(event.target as Node)) event.preventDefault();
        }}
      >
        <FilterFields {...fields} />
      </PopoverContent>
    </Popover>
  );
}

/** Agent, country and type. */
function FilterFields({ filters, onChange }: Pick<FilterPanelProps, "filters" | "onChange">) {
  const agents = useAgents();
  const countries = useCountries();
  const agentItems = agents.data?.pages.flatMap((page) => page.data) ?? [];

  return (
    <div className="flex flex-col gap-4">
      <Field label="Agent">
        <Combobox
          emptyText={agents.isPending ? "Loading agents…" : "No agent has this name."}
          groups={[
            {
              items: [
                { value: any, label: "Any agent" },
                ...agentItems.map((agent) => ({ value: agent.id, label: agent.name })),
              ],
            },
          ]}
          onValueChange={(value) => onChange({ agent_id: value === any ? null : value })}
          searchPlaceholder="Search agents"
          value={filters.agent_id ?? any}
        />
      </Field>
      <Field label="Country">
        <Select
          onValueChange={(value) => onChange({ country_code: value === any ? null : value })}
          options={[
            { value: any, label: "Any country" },
            ...(countries.data?.data ?? []).map(({ country_code: code, name }) => ({
              value: code,
              label: name,
              icon: <Flag country={code} decorative />,
            })),
          ]}
          value={filters.country_code ?? any}
        />
      </Field>
      <Field label="Type">
        <Select
          onValueChange={(value) =>
            onChange({ phone_number_type: value === any ? null : (value as NumberType) })
          }
          options={[
            { value: any, label: "Any type" },
            ...Object.entries(typeNames).map(([value, label]) => ({ value, label })),
          ]}
          value={filters.phone_number_type ?? any}
        />
      </Field>
      <Button
        className="self-start"
        onClick={() => onChange({ agent_id: null, country_code: null, phone_number_type: null })}
        size="sm"
      >
        Clear these filters
      </Button>
    </div>
  );
}
