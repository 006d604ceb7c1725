"use client";

import { useSyncExternalStore } from "react";
import { formatMoment, formatShortDay, formatShortMoment, formatUtcMoment } from "./format-date";

const subscribeToNothing = () => () => {};
const readTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const serverTimeZone = () => "UTC";

const formats = { full: formatMoment, short: formatShortMoment, day: formatShortDay };

/** The viewer's zone; UTC in the first HTML. */
export function useTimeZone(): string {
  return useSyncExternalStore(subscribeToNothing, readTimeZone, serverTimeZone);
}

interface MomentProps {
  iso: string;
  show?: keyof typeof formats;
  className?: string;
}

/** A point in time in the viewer's zone, with UTC on hover. The first HTML says UTC: the server knows no zone. */
export function Moment({ iso, show = "full", className }: MomentProps) {
  const timeZone = useTimeZone();
  return (
    <time
      className={className}
      dateTime={iso}
      title={`${formatMoment(iso, timeZone)} here, ${formatUtcMoment(iso)}`}
    >
      {formats[show](iso, timeZone)}
    </time>
  );
}
