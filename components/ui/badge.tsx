import { cva } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export type Tone = "neutral" | "accent" | "good" | "careful" | "danger";

const badgeVariants = cva(
  "inline-flex h-5 max-w-full items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-muted text-foreground",
        accent: "bg-accent-muted text-accent-text",
        good: "bg-good-muted text-good",
        careful: "bg-careful-muted text-careful",
        danger: "bg-danger-muted text-danger",
      },
    },
  },
);

export type BadgeProps = ComponentProps<"span"> & { tone?: Tone };

export function Badge({ tone = "neutral", className, ...props }: BadgeProps) {
  return <span className={cn(badgeVariants({ tone }), className)} {...props} />;
}

const dotColors = {
  neutral: "bg-input",
  accent: "bg-accent-text",
  good: "bg-good",
  careful: "bg-careful",
  danger: "bg-danger",
};

/** A state in a word, with a dot or an icon. The word carries the meaning, the colour only helps. */
export function Status({
  tone = "neutral",
  icon,
  children,
  className,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-2 align-middle whitespace-nowrap [&_svg]:size-3.5",
        className,
      )}
    >
      {icon ?? <span aria-hidden className={cn("size-2 rounded-full", dotColors[tone])} />}
      {children}
    </span>
  );
}
