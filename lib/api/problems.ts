import type { ErrorCode } from "../errors";

interface ProblemKind {
  status: number;
  title: string;
  /** What it means and what to do about it, for the reference. */
  meaning: string;
  /** The word of the compatible API where its documentation has one of its own. */
  publicCode?: string;
}

/** The one list of what can go wrong: status, title and meaning of each code, for both surfaces and for `/docs/errors`. */
export const problems: Record<ErrorCode, ProblemKind> = {
  invalid_request: {
    status: 400,
    title: "The request cannot be read",
    meaning:
      "The body is not JSON, a header or the address is malformed. The sentence says which; mend it and send it again.",
  },
  validation_failed: {
    status: 422,
    title: "The request has errors",
    meaning:
      "A field is missing, unknown or has a value that is not accepted. `errors` names each field by its path and says what it takes.",
    publicCode: "validation_error",
  },
  payload_too_large: {
    status: 413,
    title: "The request is too large",
    meaning: "A body may have at most 100 kB.",
  },
  unauthenticated: {
    status: 401,
    title: "Sign in first",
    meaning:
      "There is no key, or it is malformed, revoked, expired or for another organization. Make a new one under Settings, API keys.",
    publicCode: "unauthorized",
  },
  organization_required: {
    status: 401,
    title: "No organization named",
    meaning:
      "A personal token acts in several organizations. Name one in the header X-Organization-Id (or X-Anyreach-Org).",
    publicCode: "unauthorized",
  },
  missing_scope: {
    status: 403,
    title: "Not allowed",
    meaning: "The caller does not hold a scope this needs. `scopes` names the ones of which any would do.",
    publicCode: "forbidden",
  },
  person_required: {
    status: 403,
    title: "Only for people",
    meaning: "Personal tokens belong to a person. A key of an organization has nobody behind it.",
    publicCode: "forbidden",
  },
  cross_site_request: {
    status: 403,
    title: "The request came from another site",
    meaning:
      "A browser sent its session cookie from a page that is not Linedesk's. Programs send a key instead.",
    publicCode: "forbidden",
  },
  not_found: {
    status: 404,
    title: "Not found",
    meaning: "There is nothing of this organization at this address or with this id.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    meaning: "The address exists, the method does not. The header Allow lists those that do.",
  },
  number_limit_reached: {
    status: 403,
    title: "Limit reached",
    meaning:
      "The plan's number limit is reached. Release a number, or ask the installation's owner for a higher limit.",
  },
  number_already_owned: {
    status: 409,
    title: "Already yours",
    meaning: "The organization already has this number; nothing was bought. `phone_number_id` names it.",
  },
  number_unavailable: {
    status: 409,
    title: "Number not available",
    meaning:
      "The number is not for sale, or not any more; nothing was bought. Search again and choose another one.",
  },
  purchase_in_progress: {
    status: 409,
    title: "Purchase in progress",
    meaning:
      "The organization is buying this number right now. Nothing is bought twice; look at the number again in a moment.",
  },
  price_changed: {
    status: 409,
    title: "Price changed",
    meaning:
      "The carrier now asks for more than `expected_monthly_cost`; nothing was bought. `cost_information` is the price now.",
  },
  paperwork_required: {
    status: 409,
    title: "Paperwork needed",
    meaning:
      "The carrier wants an address or documents first. Register them with the carrier, then try again.",
  },
  number_not_active: {
    status: 409,
    title: "Number not active",
    meaning: "The number is being bought, being released, or gone, so this cannot be done with it now.",
  },
  number_in_use: {
    status: 409,
    title: "Number in use",
    meaning: "A slot of the number is filled. Unassign it first, or release it with `unassign=true`.",
  },
  number_not_managed: {
    status: 409,
    title: "Not a managed number",
    meaning: "The number was brought along and stays with its carrier, so it cannot be given back there.",
  },
  slot_occupied: {
    status: 409,
    title: "Slot taken",
    meaning: "Another agent holds the slot. Send `replace: true` to take it over.",
  },
  trunk_is_managed: {
    status: 400,
    title: "Managed trunk",
    meaning:
      "Linedesk runs this trunk. Numbers arrive on it by buying them; your own go on a trunk of your own.",
  },
  agent_in_use: {
    status: 409,
    title: "Agent in use",
    meaning: "The agent still answers or calls from numbers. Unassign it from them first.",
  },
  version_not_published: {
    status: 409,
    title: "Version not published",
    meaning: "Only published versions can be assigned. Publish it, or choose another one.",
  },
  version_is_published: {
    status: 400,
    title: "Version is published",
    meaning: "A published version never changes. Create another version, from this one if you like.",
  },
  stale_edit: {
    status: 412,
    title: "Changed meanwhile",
    meaning: "The resource is no longer the one named in If-Match. Read it again, then decide.",
  },
  plan_not_valid: {
    status: 409,
    title: "Plan not valid",
    meaning:
      "The plan's token is older than five minutes, was made for another caller, or the facts have changed. Make a new plan.",
  },
  request_in_progress: {
    status: 409,
    title: "Still working on it",
    meaning:
      "A request with this Idempotency-Key has not ended yet. Send it again after Retry-After; the answer will be the first one's.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "Idempotency-Key used before",
    meaning: "The key came with another request before. Use a new key for every request that is meant anew.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    meaning: "The caller or its organization asked too often. Wait for the seconds in Retry-After.",
    publicCode: "rate_limit_exceeded",
  },
  carrier_refused: {
    status: 502,
    title: "The carrier refused",
    meaning: "The carrier said no; nothing was bought or released. `carrier_code` is its own code.",
  },
  carrier_unreachable: {
    status: 502,
    title: "The carrier cannot be reached",
    meaning: "The carrier did not answer; nothing was done. Try again in a moment.",
  },
  carrier_busy: {
    status: 503,
    title: "The carrier is busy",
    meaning: "The carrier asks for patience; nothing was done. Try again after Retry-After.",
  },
  service_unavailable: {
    status: 503,
    title: "Not available right now",
    meaning: "Linedesk cannot reach its database; nothing was done. Try again after Retry-After.",
  },
  not_implemented: {
    status: 501,
    title: "Not available yet",
    meaning:
      "The address and its fields are settled, the work behind them is not there yet. Nothing was done.",
  },
  internal_error: {
    status: 500,
    title: "Something went wrong",
    meaning: "A defect on our side. Quote `request_id` when you report it.",
  },
};

export function statusOfCode(code: ErrorCode): number {
  return problems[code].status;
}

/** The code as the compatible API says it. */
export function publicCodeOf(code: ErrorCode): string {
  return problems[code].publicCode ?? code;
}

/** How any operation that asks the carrier can fail. */
export const carrierErrors = [
  "carrier_refused",
  "carrier_unreachable",
  "carrier_busy",
] as const satisfies ErrorCode[];

/** How any operation can fail. */
export const generalErrors = [
  "invalid_request",
  "unauthenticated",
  "organization_required",
  "validation_failed",
  "rate_limited",
  "service_unavailable",
  "internal_error",
] as const satisfies ErrorCode[];

/** How any operation with a body or an Idempotency-Key can fail besides. */
export const writeErrors = [
  "cross_site_request",
  "payload_too_large",
  "request_in_progress",
  "idempotency_key_reused",
] as const satisfies ErrorCode[];
