"use client";

import { ErrorState } from "@/components/ui/error-state";
import "./globals.css";

/** Stands in for the root layout itself, so it brings its own document and has no theme. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Linedesk</title>
        <main className="grid min-h-dvh place-items-center">
          <ErrorState
            description="Linedesk could not start this page. Try again in a moment."
            onRetry={reset}
            requestId={error.digest}
            titleAs="h1"
          />
        </main>
      </body>
    </html>
  );
}
