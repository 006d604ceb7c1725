import { z } from "zod";
import { authenticate } from "../auth/authenticate";
import type { Ctx } from "../context";
import { AppError, type FieldIssue } from "../errors";
import { newId } from "../ids";
import { log } from "../log";
import { requireScope, type Scope } from "../permissions";
import { readJson } from "./body";
import { problemResponse } from "./problem";

/** An endpoint is declared once; its handler, its route, its types in the browser and its documentation come from there. */

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Answer<T> {
  status?: number;
  body: T;
  headers?: Record<string, string>;
}

interface Incoming<Params, Query, Body> {
  ctx: Ctx;
  params: Params;
  query: Query;
  body: Body;
  /** From `If-Match`: the version the caller saw. */
  expectedVersion: number | undefined;
}

interface Declaration<M extends Method, P extends string, Params, Query, Body, Result> {
  method: M;
  /** With `{name}` for each parameter. */
  path: P;
  summary: string;
  /** Any one of them opens the endpoint; the verb behind it checks again. */
  scopes: readonly [Scope, ...Scope[]];
  params: z.ZodType<Params>;
  query: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  response: z.ZodType<Result>;
  handle: (request: Incoming<Params, Query, Body>) => Promise<Answer<Result>>;
}

export interface Endpoint<
  M extends Method = Method,
  P extends string = string,
  BodyInput = unknown,
  Result = unknown,
> {
  readonly method: M;
  readonly path: P;
  readonly summary: string;
  readonly scopes: readonly Scope[];
  readonly handler: (request: Request) => Promise<Response>;
  /** Types only, for the browser client. */
  readonly types?: { body: BodyInput; response: Result };
}

export const noQuery = z.strictObject({});

/** Makes an endpoint from its declaration; the handler uses nothing but the web's own Request and Response. */
export function endpoint<
  const M extends Method,
  const P extends string,
  Params,
  Query,
  Result,
  BodySchema extends z.ZodType = z.ZodNever,
>(
  declaration: Omit<Declaration<M, P, Params, Query, z.output<BodySchema>, Result>, "body"> & {
    body?: BodySchema;
  },
): Endpoint<M, P, z.input<BodySchema>, Result> {
  const { method, path, summary, scopes } = declaration;
  const readParams = paramReader(path);

  async function handler(request: Request): Promise<Response> {
    const requestId = newId("req");
    const started = performance.now();
    let ctx: Ctx | undefined;
    const response = await (async () => {
      ctx = await authenticate(request, requestId);
      requireScope(ctx, ...scopes);
      const url = readAddress(request);
      const answer = await declaration.handle({
        ctx,
        params: parse(declaration.params, readParams(url.pathname)),
        query: parse(declaration.query, Object.fromEntries(url.searchParams)),
        body: (declaration.body
          ? parse(declaration.body, await readJson(request))
          : undefined) as z.output<BodySchema>,
        expectedVersion: readIfMatch(request),
      });
      return answerResponse(declaration.response, answer, requestId);
    })().catch((error: unknown) => problemResponse(error, requestId));
    log.info({
      requestId,
      method,
      path,
      status: response.status,
      organizationId: ctx?.organizationId,
      ms: Math.round(performance.now() - started),
    });
    return response;
  }

  return { method, path, summary, scopes, handler };
}

function answerResponse<T>(
  schema: z.ZodType<T>,
  { status = 200, body, headers }: Answer<T>,
  requestId: string,
): Response {
  checkAnswer(schema, body, requestId);
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "private, no-store",
      "X-Request-Id": requestId,
      ...headers,
    },
  });
}

/** An answer that misses its schema is a defect; in production it is only logged, since what was done is done. */
function checkAnswer(schema: z.ZodType, body: unknown, requestId: string): void {
  const { error } = schema.safeParse(body);
  if (!error) return;
  if (process.env.NODE_ENV !== "production") throw error;
  log.error({ err: error, requestId }, "An answer does not have the shape that was promised.");
}

/** Throws `validation_failed` with one issue per field, each saying what is accepted. */
function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors: FieldIssue[] = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join("."),
          message: `There is no field named ${key} here.`,
        }))
      : [{ path: issue.path.join("."), message: issue.message }],
  );
  const [first] = errors;
  const sentence = first
    ? `${first.path ? `${first.path}: ` : ""}${first.message}`
    : "The request has errors.";
  throw new AppError("validation_failed", sentence, { errors });
}

/** An encoded NUL is refused wherever it stands: no text in the database can hold one. */
function readAddress(request: Request): URL {
  const url = new URL(request.url);
  if (!`${url.pathname}${url.search}`.includes("%00")) return url;
  throw new AppError("invalid_request", "The address has a character that no text can hold.");
}

function paramReader(path: string): (pathname: string) => Record<string, string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, "([^/]+)")}/?$`);
  return (pathname) => {
    const values = pattern.exec(pathname)?.slice(1) ?? [];
    return Object.fromEntries(names.map((name, index) => [name, decodeSegment(values[index] ?? "")]));
  };
}

/** `+` in a path is a plus, raw or encoded. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AppError("invalid_request", "The address has a percent sign that encodes nothing.");
  }
}

function readIfMatch(request: Request): number | undefined {
  const header = request.headers.get("if-match");
  if (header === null || header === "*") return undefined;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim());
  if (match) return Number(match[1]);
  throw new AppError("invalid_request", 'If-Match is the version of the resource in quotes, like "3".');
}
