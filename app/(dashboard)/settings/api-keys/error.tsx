"use client";

import { Unavailable } from "@/components/layout/unavailable";

export default function ApiKeysError({ reset }: { reset: () => void }) {
  return <Unavailable onRetry={reset} />;
}
