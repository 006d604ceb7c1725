"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export type ErrorStateProps = {
  title?: ReactNode;
  description?: ReactNode;
  onRetry?: () => void;
  retryPending?: boolean;
  /** "h1" where this is the whole page. */
  titleAs?: "h1" | "h2" | "p";
  className?: string;
};

export function ErrorState({
  title = "Something went wrong",
  description = "Nothing was changed. Try again in a moment.",
  onRetry,
  retryPending,
  titleAs: Title = "p",
  className,
}: ErrorStateProps) {
  return (
    <div className={cn("flex flex-col items-center gap-4 px-6 py-12 text-center", className)} role="alert">
      <div
        aria-hidden
        className="bg-danger-muted text-danger grid size-10 place-items-center rounded [&_svg]:size-5"
      >
        <CircleAlert />
      </div>
      <div className="flex max-w-md flex-col gap-1">
        <Title className="text-base font-semibold">{title}</Title>
        <div className="text-muted-foreground text-balance">{description}</div>
      </div>
      {onRetry && (
        <Button onClick={onRetry} pending={retryPending}>
          <RotateCw aria-hidden />
          Try again
        </Button>
      )}
    </div>
  );
}
