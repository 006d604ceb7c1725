import type { Endpoint } from "./endpoint";
import type { Header, Reference } from "./openapi-document";
import { takesIdempotencyKey } from "./openapi-parameters";

/** What stands in the headers of answers. */
export const answerHeaders = {
  "X-Request-Id": {
    description: "Which request this answers. Quote it when you report a problem.",
    schema: { type: "string", examples: ["req_0Qx5XNqG3vJ8sC1bT7yZ2k"] },
  },
  RateLimit: {
    description: "Requests the caller has left, and the seconds until all are there again.",
    schema: { type: "string", examples: ['"caller";r=587;t=42'] },
  },
  "RateLimit-Policy": {
    description: "Requests a caller has, and the seconds they are counted over.",
    schema: { type: "string", examples: ['"caller";q=600;w=60'] },
  },
  ETag: {
    description: "The version of the resource, for If-Match.",
    schema: { type: "string", examples: ['"4"'] },
  },
  "Idempotent-Replayed": {
    description: "There, and `true`, when this is the first answer to the Idempotency-Key once more.",
    schema: { type: "string", const: "true" },
  },
  "Retry-After": {
    description: "Seconds to wait before asking again.",
    schema: { type: "integer", minimum: 1, examples: [2] },
  },
  "WWW-Authenticate": {
    description: "How to say who you are.",
    schema: { type: "string", examples: ['Bearer realm="Linedesk"'] },
  },
} as const satisfies Record<string, Header>;

export type HeaderName = keyof typeof answerHeaders;

export function referToHeaders(names: readonly HeaderName[]): Record<string, Reference> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The headers of an answer that went well. `all` tells whether the same resource can be edited with If-Match. */
export function headersOfSuccess(
  endpoint: Endpoint,
  status: number,
  all: readonly Endpoint[],
): Record<string, Reference> {
  const { method, path, description } = endpoint;
  const isEditable = all.some((other) => other.path === path && other.description.ifMatch);
  const hasVersion = status !== 204 && (description.ifMatch || (method === "GET" && isEditable));
  return referToHeaders([
    "X-Request-Id",
    "RateLimit",
    "RateLimit-Policy",
    ...(hasVersion ? (["ETag"] as const) : []),
    ...(takesIdempotencyKey(endpoint) ? (["Idempotent-Replayed"] as const) : []),
  ]);
}
