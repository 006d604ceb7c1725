import { isDatabaseUnavailable } from "../db/transaction";
import { AppError } from "../errors";
import { log } from "../log";
import { problems } from "./problems";

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

/** The headers of every answer, and those an error adds. */
export function headersOfError(error: AppError, requestId: string): Record<string, string> {
  const { retryAfterSeconds } = error.extra;
  return {
    "Cache-Control": "private, no-store",
    "X-Request-Id": requestId,
    ...(retryAfterSeconds ? { "Retry-After": String(retryAfterSeconds) } : {}),
    ...(problems[error.code].status === 401 ? { "WWW-Authenticate": 'Bearer realm="Linedesk"' } : {}),
  };
}

/** Any failure as `application/problem+json` (RFC 9457). */
export function problemResponse(thrown: unknown, requestId: string): Response {
  const error = toExpected(thrown, requestId);
  const { status, title } = problems[error.code];
  const { retryAfterSeconds: _, ...facts } = error.extra;
  const body = {
    ...facts,
    type: `/docs/errors#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headersOfError(error, requestId), "Content-Type": "application/problem+json" },
  });
}
