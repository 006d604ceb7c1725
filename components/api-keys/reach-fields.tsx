"use client";

import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { Controller, useFormContext } from "react-hook-form";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { Scope } from "@/lib/api-keys/schema";
import type { CredentialForm } from "./credential-form-schema";
import { groupScopes, isImplied, type OfferedScope, readOnly } from "./scope-words";

/** What it may do, at most what the person may. Inside a form whose values have `reach` and `scopes`. */
export function ReachFields({ held }: { held: readonly Scope[] }) {
  const { control, watch, clearErrors } = useFormContext<CredentialForm>();
  const onlyReads = readOnly(held).length === held.length;
  return (
    <>
      <Field label="What it may do">
        <Controller
          control={control}
          name="reach"
          render={({ field }) => (
            <RadioGroup
              onValueChange={(reach) => {
                field.onChange(reach);
                clearErrors("scopes");
              }}
              value={field.value}
            >
              <RadioGroupItem
                description="Sees what you see and changes nothing. Enough for an MCP client to look around."
                label="Read only"
                value="read"
              />
              {!onlyReads && (
                <RadioGroupItem
                  description={describeEverything(held)}
                  label="Everything I may do"
                  value="everything"
                />
              )}
              <RadioGroupItem description="Only what you tick." label="Choose" value="chosen" />
            </RadioGroup>
          )}
        />
      </Field>
      {watch("reach") === "chosen" && <ScopeChoice held={held} />}
    </>
  );
}

function describeEverything(held: readonly Scope[]): string {
  return held.includes("phone_numbers:release")
    ? "Spends money and releases numbers for good, as you can."
    : "Buys numbers and changes things, as you can.";
}

function ScopeChoice({ held }: { held: readonly Scope[] }) {
  const { control, formState } = useFormContext<CredentialForm>();
  const errorId = useId();
  const error = formState.errors.scopes?.message;
  return (
    <Controller
      control={control}
      name="scopes"
      render={({ field: { value: chosen, onChange, ref } }) => (
        <div
          className="flex flex-col gap-1.5"
          // A mistake leads the focus to the first box.
          ref={(element) => ref(element && { focus: () => element.querySelector("input")?.focus() })}
        >
          {error && (
            <p className="text-danger flex items-start gap-1.5" id={errorId}>
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {error}
            </p>
          )}
          <div className="flex flex-col divide-y rounded border">
            {groupScopes(held).map((group) => (
              <fieldset
                aria-describedby={error && errorId}
                className="grid min-w-0 gap-x-4 px-3 py-1.5 sm:grid-cols-[9rem_1fr]"
                key={group.thing}
              >
                <legend className="contents">
                  <span className="flex min-h-6 items-center font-medium">{group.title}</span>
                </legend>
                <div className="flex flex-wrap gap-x-4">
                  {group.scopes.map((offered) => (
                    <ScopeCheckbox
                      chosen={chosen}
                      key={offered.scope}
                      offered={offered}
                      onChange={onChange}
                    />
                  ))}
                </div>
              </fieldset>
            ))}
          </div>
        </div>
      )}
    />
  );
}

function ScopeCheckbox({
  offered: { scope, verb, object, irreversible },
  chosen,
  onChange,
}: {
  offered: OfferedScope;
  chosen: readonly Scope[];
  onChange: (chosen: Scope[]) => void;
}) {
  const id = useId();
  const warningId = useId();
  const implied = isImplied(scope, chosen);
  return (
    <div className="flex items-center gap-1">
      <Checkbox
        aria-describedby={irreversible ? warningId : undefined}
        checked={implied || chosen.includes(scope)}
        disabled={implied}
        id={id}
        onChange={(event) =>
          onChange(event.target.checked ? [...chosen, scope] : chosen.filter((other) => other !== scope))
        }
      />
      <Label className="font-normal!" htmlFor={id}>
        {verb} <span className="sr-only">{object}</span>
      </Label>
      {irreversible && (
        <Badge id={warningId} tone="careful">
          Irreversible
        </Badge>
      )}
    </div>
  );
}
