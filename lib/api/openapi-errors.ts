import { AppError, type ErrorCode } from "../errors";
import type { Endpoint } from "./endpoint";
import type { Answer, Example } from "./openapi-document";
import { type HeaderName, referToHeaders } from "./openapi-headers";
import { takesIdempotencyKey } from "./openapi-parameters";
import type { JsonSchema } from "./openapi-schemas";
import { generalErrors, problems, writeErrors } from "./problems";
import type { Surface } from "./surface";

const exampleRequestId = "req_0Qx5XNqG3vJ8sC1bT7yZ2k";
const exampleMoment = new Date("2026-11-22T09:14:06.418Z");

/** How an operation can fail: what it declares and what follows from its access, its method and its body. */
export function errorsOf(endpoint: Endpoint): ErrorCode[] {
  const { access, body, errors } = endpoint.description;
  const inapplicable = new Set<ErrorCode>([
    ...(endpoint.method === "GET" ? (["cross_site_request"] as const) : []),
    ...(body ? [] : (["payload_too_large"] as const)),
    ...(takesIdempotencyKey(endpoint) ? [] : (["request_in_progress", "idempotency_key_reused"] as const)),
  ]);
  const refusals: ErrorCode[] =
    access === "anybody" ? [] : access === "person" ? ["person_required"] : ["missing_scope"];
  const possible = [...errors, ...refusals, ...generalErrors, ...writeErrors];
  return [...new Set(possible)].filter((code) => !inapplicable.has(code));
}

/** The answers to these failures, by status, each with an example to a code. */
export function errorAnswers(
  surface: Surface,
  codes: readonly ErrorCode[],
  schema: JsonSchema,
): Record<string, Answer> {
  const statuses = [...new Set(codes.map((code) => problems[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => problems[code].status === status);
      const examples = Object.fromEntries(
        here.map((code) => [code, { $ref: `#/components/examples/${exampleName(surface, code)}` }]),
      );
      const answer: Answer = {
        description: here.map((code) => `- \`${code}\`: ${problems[code].meaning}`).join("\n"),
        headers: referToHeaders(namesOfHeaders(status, here)),
        content: { [surface.problemType]: { schema, examples } },
      };
      return [String(status), answer];
    }),
  );
}

function namesOfHeaders(status: number, codes: readonly ErrorCode[]): HeaderName[] {
  const waits = status === 429 || status === 503 || codes.some((code) => code.endsWith("_in_progress"));
  return [
    "X-Request-Id",
    // Who asks is not known yet, and so neither is their limit.
    ...(status === 401 ? (["WWW-Authenticate"] as const) : (["RateLimit", "RateLimit-Policy"] as const)),
    ...(waits ? (["Retry-After"] as const) : []),
  ];
}

function exampleName(surface: Surface, code: ErrorCode): string {
  return `${surface.name}.${code}`;
}

/** One failure of each kind on each surface, as it would be sent. */
export function errorExamples(surface: Surface, codes: readonly ErrorCode[]): Record<string, Example> {
  return Object.fromEntries(
    codes.map((code) => {
      const { title, meaning, example } = problems[code];
      const error = new AppError(code, example.detail, example.facts);
      const value = surface.explain(error, exampleRequestId, exampleMoment);
      return [exampleName(surface, code), { summary: title, description: meaning, value }];
    }),
  );
}
