"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";
import { RadioButton } from "./radio-group";

/** A choice whose options each need a sentence: radio buttons as cards, one under the other. */
export function ChoiceCards({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cn("flex flex-col gap-2", className)} {...props} />;
}

export type ChoiceCardProps = {
  value: string;
  label: ReactNode;
  description?: ReactNode;
  /** What the choice asks for in turn. */
  children?: ReactNode;
};

export function ChoiceCard({ value, label, description, children }: ChoiceCardProps) {
  const id = useId();
  const descriptionId = useId();
  return (
    <div className="has-data-[state=checked]:border-accent has-data-[state=checked]:bg-accent-muted relative flex items-start gap-2 rounded border py-2.5 pr-3 pl-2">
      <RadioButton
        aria-describedby={description ? descriptionId : undefined}
        className="not-data-[state=checked]:*:bg-background after:absolute after:inset-0 after:rounded"
        id={id}
        value={value}
      />
      <div className="flex min-w-0 flex-1 flex-col pt-0.5">
        <label className="font-medium" htmlFor={id}>
          {label}
        </label>
        {description && (
          <div className="text-muted-foreground" id={descriptionId}>
            {description}
          </div>
        )}
        {children && <div className="relative mt-3">{children}</div>}
      </div>
    </div>
  );
}
