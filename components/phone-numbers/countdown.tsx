"use client";

import { Tooltip } from "@/components/ui/tooltip";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { formatUtcMoment } from "./format-date";
import { Moment } from "./moment";
import { formatTimeLeft } from "./time-left";
import { useNow } from "./use-now";

/** How long a release waits still, with the exact moment on hover and focus. */
export function Countdown({ number }: { number: PhoneNumber }) {
  const now = useNow();
  if (number.status === "releasing") return <>releasing…</>;
  if (!number.release) return <span className="text-muted-foreground">-</span>;

  const { release_at: releaseAt } = number.release;
  if (now === null) return <Moment className="tabular" iso={releaseAt} show="short" />;
  const left = Date.parse(releaseAt) - now;
  return (
    <Tooltip
      className="tabular min-h-6 rounded text-left underline decoration-dotted underline-offset-4"
      content={
        <>
          <Moment iso={releaseAt} />
          <br />
          <span className="text-muted-foreground">{formatUtcMoment(releaseAt)}</span>
        </>
      }
      label={formatUtcMoment(releaseAt)}
    >
      {left > 0 ? `in ${formatTimeLeft(left)}` : "any moment now"}
    </Tooltip>
  );
}
