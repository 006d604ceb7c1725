/** Every limit counts in windows this long. */
export const windowSeconds = 60;

interface Window {
  /** Whose limit it is. */
  policy: string;
  /** Requests in a window. */
  limit: number;
  remaining: number;
  /** Until the window ends. */
  seconds: number;
}

/** What an answer says of a limit, as draft-ietf-httpapi-ratelimit-headers-10 has it. */
export function rateLimitHeaders({ policy, limit, remaining, seconds }: Window): Record<string, string> {
  return {
    "RateLimit-Policy": `"${policy}";q=${limit};w=${windowSeconds}`,
    RateLimit: `"${policy}";r=${remaining};t=${seconds}`,
  };
}
