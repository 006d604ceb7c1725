import { isDatabaseUnavailable } from "../db/transaction";
import { AppError, type ErrorCode } from "../errors";
import { log } from "../log";

/** The one table from error codes to HTTP statuses and titles. */
const problems: Record<ErrorCode, { status: number; title: string }> = {
  invalid_request: { status: 400, title: "The request cannot be read" },
  validation_failed: { status: 422, title: "The request has errors" },
  payload_too_large: { status: 413, title: "The request is too large" },
  unauthenticated: { status: 401, title: "Sign in first" },
  missing_scope: { status: 403, title: "Not allowed" },
  cross_site_request: { status: 403, title: "The request came from another site" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  number_limit_reached: { status: 403, title: "Limit reached" },
  number_already_owned: { status: 409, title: "Already yours" },
  number_unavailable: { status: 409, title: "Number not available" },
  purchase_in_progress: { status: 409, title: "Purchase in progress" },
  price_changed: { status: 409, title: "Price changed" },
  paperwork_required: { status: 409, title: "Paperwork needed" },
  number_not_active: { status: 409, title: "Number not active" },
  number_in_use: { status: 409, title: "Number in use" },
  number_not_managed: { status: 409, title: "Not a managed number" },
  slot_occupied: { status: 409, title: "Slot taken" },
  version_not_published: { status: 409, title: "Version not published" },
  stale_edit: { status: 412, title: "Changed meanwhile" },
  carrier_refused: { status: 502, title: "The carrier refused" },
  carrier_unreachable: { status: 502, title: "The carrier cannot be reached" },
  carrier_busy: { status: 503, title: "The carrier is busy" },
  service_unavailable: { status: 503, title: "Not available right now" },
  internal_error: { status: 500, title: "Something went wrong" },
};

export function statusOfCode(code: ErrorCode): number {
  return problems[code].status;
}

/** Any failure as `application/problem+json` (RFC 9457). What was not expected is logged and told without detail. */
export function problemResponse(thrown: unknown, requestId: string): Response {
  const error = toExpected(thrown, requestId);
  const { status, title } = problems[error.code];
  const { retryAfterSeconds, ...extra } = error.extra;
  const body = {
    ...extra,
    type: `/docs/errors#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "private, no-store",
      "X-Request-Id": requestId,
      ...(retryAfterSeconds ? { "Retry-After": String(retryAfterSeconds) } : {}),
    },
  });
}

function toExpected(thrown: unknown, requestId: string): AppError {
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
