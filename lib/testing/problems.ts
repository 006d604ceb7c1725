import { expect } from "vitest";
import type { Endpoint } from "../api/endpoint";
import { problems, publicCodeOf } from "../api/problems";
import type { ErrorCode } from "../errors";
import type { Reply } from "./browser";

interface ToldProblem {
  code: string;
  detail: string;
  requestId: string;
  facts: Record<string, unknown>;
}

/** What an answer says went wrong, read from the envelope of the endpoint's API. */
function problemOf({ surface }: Endpoint, { body }: Reply): ToldProblem {
  if (surface.name === "core_api") {
    const { code, detail, request_id: requestId, ...facts } = body;
    return { code, detail, requestId, facts };
  }
  const { error, meta } = body;
  return {
    code: error.code,
    detail: error.message,
    requestId: meta.request_id,
    facts: error.details ?? {},
  };
}

/** Expects this failure, whole: status, media type, shape, request id and code. Returns what was told. */
export function expectProblem(endpoint: Endpoint, reply: Reply, code: ErrorCode): ToldProblem {
  const { surface } = endpoint;
  expect(reply.status, reply.text).toBe(problems[code].status);
  expect(reply.headers.get("content-type")).toBe(surface.problemType);
  expect(reply.headers.get("cache-control")).toBe("private, no-store");
  expect(surface.problemSchema.safeParse(reply.body).error).toBeUndefined();
  const told = problemOf(endpoint, reply);
  expect(told.code).toBe(surface.name === "core_api" ? code : publicCodeOf(code));
  expect(told.requestId).toBe(reply.headers.get("x-request-id"));
  return told;
}
