"use client";

import type { VariantProps } from "class-variance-authority";
import type { ComponentProps, MouseEvent } from "react";
import { buttonVariants } from "./button-variants";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    /** Shows a spinner in place of the label, keeps width, name and focus, and swallows clicks. */
    pending?: boolean;
  };

export function Button({
  className,
  variant,
  size,
  pending = false,
  type = "button",
  onClick,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), pending && "cursor-progress", className);

  // Preventing the click also stops a form from being sent twice by Enter. `disabled` would drop the focus.
  const handleClick = (event: MouseEvent<HTMLButtonElement>) => {
    if (pending) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    onClick?.(event);
  };

  return (
    <button
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      className={classes}
      onClick={handleClick}
      type={type}
      {...props}
    >
      <span className={pending ? "inline-flex items-center gap-2 opacity-0" : "contents"}>{children}</span>
      {pending && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
    </button>
  );
}
