"use client";

import { PageError } from "@/components/layout/page-error";
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
        <PageError
          description="Linedesk could not start this page. Try again in a moment."
          onRetry={reset}
          requestId={error.digest}
        />
      </body>
    </html>
  );
}
