/** Every way an operation can fail on purpose. The codes are public and never change their meaning. */
export type ErrorCode =
  | "invalid_request"
  | "validation_failed"
  | "payload_too_large"
  | "unauthenticated"
  | "missing_scope"
  | "cross_site_request"
  | "not_found"
  | "method_not_allowed"
  | "number_limit_reached"
  | "number_already_owned"
  | "number_unavailable"
  | "purchase_in_progress"
  | "price_changed"
  | "paperwork_required"
  | "number_not_active"
  | "number_in_use"
  | "number_not_managed"
  | "slot_occupied"
  | "version_not_published"
  | "stale_edit"
  | "carrier_refused"
  | "carrier_unreachable"
  | "carrier_busy"
  | "service_unavailable"
  | "internal_error";

export interface FieldIssue {
  path: string;
  message: string;
}

/** An expected failure. `message` is the sentence a user reads; `extra` are machine-readable facts beside it. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extra: { errors?: FieldIssue[]; retryAfterSeconds?: number; [fact: string]: unknown } = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function notFound(what: string): AppError {
  return new AppError("not_found", `There is no such ${what}.`);
}
