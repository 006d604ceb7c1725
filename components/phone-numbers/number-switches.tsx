"use client";

import { type ReactNode, useId } from "react";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import type { NumberPermissions } from "./use-number-permissions";
import { describeProblem, useEditNumber } from "./use-phone-numbers";

/** The settings of a number that are saved as soon as they are switched. */
export function NumberSwitches({
  number,
  permissions,
}: {
  number: PhoneNumber;
  permissions: NumberPermissions;
}) {
  const edit = useEditNumber();
  const save = (body: { outbound_shareable: boolean } | { locked: boolean }, unchanged: string) =>
    edit.mutate(
      { number, body },
      { onError: (problem) => toast.error(unchanged, { description: describeProblem(problem) }) },
    );
  const name = number.formatted.international;
  const mayChangeLock = number.locked ? permissions.release : permissions.manage;
  return (
    <div className="flex flex-col gap-4">
      <SwitchRow
        checked={number.outbound_shareable}
        label="Shareable"
        name={name}
        onChange={(shareable) => save({ outbound_shareable: shareable }, "Sharing is unchanged")}
      >
        {number.outbound_shareable
          ? "Any agent of the organization may call from this number."
          : "Only the outbound agent may call from this number; any agent while there is none."}
      </SwitchRow>
      <SwitchRow
        checked={number.locked}
        disabled={!mayChangeLock}
        label="Locked"
        name={name}
        onChange={(locked) => save({ locked }, "The lock is unchanged")}
      >
        {describeLock(number.locked, permissions.release)}
      </SwitchRow>
    </div>
  );
}

function describeLock(locked: boolean, mayUnlock: boolean): string {
  if (!locked) return "It can be released. A lock keeps that from happening by mistake.";
  return mayUnlock
    ? "It cannot be released until it is unlocked."
    : "It cannot be released until an admin unlocks it.";
}

interface SwitchRowProps {
  label: string;
  /** The number, which tells this switch from the same one of another. */
  name: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

function SwitchRow({ label, name, checked, disabled = false, onChange, children }: SwitchRowProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <Switch
        aria-label={`${label} for ${name}`}
        checked={checked}
        disabled={disabled}
        id={id}
        onCheckedChange={onChange}
      />
      <div className="pt-0.5">
        <Label htmlFor={id}>{label}</Label>
        <p className="text-muted-foreground">{children}</p>
      </div>
    </div>
  );
}
