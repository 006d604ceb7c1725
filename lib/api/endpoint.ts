import { z } from "zod";
import { requirePerson } from "../api-keys";
import { authenticate } from "../auth/authenticate";
import type { Ctx } from "../context";
import { AppError, type ErrorCode, type FieldIssue } from "../errors";
import { newId } from "../ids";
import { log } from "../log";
import { requireScope, type Scope } from "../permissions";
import { readJson } from "./body";
import { describeIssue } from "./field-sentences";
import { fingerprintOf, readIdempotencyKey, withIdempotency } from "./idempotency";
import { asUncertain } from "./problem";
import { spendRequest } from "./rate-limit";
import { coreSurface, publicSurface, type Surface } from "./surface";

/** An endpoint is declared once; its handler, its route, its types in the browser and its documentation come from there. */

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

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

/** Any of the scopes opens it; `anybody` who is let in at all; `person`: not a key of an organization. */
export type Access = readonly [Scope, ...Scope[]] | "anybody" | "person";

export type Tag = "Phone numbers" | "Buying" | "Agents" | "Carrier sync" | "Access" | "Telephony";

/** What an endpoint says of itself; the reference is made from it. */
export interface Description {
  method: Method;
  /** With `{name}` for each parameter. */
  path: string;
  /** Unique, a verb and its object in camelCase; names the operation in generated clients. */
  operationId: string;
  tag: Tag;
  summary: string;
  /** A few sentences of Markdown, where the summary does not say it all. */
  description?: string;
  access: Access;
  /** Any of these is needed besides. */
  alsoAccess?: readonly [Scope, ...Scope[]];
  params: z.ZodType;
  query: z.ZodType;
  body?: z.ZodType;
  /** What it answers when it goes well, by status; 204 has no body. Anything else is a defect. */
  responses: Record<number, z.ZodType>;
  /** How its verb can fail; what any endpoint can answer (keys, fields, limits) is added by itself. */
  errors: readonly ErrorCode[];
  /** A body that works, for the reference and its samples. */
  example?: unknown;
  /** Fields in which the example of an answer, by status, differs from the one its schema has. */
  answerExamples?: Record<number, object>;
  /** Accepts If-Match. */
  ifMatch?: boolean;
  /** Asks the carrier although it only reads, always or as a dry run; has a limit of its own. */
  asksCarrier?: boolean | "dry_run";
  /** `false` where an answer cannot be kept to be given again: it holds a secret. */
  idempotency?: false;
  /** Answers in plain text instead of JSON. */
  plainText?: boolean;
}

interface Declaration<Params, Query, Body, Responses extends Record<number, z.ZodType>>
  extends Omit<Description, "method" | "path" | "params" | "query" | "body" | "responses"> {
  params: z.ZodType<Params>;
  query: z.ZodType<Query>;
  responses: Responses;
  handle: (request: Incoming<Params, Query, Body>) => Promise<Answer<z.output<Responses[keyof Responses]>>>;
  /**
   * For writes that must not happen twice: what an earlier request with this id left behind, as its answer; `pending`
   * while that is not decided; null when it did nothing. Without it, doing it again is harmless.
   */
  findEarlier?: (ctx: Ctx, requestId: string) => Promise<Earlier | null>;
}

/** `pending` is what the caller can look at meanwhile, such as the purchase order. */
export type Earlier = { answer: Answer<unknown> } | { failure: AppError } | { pending: string };

export interface Endpoint<
  M extends Method = Method,
  P extends string = string,
  BodyInput = unknown,
  Result = unknown,
> {
  readonly method: M;
  readonly path: P;
  readonly surface: Surface;
  readonly description: Description;
  readonly handler: (request: Request) => Promise<Response>;
  /** Types only, for the browser client. */
  readonly types?: { body: BodyInput; response: Result };
}

export const noQuery = z.strictObject({});
/** The body of a 204. */
export const noContent = z.undefined();

/** Makes endpoints of the native API. */
export const endpoint = endpointsOf(coreSurface);
/** Makes endpoints of the compatible API; their bodies are `{ data, pagination? }`, `meta` is added. */
export const publicEndpoint = endpointsOf(publicSurface);

function endpointsOf(surface: Surface) {
  /** Makes an endpoint from its declaration; the handler uses nothing but the web's own Request and Response. */
  return function declare<
    const M extends Method,
    const P extends string,
    Params,
    Query,
    Responses extends Record<number, z.ZodType>,
    BodySchema extends z.ZodType = z.ZodNever,
  >(
    declaration: Declaration<Params, Query, z.output<BodySchema>, Responses> & {
      method: M;
      path: P;
      body?: BodySchema;
    },
  ): Endpoint<M, P, z.input<BodySchema>, z.output<Responses[keyof Responses]>> {
    const { method, path } = declaration;
    const readParams = paramReader(path);

    async function answer(request: Request, ctx: Ctx): Promise<Response> {
      requireAccess(ctx, declaration.access);
      if (declaration.alsoAccess) requireScope(ctx, ...declaration.alsoAccess);
      const url = readAddress(request);
      const input = {
        params: parse(declaration.params, readParams(url.pathname)),
        query: parse(declaration.query, Object.fromEntries(url.searchParams)),
        body: (declaration.body
          ? parse(declaration.body, await readJson(request))
          : undefined) as z.output<BodySchema>,
        expectedVersion: readIfMatch(request, method === "GET" || (declaration.ifMatch ?? false)),
      };
      const handle = () => declaration.handle({ ctx, ...input });
      if (method === "GET" || isDryRun(input.query)) return toResponse(await handle(), ctx.requestId);
      return await change(request, ctx, input, handle).catch((error: unknown) => {
        throw asUncertain(error);
      });
    }

    async function change(
      request: Request,
      ctx: Ctx,
      input: object,
      run: () => Promise<Answer<unknown>>,
    ): Promise<Response> {
      const key = readIdempotencyKey(request, declaration.idempotency !== false);
      if (key === null) return toResponse(await run(), ctx.requestId);
      const { findEarlier } = declaration;
      const { outcome, replayed } = await withIdempotency(ctx, {
        method,
        route: path,
        key,
        // What belongs to a person is answered to that person only, whoever else of the organization knows the key.
        fingerprint: fingerprintOf(declaration.access === "person" ? { ...input, of: ctx.userId } : input),
        run,
        findEarlier: findEarlier && ((requestId) => findEarlier(ctx, requestId)),
      });
      const response =
        "answer" in outcome
          ? toResponse(outcome.answer, ctx.requestId)
          : surface.problem(outcome.failure, ctx.requestId);
      if (replayed) response.headers.set("Idempotent-Replayed", "true");
      return response;
    }

    function toResponse({ status = 200, body, headers }: Answer<unknown>, requestId: string): Response {
      checkAnswer(declaration.responses[status], body, requestId);
      return new Response(status === 204 ? null : textOf(body, requestId), {
        status,
        headers: {
          ...(status === 204 ? {} : { "Content-Type": contentType }),
          "Cache-Control": "private, no-store",
          "X-Request-Id": requestId,
          ...headers,
        },
      });
    }

    const contentType = declaration.plainText ? "text/plain; charset=utf-8" : "application/json";

    function textOf(body: unknown, requestId: string): string {
      return declaration.plainText ? String(body) : JSON.stringify(surface.complete(body, requestId));
    }

    function asksCarrier(request: Request): boolean {
      if (declaration.asksCarrier !== "dry_run") return declaration.asksCarrier ?? false;
      return new URL(request.url).searchParams.get("dry_run")?.toLowerCase() === "true";
    }

    async function handler(request: Request): Promise<Response> {
      const requestId = newId("req");
      const started = performance.now();
      let ctx: Ctx | undefined;
      let limits: Record<string, string> = {};
      const response = await (async () => {
        ctx = await authenticate(request, requestId, surface.name);
        limits = await spendRequest(ctx, { asksCarrier: asksCarrier(request) });
        return await answer(request, ctx);
      })().catch((error: unknown) => surface.problem(error, requestId));
      for (const [name, value] of Object.entries(limits)) response.headers.set(name, value);
      log.info({
        requestId,
        method,
        path,
        status: response.status,
        organizationId: ctx?.organizationId,
        actor: ctx?.actor.id,
        ms: Math.round(performance.now() - started),
      });
      return response;
    }

    return { method, path, surface, description: declaration, handler };
  };
}

function requireAccess(ctx: Ctx, access: Access): void {
  if (access === "person") requirePerson(ctx);
  else if (access !== "anybody") requireScope(ctx, ...access);
}

/** Nothing is written then, so there is nothing to keep an answer for. */
function isDryRun(query: unknown): boolean {
  return typeof query === "object" && query !== null && "dry_run" in query && query.dry_run === true;
}

/** An answer that misses its schema is a defect; in production it is only logged, since what was done is done. */
export function checkAnswer(schema: z.ZodType | undefined, body: unknown, requestId: string): void {
  const error = schema ? schema.safeParse(body).error : new Error("This status was not declared.");
  if (!error) return;
  if (process.env.NODE_ENV !== "production") throw error;
  log.error({ err: error, requestId }, "An answer does not have the shape that was promised.");
}

/** Throws `validation_failed` with one issue per field, each saying what is accepted. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value, { error: describeIssue });
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

/** Throws `invalid_request` where nothing would heed the header: a change must not go ahead against the caller's word. */
function readIfMatch(request: Request, heeded: boolean): number | undefined {
  const header = request.headers.get("if-match");
  if (header === null || header === "*") return undefined;
  if (!heeded) throw new AppError("invalid_request", "This request takes no If-Match.");
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim());
  if (match) return Number(match[1]);
  throw new AppError("invalid_request", 'If-Match is the version of the resource in quotes, like "3".');
}
