"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";
import { useFieldControl, useFieldLabelId } from "./field-context";

export function RadioGroup({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  const wiring = useFieldControl(props);
  const labelId = useFieldLabelId();
  return (
    <Radix.Root
      aria-labelledby={props["aria-label"] ? undefined : labelId}
      className={cn("flex flex-col gap-2", className)}
      {...props}
      {...wiring}
    />
  );
}

export type RadioGroupItemProps = {
  value: string;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
};

export function RadioGroupItem({ value, label, description, disabled }: RadioGroupItemProps) {
  const id = useId();
  const descriptionId = useId();
  return (
    <div className="flex items-start gap-2">
      <RadioButton
        aria-describedby={description ? descriptionId : undefined}
        disabled={disabled}
        id={id}
        value={value}
      />
      <div className="flex flex-col pt-0.5">
        <label className={cn("font-medium", disabled && "opacity-50")} htmlFor={id}>
          {label}
        </label>
        {description && (
          <p className="text-muted-foreground" id={descriptionId}>
            {description}
          </p>
        )}
      </div>
    </div>
  );
}

/** The button alone, for whoever writes its label in another way. */
export function RadioButton({ className, ...props }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item
      className={cn("grid size-6 shrink-0 place-items-center rounded-full disabled:opacity-50", className)}
      {...props}
    >
      <span
        aria-hidden
        className="border-input in-data-[state=checked]:border-accent in-data-[state=checked]:bg-accent grid size-4 place-items-center rounded-full border"
      >
        <Radix.Indicator className="bg-accent-foreground size-1.5 rounded-full" />
      </span>
    </Radix.Item>
  );
}
