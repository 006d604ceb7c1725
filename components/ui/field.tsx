"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { FieldContext } from "./field-context";
import { Label } from "./label";

export type FieldProps = {
  label: ReactNode;
  /** Exactly one control of this folder: it picks up id, description and validity by itself. */
  children: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  /** Says "Optional" beside the label. */
  optional?: boolean;
  hideLabel?: boolean;
  className?: string;
};

export function Field({
  label,
  children,
  hint,
  error,
  required = false,
  optional = false,
  hideLabel = false,
  className,
}: FieldProps) {
  const controlId = useId();
  const labelId = useId();
  const hintId = useId();
  const errorId = useId();
  const describedBy = [error && errorId, hint && hintId].filter(Boolean).join(" ") || undefined;

  return (
    <FieldContext value={{ controlId, labelId, describedBy, invalid: Boolean(error), required }}>
      <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
        <Label
          className={cn("flex items-baseline justify-between gap-2", hideLabel && "sr-only")}
          htmlFor={controlId}
          id={labelId}
        >
          {label}
          {optional && <span className="text-muted-foreground text-xs font-normal">Optional</span>}
        </Label>
        {children}
        {error && (
          <p className="text-danger flex items-start gap-1.5" id={errorId}>
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>{error}</span>
          </p>
        )}
        {hint && (
          <p className="text-muted-foreground text-xs" id={hintId}>
            {hint}
          </p>
        )}
      </div>
    </FieldContext>
  );
}
