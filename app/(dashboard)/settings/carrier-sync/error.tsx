"use client";

import { Unavailable } from "@/components/layout/unavailable";

export default function CarrierSyncError({ reset }: { reset: () => void }) {
  return <Unavailable onRetry={reset} />;
}
