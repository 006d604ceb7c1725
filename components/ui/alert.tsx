import { cva } from "class-variance-authority";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const alertVariants = cva("flex items-start gap-3 rounded border px-3 py-2.5", {
  variants: {
    tone: {
      info: "border-border bg-surface [&>svg]:text-accent-text",
      careful: "border-careful/30 bg-careful-muted [&>svg]:text-careful",
      danger: "border-danger/30 bg-danger-muted [&>svg]:text-danger",
    },
  },
});

const icons = { info: Info, careful: TriangleAlert, danger: CircleAlert };

export type AlertProps = {
  tone?: keyof typeof icons;
  title?: ReactNode;
  children?: ReactNode;
  /** A button or link at the end. */
  action?: ReactNode;
  /** Read out at once when it appears. On for danger. */
  announce?: boolean;
  className?: string;
};

export function Alert({
  tone = "info",
  title,
  children,
  action,
  announce = tone === "danger",
  className,
}: AlertProps) {
  const Icon = icons[tone];
  return (
    <div className={cn(alertVariants({ tone }), className)} role={announce ? "alert" : undefined}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          {title && <p className="font-medium">{title}</p>}
          {children && <div className={cn(title && "mt-0.5")}>{children}</div>}
        </div>
        {action}
      </div>
    </div>
  );
}
