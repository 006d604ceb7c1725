"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { ErrorState } from "@/components/ui/error-state";

/** Shown when the database is away. `onRetry` is an error boundary's reset; without it the page is asked for again. */
export function Unavailable({ onRetry }: { onRetry?: () => void }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      onRetry?.();
    });

  return (
    <div className="grid min-h-96 flex-1 place-items-center">
      <ErrorState
        description="Your numbers and calls are not affected by this page. Try again in a moment."
        onRetry={retry}
        retryPending={pending}
        title="Linedesk cannot reach its database."
        titleAs="h1"
      />
    </div>
  );
}
