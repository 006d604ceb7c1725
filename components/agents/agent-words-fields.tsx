"use client";

import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AgentWords } from "./agent-form-schema";

/** Name and description. Inside a form whose values have both. */
export function AgentWordsFields() {
  const { register, formState } = useFormContext<AgentWords>();
  return (
    <>
      <Field error={formState.errors.name?.message} label="Name" required>
        <Input autoComplete="off" placeholder="Anna" {...register("name")} />
      </Field>
      <Field error={formState.errors.description?.message} label="Description" optional>
        <Input autoComplete="off" placeholder="Answers the support line" {...register("description")} />
      </Field>
    </>
  );
}
