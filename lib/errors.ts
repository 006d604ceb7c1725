/** Every way an operation can fail on purpose. The codes are public and never change their meaning. */
export type ErrorCode =
  | "invalid_request"
  | "validation_failed"
  | "payload_too_large"
  | "unauthenticated"
  | "organization_required"
  | "missing_scope"
  | "person_required"
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
  | "number_locked"
  | "number_not_held"
  | "drift_settled"
  | "drift_action_unfit"
  | "sync_required"
  | "slot_occupied"
  | "trunk_is_managed"
  | "agent_in_use"
  | "version_not_published"
  | "version_is_published"
  | "stale_edit"
  | "plan_not_valid"
  | "request_in_progress"
  | "idempotency_key_reused"
  | "rate_limited"
  | "carrier_refused"
  | "carrier_unreachable"
  | "carrier_busy"
  | "service_unavailable"
  | "safe_mode"
  | "buying_stopped"
  | "releasing_stopped"
  | "not_implemented"
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
