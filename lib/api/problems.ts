import type { ErrorCode } from "../errors";

interface ProblemKind {
  status: number;
  title: string;
  /** What it means and what to do about it, for the reference. */
  meaning: string;
  /** The word of the compatible API where its documentation has one of its own. */
  publicCode?: string;
  /** One such failure, as somebody met it. */
  example: { detail: string; facts?: Record<string, unknown> };
}

/** The one list of what can go wrong: status, title and meaning of each code, for both surfaces and for `/docs/errors`. */
export const problems: Record<ErrorCode, ProblemKind> = {
  invalid_request: {
    status: 400,
    title: "The request cannot be read",
    meaning:
      "The body is not JSON, a header or the address is malformed. The sentence says which; mend it and send it again.",
    example: { detail: "The body is not valid JSON." },
  },
  validation_failed: {
    status: 422,
    title: "The request has errors",
    meaning:
      "A field is missing, unknown or has a value that is not accepted. `errors` names each field by its path and says what it takes.",
    publicCode: "validation_error",
    example: {
      detail:
        "phone_number: Write the number in E.164 form: a plus, the country code and the digits, like +14155550123.",
      facts: {
        errors: [
          {
            path: "phone_number",
            message:
              "Write the number in E.164 form: a plus, the country code and the digits, like +14155550123.",
          },
        ],
      },
    },
  },
  payload_too_large: {
    status: 413,
    title: "The request is too large",
    meaning: "A body may have at most 100 kB.",
    example: { detail: "A body may have at most 100 kB." },
  },
  unauthenticated: {
    status: 401,
    title: "Sign in first",
    meaning:
      "There is no key, or it is malformed, revoked, expired or for another organization. Make a new one under Settings, API keys.",
    publicCode: "unauthorized",
    example: { detail: "You are not signed in. Sign in, or send a key: Authorization: Bearer ak_…." },
  },
  organization_required: {
    status: 401,
    title: "No organization named",
    meaning:
      "A personal token acts in several organizations. Name one in the header X-Organization-Id (or X-Anyreach-Org).",
    publicCode: "unauthorized",
    example: { detail: "Token is missing organization claim." },
  },
  missing_scope: {
    status: 403,
    title: "Not allowed",
    meaning: "The caller does not hold a scope this needs. `scopes` names the ones of which any would do.",
    publicCode: "forbidden",
    example: {
      detail: "This needs the scope phone_numbers:manage.",
      facts: { scopes: ["phone_numbers:manage"] },
    },
  },
  person_required: {
    status: 403,
    title: "Only for people",
    meaning: "Personal tokens belong to a person. A key of an organization has nobody behind it.",
    publicCode: "forbidden",
    example: { detail: "Only a person can do this: sign in, or use a personal token." },
  },
  cross_site_request: {
    status: 403,
    title: "The request came from another site",
    meaning:
      "A browser sent its session cookie from a page that is not Linedesk's. Programs send a key instead.",
    publicCode: "forbidden",
    example: { detail: "This request did not come from Linedesk's own pages." },
  },
  not_found: {
    status: 404,
    title: "Not found",
    meaning: "There is nothing of this organization at this address or with this id.",
    example: { detail: "There is no such phone number." },
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    meaning: "The address exists, the method does not. The header Allow lists those that do.",
    example: { detail: "This address answers GET, POST." },
  },
  number_limit_reached: {
    status: 403,
    title: "Limit reached",
    meaning:
      "The plan's number limit is reached. Release a number, or ask the installation's owner for a higher limit.",
    example: {
      detail: "You have reached the maximum number of phone numbers for your organization.",
      facts: { numbers: 50, number_limit: 50 },
    },
  },
  number_already_owned: {
    status: 409,
    title: "Already yours",
    meaning: "The organization already has this number; nothing was bought. `phone_number_id` names it.",
    example: {
      detail: "Your organization already has this number.",
      facts: { phone_number_id: "num_1xSgPBeY4sRm9Wc2oAh6Gi" },
    },
  },
  number_unavailable: {
    status: 409,
    title: "Number not available",
    meaning:
      "The number is not for sale, or not any more, or cannot be registered here; nothing was done. Choose another one.",
    example: {
      detail: "This number is no longer available. Choose another one.",
      facts: { purchase_order_id: "po_1xSgPBf3nTq6Jd8uXv0ZkL", carrier_code: "21422" },
    },
  },
  purchase_in_progress: {
    status: 409,
    title: "Purchase in progress",
    meaning:
      "The organization is buying this number right now. Nothing is bought twice; look at the number again in a moment.",
    example: {
      detail: "This number is being bought for your organization right now.",
      facts: { phone_number_id: "num_1xSgPBeY4sRm9Wc2oAh6Gi" },
    },
  },
  price_changed: {
    status: 409,
    title: "Price changed",
    meaning:
      "The carrier now asks for more than `expected_monthly_cost`; nothing was bought. `cost_information` is the price now.",
    example: {
      detail: "The carrier now asks for 1.30 USD a month. Nothing was bought.",
      facts: { cost_information: { monthly_cost: "1.30", upfront_cost: "0.00", currency: "USD" } },
    },
  },
  paperwork_required: {
    status: 409,
    title: "Paperwork needed",
    meaning:
      "The carrier wants an address or documents first. Register them with the carrier, then try again.",
    example: {
      detail:
        "The carrier asks for an address before it sells this number, and the carrier account has none.",
      facts: { address_requirement: "any" },
    },
  },
  number_not_active: {
    status: 409,
    title: "Number not active",
    meaning: "The number is being bought, being released, or gone, so this cannot be done with it now.",
    example: { detail: "This number is not active, so this cannot be done with it now." },
  },
  number_in_use: {
    status: 409,
    title: "Number in use",
    meaning: "A slot of the number is filled. Unassign it first, or release it with `unassign=true`.",
    example: {
      detail:
        "This number is in use by Reception (inbound). Unassign it first, or choose to unassign and release.",
      facts: {
        slots: [
          {
            direction: "inbound",
            agent_id: "agt_1xSgOxHp7wgq7oD0cYf1Wt",
            agent_name: "Reception",
            version: 3,
          },
        ],
      },
    },
  },
  number_not_managed: {
    status: 409,
    title: "Not a managed number",
    meaning: "The number was imported and stays with its carrier, so it cannot be given back there.",
    example: {
      detail: "This number was imported and stays with its carrier; it cannot be released here.",
    },
  },
  number_locked: {
    status: 409,
    title: "Number locked",
    meaning:
      "Somebody locked the number so that it is not released by mistake. Unlock it first: PATCH it with `locked: false`.",
    example: { detail: "This number is locked. Unlock it before you release it." },
  },
  number_not_held: {
    status: 409,
    title: "Number not held",
    meaning:
      "Only a release that waits can be undone; this number has no such release, or the carrier has been told already.",
    example: { detail: "This number does not wait to be released, so there is nothing to undo." },
  },
  drift_settled: {
    status: 409,
    title: "Difference settled",
    meaning:
      "Somebody decided about this difference meanwhile, or it disappeared by itself. Read it again to see how it ended.",
    example: { detail: "This difference is settled already." },
  },
  drift_action_unfit: {
    status: 409,
    title: "Action does not fit",
    meaning: "`actions` of the difference names what can be done about it; this is not among them.",
    example: { detail: "A number that the carrier no longer has cannot be given back." },
  },
  sync_required: {
    status: 409,
    title: "Compare first",
    meaning:
      "Safe mode ends after every carrier account has been compared since it began. Start a comparison and wait for its end.",
    example: { detail: "Compare every carrier account first, so that you know what changed." },
  },
  slot_occupied: {
    status: 409,
    title: "Slot taken",
    meaning: "Another agent holds the slot. Send `replace: true` to take it over.",
    example: {
      detail: "Reception holds the inbound slot of this number.",
      facts: {
        slot: {
          direction: "inbound",
          agent_id: "agt_1xSgOxHp7wgq7oD0cYf1Wt",
          agent_name: "Reception",
          version: 3,
        },
      },
    },
  },
  trunk_is_managed: {
    status: 400,
    title: "Managed trunk",
    meaning:
      "Linedesk runs this trunk. Numbers arrive on it by buying them; your own go on a trunk of your own.",
    example: {
      detail: "Linedesk runs this trunk: numbers arrive on it by buying them. Name a trunk of your own.",
    },
  },
  agent_in_use: {
    status: 409,
    title: "Agent in use",
    meaning: "The agent still answers or calls from numbers. Unassign it from them first.",
    example: {
      detail: "Reception answers 2 numbers and calls from 1 number. Unassign it there first.",
      facts: { inbound_numbers: 2, outbound_numbers: 1 },
    },
  },
  version_not_published: {
    status: 409,
    title: "Version not published",
    meaning: "Only published versions can be assigned. Publish it, or choose another one.",
    example: { detail: "Version 4 of Reception is not published." },
  },
  version_is_published: {
    status: 400,
    title: "Version is published",
    meaning: "A published version never changes. Create another version, from this one if you like.",
    example: {
      detail: "Version 3 is published and never changes. Create another one from it.",
    },
  },
  stale_edit: {
    status: 412,
    title: "Changed meanwhile",
    meaning: "The resource is no longer the one named in If-Match. Read it again, then decide.",
    example: { detail: "This number was changed meanwhile. Look at it again before you change it." },
  },
  plan_not_valid: {
    status: 409,
    title: "Plan not valid",
    meaning:
      "The plan's token is older than five minutes, was made for another caller or tool, or was not copied whole. Make a new plan.",
    example: { detail: "This plan is older than five minutes. Make a new plan." },
  },
  request_in_progress: {
    status: 409,
    title: "Still working on it",
    meaning:
      "A request with this Idempotency-Key has not ended yet. Send it again after Retry-After; the answer will be the first one's.",
    example: {
      detail: "The first request with this Idempotency-Key has not ended yet. Send it again in a moment.",
      facts: { operation_id: "po_1xSgPBf3nTq6Jd8uXv0ZkL" },
    },
  },
  idempotency_key_reused: {
    status: 422,
    title: "Idempotency-Key used before",
    meaning: "The key came with another request before. Use a new key for every request that is meant anew.",
    example: {
      detail: "This Idempotency-Key came with another request before. Use a new key for each request.",
    },
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    meaning: "The caller or its organization asked too often. Wait for the seconds in Retry-After.",
    publicCode: "rate_limit_exceeded",
    example: {
      detail: "You have sent more than 600 requests in a minute. Wait 12 s.",
      facts: { policy: "caller", limit: 600, reset_at: "2026-11-22T09:15:00.000Z" },
    },
  },
  carrier_refused: {
    status: 502,
    title: "The carrier refused",
    meaning: "The carrier said no; nothing was bought or released. `carrier_code` is its own code.",
    example: {
      detail: "The carrier refused: Account not allowed to buy numbers.",
      facts: { carrier_code: "20003" },
    },
  },
  carrier_unreachable: {
    status: 502,
    title: "The carrier cannot be reached",
    meaning: "The carrier did not answer; nothing was done. Try again in a moment.",
    example: {
      detail: "The carrier cannot be reached. Nothing was done; try again in a moment.",
      facts: { carrier_code: null },
    },
  },
  carrier_busy: {
    status: 503,
    title: "The carrier is busy",
    meaning: "The carrier asks for patience; nothing was done. Try again after Retry-After.",
    example: {
      detail: "The carrier is busy. Nothing was done; try again in a moment.",
      facts: { carrier_code: "20429" },
    },
  },
  service_unavailable: {
    status: 503,
    title: "Not available right now",
    meaning: "Linedesk cannot reach its database; nothing was done. Try again after Retry-After.",
    example: { detail: "Linedesk cannot reach its database. Nothing was done; try again in a moment." },
  },
  safe_mode: {
    status: 503,
    title: "Safe mode",
    meaning:
      "The database went back in time, as after a restored backup, so purchases or releases may be missing here. Nothing is bought or released until somebody who runs the installation has compared and ended safe mode.",
    example: {
      detail: "Nothing can be bought or released until somebody has looked: the database went back in time.",
    },
  },
  buying_stopped: {
    status: 503,
    title: "Buying is stopped",
    meaning:
      "Somebody stopped purchases everywhere, at this carrier account or for this organization; the sentence says why. Nothing was done.",
    example: { detail: "Buying numbers is stopped: the carrier's prices are wrong. Nothing was done." },
  },
  releasing_stopped: {
    status: 503,
    title: "Releasing is stopped",
    meaning:
      "Somebody stopped releases everywhere, at this carrier account or for this organization; the sentence says why. Numbers that wait to be released wait longer. Nothing was done.",
    example: { detail: "Releasing numbers is stopped: under review. Nothing was done." },
  },
  not_implemented: {
    status: 501,
    title: "Not available yet",
    meaning:
      "The address and its fields are settled, the work behind them is not there yet. Nothing was done.",
    example: { detail: "This is not available yet. Nothing was done." },
  },
  internal_error: {
    status: 500,
    title: "Something went wrong",
    meaning: "A defect on our side. Quote `request_id` when you report it.",
    example: { detail: "Something went wrong on our side. Quote the request id if it happens again." },
  },
};

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
