"use client";

import { useId, useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import type { Agent } from "@/lib/agents/schema";
import { usePhoneNumbers } from "../phone-numbers/use-phone-numbers";
import type { Publication } from "./use-agents";

type NumbersToAssign = Pick<Publication, "phoneNumbers" | "direction">;

const directionOptions = [
  { value: "inbound", label: "Inbound" },
  { value: "outbound", label: "Outbound" },
  { value: "both", label: "Both directions" },
];

export interface AssignIdleNumbersProps {
  agent: Agent;
  value: NumbersToAssign;
  onChange: (value: NumbersToAssign) => void;
}

/** Idle numbers that can be pinned to the version together with its publication. */
export function AssignIdleNumbers(props: AssignIdleNumbersProps) {
  const { can } = useViewer();
  const [wanted, setWanted] = useState(false);
  const id = useId();
  if (!can("phone_numbers:manage")) return null;
  return (
    <section className="flex flex-col gap-3 border-t pt-4">
      <div className="flex items-center gap-1">
        <Checkbox
          checked={wanted}
          id={id}
          onChange={(event) => {
            setWanted(event.target.checked);
            props.onChange({ ...props.value, phoneNumbers: [] });
          }}
        />
        <Label htmlFor={id}>Assign idle numbers to this version</Label>
      </div>
      {wanted && <IdleNumbers {...props} />}
    </section>
  );
}

function IdleNumbers({ agent, value, onChange }: AssignIdleNumbersProps) {
  const numbers = usePhoneNumbers({ status: "active", assigned: "false", sort: "-created_at" });
  const idle = numbers.data?.pages.flatMap((page) => page.data) ?? [];
  if (numbers.isPending) return <p className="text-muted-foreground">Loading numbers…</p>;
  if (idle.length === 0) return <p className="text-muted-foreground">No number is idle.</p>;

  const toggle = (phoneNumber: string, checked: boolean) =>
    onChange({
      ...value,
      phoneNumbers: checked
        ? [...value.phoneNumbers, phoneNumber]
        : value.phoneNumbers.filter((known) => known !== phoneNumber),
    });

  return (
    <>
      <Field label="Direction">
        <Select
          onValueChange={(direction) =>
            onChange({ ...value, direction: direction as NumbersToAssign["direction"] })
          }
          options={directionOptions}
          value={value.direction}
        />
      </Field>
      <fieldset className="flex max-h-56 flex-col overflow-y-auto rounded border px-2 py-1">
        <legend className="sr-only">Idle numbers for {agent.name}</legend>
        {idle.map((number) => (
          <IdleNumber
            checked={value.phoneNumbers.includes(number.phone_number)}
            key={number.id}
            label={number.label}
            name={number.formatted.international}
            onChange={(checked) => toggle(number.phone_number, checked)}
          />
        ))}
      </fieldset>
    </>
  );
}

function IdleNumber({
  name,
  label,
  checked,
  onChange,
}: {
  name: string;
  label: string | null;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-1">
      <Checkbox checked={checked} id={id} onChange={(event) => onChange(event.target.checked)} />
      <Label className="tabular font-normal!" htmlFor={id}>
        {name}
        {label && <span className="text-muted-foreground"> · {label}</span>}
      </Label>
    </div>
  );
}
