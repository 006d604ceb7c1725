"use client";

import { useSyncExternalStore } from "react";
import { formatMoment, formatShortMoment, formatUtcMoment } from "./format-date";

const subscribeToNothing = () => () => {};
const readTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const serverTimeZone = () => "UTC";

/** A point in time in the viewer's zone, with UTC on hover. The first HTML says UTC: the server knows no zone. */
export function Moment({
  iso,
  short = false,
  className,
}: {
  iso: string;
  short?: boolean;
  className?: string;
}) {
  const timeZone = useSyncExternalStore(subscribeToNothing, readTimeZone, serverTimeZone);
  return (
    <time className={className} dateTime={iso} title={formatUtcMoment(iso)}>
      {short ? formatShortMoment(iso, timeZone) : formatMoment(iso, timeZone)}
    </time>
  );
}
