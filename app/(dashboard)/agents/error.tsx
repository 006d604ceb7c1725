"use client";

import { Unavailable } from "@/components/layout/unavailable";

export default function AgentsError({ reset }: { reset: () => void }) {
  return <Unavailable onRetry={reset} />;
}
