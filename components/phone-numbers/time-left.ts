const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "6 days 4 hours", "4 hours 12 minutes", "12 minutes": what is left until a moment that is not over yet. */
export function formatTimeLeft(ms: number): string {
  const { days, hours, minutes } = takeApart(ms);
  if (days > 0) return join(count(days, "day"), hours > 0 && count(hours, "hour"));
  if (hours > 0) return join(count(hours, "hour"), minutes > 0 && count(minutes, "minute"));
  return count(minutes, "minute");
}

/** "6 d", "4 h", "12 min", where there is room for no more. */
export function formatShortTimeLeft(ms: number): string {
  const { days, hours, minutes } = takeApart(ms);
  if (days > 0) return `${days} d`;
  return hours > 0 ? `${hours} h` : `${minutes} min`;
}

/** To the hour while it is days, to the minute after that, and never none. */
function takeApart(ms: number) {
  const grain = ms >= dayMs - hourMs / 2 ? hourMs : minuteMs;
  const rounded = Math.max(Math.round(ms / grain) * grain, minuteMs);
  return {
    days: Math.floor(rounded / dayMs),
    hours: Math.floor((rounded % dayMs) / hourMs),
    minutes: Math.floor((rounded % hourMs) / minuteMs),
  };
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

function join(first: string, second: string | false): string {
  return second ? `${first} ${second}` : first;
}
