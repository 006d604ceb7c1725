"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { VersionForm } from "./agent-form-schema";
import { endpointTypes, endpointWords } from "./endpoint-words";

/** Where a version sends its calls. Inside a form whose values have an `endpoint`. */
export function EndpointFields() {
  const { register, control, watch, clearErrors, formState } = useFormContext<VersionForm>();
  const words = endpointWords[watch("endpoint.type")];
  return (
    <>
      <Field error={formState.errors.endpoint?.type?.message} label="Calls go to">
        <Controller
          control={control}
          name="endpoint.type"
          render={({ field }) => (
            <RadioGroup
              className="flex-row! flex-wrap gap-x-5"
              onValueChange={(type) => {
                field.onChange(type);
                clearErrors("endpoint.url");
              }}
              value={field.value}
            >
              {endpointTypes.map((type) => (
                <RadioGroupItem key={type} label={endpointWords[type].name} value={type} />
              ))}
            </RadioGroup>
          )}
        />
      </Field>
      <Field error={formState.errors.endpoint?.url?.message} hint={words.hint} label={words.label} required>
        <Input
          autoCapitalize="none"
          autoComplete="off"
          placeholder={words.placeholder}
          spellCheck={false}
          {...register("endpoint.url")}
        />
      </Field>
    </>
  );
}
