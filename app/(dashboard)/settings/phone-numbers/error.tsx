"use client";

import { Unavailable } from "@/components/layout/unavailable";

export default function PhoneNumbersError({ reset }: { reset: () => void }) {
  return <Unavailable onRetry={reset} />;
}
