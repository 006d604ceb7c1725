import type { ReactNode } from "react";
import { cn } from "./cn";

export type EmptyStateProps = {
  title: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  /** One primary action first, quieter ones after. */
  actions?: ReactNode;
  /** "h1" where this is the whole page. */
  titleAs?: "h1" | "h2" | "p";
  className?: string;
};

export function EmptyState({
  title,
  description,
  icon,
  actions,
  titleAs: Title = "p",
  className,
}: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center gap-4 px-6 py-12 text-center", className)}>
      {icon && (
        <div
          aria-hidden
          className="bg-surface text-muted-foreground grid size-10 place-items-center rounded border [&_svg]:size-5"
        >
          {icon}
        </div>
      )}
      <div className="flex max-w-md flex-col gap-1">
        <Title className="text-base font-semibold text-balance">{title}</Title>
        {description && <div className="text-muted-foreground text-balance">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center justify-center gap-2">{actions}</div>}
    </div>
  );
}
