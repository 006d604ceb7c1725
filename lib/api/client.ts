import type { Operations } from "./operations";

/** Calls to our own API from the browser. Types come from the endpoint declarations, nothing else does. */

export interface FieldIssue {
  path: string;
  message: string;
}

/** An error answer of the API: `detail` is a sentence for people, `code` one of the closed list of `lib/errors`. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: FieldIssue[],
    readonly body: Record<string, unknown>,
  ) {
    super(detail);
  }
}

type QueryValue = string | number | boolean | readonly string[] | null | undefined;

export interface CallOptions {
  path?: Record<string, string>;
  query?: Record<string, QueryValue>;
  body?: unknown;
  /** Version the caller saw; the edit is refused (412) when it moved on. */
  ifMatch?: number;
  signal?: AbortSignal;
}

type Input<K extends keyof Operations> = Omit<CallOptions, "body"> &
  (Operations[K]["body"] extends never ? object : { body: Operations[K]["body"] });

/**
 * Calls one operation, named as declared: `call("GET /core/phone-numbers", { query: { limit: 50 } })`.
 * Returns the answer's body; throws ApiProblem for error answers and for a server that cannot be reached.
 */
export async function call<K extends keyof Operations & string>(
  operation: K,
  ...[input]: Operations[K]["body"] extends never ? [input?: Input<K>] : [input: Input<K>]
): Promise<Operations[K]["response"]> {
  const options: CallOptions = input ?? {};
  const [method, template] = operation.split(" ");
  const response = await send(`${fillPath(template ?? "", options.path)}${queryString(options.query)}`, {
    method: method ?? "GET",
    headers: {
      Accept: "application/json",
      ...(options.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(options.ifMatch === undefined ? {} : { "If-Match": `"${options.ifMatch}"` }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toProblem(response.status, body);
  return body as Operations[K]["response"];
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem(
      0,
      "unreachable",
      "Linedesk did not answer. Check your connection and try again.",
      [],
      {},
    );
  }
}

function toProblem(status: number, body: unknown): ApiProblem {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const detail =
    typeof fields.detail === "string" ? fields.detail : "Linedesk could not answer. Try again in a moment.";
  const code = typeof fields.code === "string" ? fields.code : "internal_error";
  const errors = Array.isArray(fields.errors) ? (fields.errors as FieldIssue[]) : [];
  return new ApiProblem(status, code, detail, errors, fields);
}

function fillPath(template: string, path: Record<string, string> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
}

function queryString(query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    params.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}
