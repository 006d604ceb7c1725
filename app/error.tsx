"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { PageError } from "@/components/layout/page-error";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  // The refresh makes the server try again; reset alone would only render the same failure anew.
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });

  return (
    <PageError
      description="This page could not be shown. Try again; if it keeps happening, pass the reference on to whoever runs this installation."
      onRetry={retry}
      requestId={error.digest}
      retryPending={pending}
    />
  );
}
