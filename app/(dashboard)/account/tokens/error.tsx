"use client";

import { Unavailable } from "@/components/layout/unavailable";

export default function PersonalTokensError({ reset }: { reset: () => void }) {
  return <Unavailable onRetry={reset} />;
}
