import { isDatabaseUnavailable } from "../db/transaction";
import { AppError } from "../errors";
import { log } from "../log";
import { problems } from "./problems";
import { rateLimitHeaders } from "./rate-limit-headers";

/** What is wrong, as the surfaces put it into words of their own. What was not expected is logged and told without detail. */
export function toExpected(thrown: unknown, requestId: string): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isDatabaseUnavailable(thrown)) {
    log.error({ err: thrown, requestId }, "The database is not available.");
    const sentence = "Linedesk cannot reach its database. Nothing was done; try again in a moment.";
    return new AppError("service_unavailable", sentence, { retryAfterSeconds: 2 });
  }
  log.error({ err: thrown, requestId }, "A request failed in a way nobody planned for.");
  return new AppError(
    "internal_error",
    "Something went wrong on our side. Quote the request id if it happens again.",
  );
}

/** For a database that went away while a change was being made: what was committed may have been. */
export function asUncertain(thrown: unknown): unknown {
  if (thrown instanceof AppError || !isDatabaseUnavailable(thrown)) return thrown;
  log.error({ err: thrown }, "The database went away while a change was being made.");
  return new AppError(
    "service_unavailable",
    "Linedesk lost its database while it worked on this, so it may be done or not. Look before you send it again, or send it with the same Idempotency-Key.",
    { retryAfterSeconds: 2 },
  );
}

/** The headers of every answer, and those an error adds. */
export function headersOfError(error: AppError, requestId: string): Record<string, string> {
  const { retryAfterSeconds } = error.extra;
  return {
    ...headersOfLimit(error),
    "Cache-Control": "private, no-store",
    "X-Request-Id": requestId,
    ...(retryAfterSeconds ? { "Retry-After": String(retryAfterSeconds) } : {}),
    ...(problems[error.code].status === 401 ? { "WWW-Authenticate": 'Bearer realm="Linedesk"' } : {}),
  };
}

/** Which limit was reached; other answers tell how much of the caller's own is left. */
function headersOfLimit({ code, extra }: AppError): Record<string, string> {
  if (code !== "rate_limited") return {};
  const { policy, limit, retryAfterSeconds = 0 } = extra;
  return rateLimitHeaders({
    policy: String(policy),
    limit: Number(limit),
    remaining: 0,
    seconds: retryAfterSeconds,
  });
}

/** A failure as RFC 9457 has it, with its facts beside. */
export function problemBody(error: AppError, requestId: string): object {
  const { status, title } = problems[error.code];
  const { retryAfterSeconds: _, ...facts } = error.extra;
  const members = {
    type: `/docs/errors#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
  };
  // Once in front, for whoever reads it, and once behind, so that no fact can take a member's place.
  return { ...members, ...facts, ...members };
}

/** Any failure as `application/problem+json`. */
export function problemResponse(thrown: unknown, requestId: string): Response {
  const error = toExpected(thrown, requestId);
  return new Response(JSON.stringify(problemBody(error, requestId)), {
    status: problems[error.code].status,
    headers: { ...headersOfError(error, requestId), "Content-Type": "application/problem+json" },
  });
}
