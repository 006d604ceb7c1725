"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";

interface ConfirmUnassignProps {
  verb: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A number in use is not taken from its agents in passing. */
export function ConfirmUnassign({ verb, checked, onChange }: ConfirmUnassignProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Checkbox checked={checked} id={id} onChange={(event) => onChange(event.target.checked)} />
      <div className="pt-0.5">
        <Label htmlFor={id}>Unassign and {verb.toLowerCase()}</Label>
        <p className="text-muted-foreground">The number is in use. Its slots are emptied first.</p>
      </div>
    </div>
  );
}

interface ConfirmDigitsProps {
  name: string;
  digits: string;
  onChange: (digits: string) => void;
}

/** What cannot be undone is confirmed with the number itself. */
export function ConfirmDigits({ name, digits, onChange }: ConfirmDigitsProps) {
  return (
    <Field hint={`To be sure it is the right one: ${name}`} label="Last four digits">
      <Input
        autoComplete="off"
        className="tabular max-w-24"
        inputMode="numeric"
        maxLength={4}
        onChange={(event) => onChange(event.target.value)}
        value={digits}
      />
    </Field>
  );
}
