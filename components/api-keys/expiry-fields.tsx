"use client";

import { useState } from "react";
import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Moment } from "../phone-numbers/moment";
import type { CredentialForm } from "./credential-form-schema";
import { type Expiry, expiryChoices, expiryMoment, expiryName, localDay } from "./expiry";

const options = expiryChoices.map((choice) => ({ value: choice, label: expiryName(choice) }));

/** How long it lasts. Inside a form whose values have `expiry` and `date`. */
export function ExpiryFields() {
  const { control, register, watch, formState } = useFormContext<CredentialForm>();
  const [openedAt] = useState(() => new Date());
  const [expiry, date] = watch(["expiry", "date"]);

  return (
    <div className="flex flex-col gap-4">
      <Field hint={<ExpiryHint expiry={{ expiry, date }} now={openedAt} />} label="Expires">
        <Controller
          control={control}
          name="expiry"
          render={({ field }) => (
            <Select onValueChange={field.onChange} options={options} value={field.value} />
          )}
        />
      </Field>
      {expiry === "date" && (
        <Field error={formState.errors.date?.message} label="Last day" required>
          <Input className="tabular" min={localDay(openedAt)} type="date" {...register("date")} />
        </Field>
      )}
    </div>
  );
}

function ExpiryHint({ expiry, now }: { expiry: Expiry; now: Date }) {
  const moment = expiryMoment(expiry, now);
  if (moment === undefined) return "It works to the end of the last day.";
  if (moment === null) return "It works until somebody revokes it.";
  return (
    <>
      It stops working on <Moment className="tabular" iso={moment.toISOString()} />.
    </>
  );
}
