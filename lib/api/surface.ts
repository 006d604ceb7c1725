import { z } from "zod";
import type { AppError } from "../errors";
import { headersOfError, problemBody, problemResponse, toExpected } from "./problem";
import { problems, publicCodeOf } from "./problems";

/** How one of the two APIs dresses what an operation answers. The operations underneath are the same. */
export interface Surface {
  readonly name: "core_api" | "public_api";
  /** Where its addresses start. */
  readonly prefix: string;
  /** The body as it is sent. */
  complete(body: unknown, requestId: string): unknown;
  /** The schema of the body as it is sent. */
  describe(schema: z.ZodType): z.ZodType;
  /** Any failure as a response. */
  problem(thrown: unknown, requestId: string): Response;
  /** The body of that response; `at` is the moment it names, if it names one. */
  explain(error: AppError, requestId: string, at?: Date): object;
  readonly problemType: string;
  readonly problemSchema: z.ZodType;
}

const fieldIssue = z
  .object({
    path: z.string().meta({ description: "The field, like `inbound.version`.", example: "phone_number" }),
    message: z.string().meta({ description: "What it takes." }),
  })
  .meta({ id: "FieldIssue" });

const codes = Object.keys(problems) as [keyof typeof problems, ...(keyof typeof problems)[]];

/** The native API: the resource itself, and RFC 9457 problems. */
export const coreSurface: Surface = {
  name: "core_api",
  prefix: "/core",
  complete: (body) => body,
  describe: (schema) => schema,
  problem: problemResponse,
  explain: problemBody,
  problemType: "application/problem+json",
  problemSchema: z
    .looseObject({
      type: z
        .string()
        .meta({ description: "Where the code is explained.", example: "/docs/errors#not_found" }),
      title: z.string().meta({ description: "The code in a few words.", example: "Not found" }),
      status: z.number().int().meta({ description: "The HTTP status once more.", example: 404 }),
      detail: z
        .string()
        .meta({ description: "A sentence for people.", example: "There is no such phone number." }),
      code: z
        .enum(codes)
        .meta({ description: "One of a closed list that never changes its meaning.", example: "not_found" }),
      request_id: z
        .string()
        .meta({ description: "Quote it when you report a problem.", example: "req_0Qx5XNqG3vJ8sC1bT7yZ2k" }),
      errors: z
        .array(fieldIssue)
        .optional()
        .meta({ description: "One for each field that is not accepted." }),
      carrier_code: z.string().nullable().optional().meta({ description: "The carrier's own code." }),
    })
    .meta({
      id: "Problem",
      description: "What went wrong (RFC 9457), with facts beside it where there are some.",
    }),
};

const meta = z
  .object({
    request_id: z.string().meta({ example: "req_0Qx5XNqG3vJ8sC1bT7yZ2k" }),
    ts: z.iso.datetime().meta({ example: "2026-11-22T09:14:06.418Z" }),
  })
  .meta({ id: "PublicMeta", description: "Which request this answers, and when." });

const metaOf = (requestId: string, at = new Date()) => ({ request_id: requestId, ts: at.toISOString() });

/** The compatible API: `{ data, meta, pagination? }` and `{ error, meta }`. */
export const publicSurface: Surface = {
  name: "public_api",
  prefix: "/api/public/v1",
  complete: (body, requestId) => ({ ...(body as object), meta: metaOf(requestId) }),
  describe: (schema) => (schema instanceof z.ZodObject ? schema.extend({ meta }) : schema),
  problem(thrown, requestId) {
    const error = toExpected(thrown, requestId);
    return new Response(JSON.stringify(publicSurface.explain(error, requestId)), {
      status: problems[error.code].status,
      headers: { ...headersOfError(error, requestId), "Content-Type": "application/json" },
    });
  },
  explain(error, requestId, at) {
    const { retryAfterSeconds: _, ...details } = error.extra;
    return {
      error: {
        code: publicCodeOf(error.code),
        message: error.message,
        ...(Object.keys(details).length > 0 ? { details } : {}),
      },
      meta: metaOf(requestId, at),
    };
  },
  problemType: "application/json",
  problemSchema: z
    .object({
      error: z.object({
        code: z.enum([...new Set(codes.map(publicCodeOf))] as [string, ...string[]]),
        message: z.string().meta({ description: "A sentence for people." }),
        details: z.looseObject({ errors: z.array(fieldIssue).optional() }).optional(),
      }),
      meta,
    })
    .meta({ id: "PublicError" }),
};

/** The surface an address belongs to; addresses of neither are answered like the native one. */
export function surfaceOf(pathname: string): Surface {
  return pathname.startsWith(publicSurface.prefix) ? publicSurface : coreSurface;
}
