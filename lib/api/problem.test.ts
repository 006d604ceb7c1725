import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { AppError, type ErrorCode } from "../errors";
import { log } from "../log";
import { problemResponse } from "./problem";
import { problems } from "./problems";

/** The closed list as it stands in the type, so that a code added there must have its status here. */
const source = readFileSync(new URL("../errors.ts", import.meta.url), "utf8");
const union = source.slice(
  source.indexOf("export type ErrorCode"),
  source.indexOf("export interface FieldIssue"),
);
const codes = [...union.matchAll(/"(\w+)"/g)].map((match) => match[1] as ErrorCode);

const statuses: Partial<Record<ErrorCode, number>> = {
  invalid_request: 400,
  unauthenticated: 401,
  organization_required: 401,
  missing_scope: 403,
  person_required: 403,
  trunk_is_managed: 400,
  version_is_published: 400,
  idempotency_key_reused: 422,
  rate_limited: 429,
  not_implemented: 501,
  cross_site_request: 403,
  number_limit_reached: 403,
  not_found: 404,
  method_not_allowed: 405,
  stale_edit: 412,
  payload_too_large: 413,
  validation_failed: 422,
  internal_error: 500,
  carrier_refused: 502,
  carrier_unreachable: 502,
  carrier_busy: 503,
  service_unavailable: 503,
  safe_mode: 503,
  buying_stopped: 503,
  releasing_stopped: 503,
};

beforeAll(() => {
  log.level = "silent";
});

describe("the table of problems", () => {
  test("knows the whole list of codes", () => {
    expect(codes.length).toBeGreaterThanOrEqual(25);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test.each(codes)("%s has a status, a title and a body", async (code) => {
    const status = statuses[code] ?? 409;
    expect(problems[code].status).toBe(status);
    const response = problemResponse(new AppError(code, "A sentence."), "req_1");
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("x-request-id")).toBe("req_1");
    expect(await response.json()).toEqual({
      type: `/docs/errors#${code}`,
      title: expect.stringMatching(/\S/),
      status,
      detail: "A sentence.",
      code,
      request_id: "req_1",
    });
  });

  test("facts beside the sentence are told, but none can stand in for the problem's own fields", async () => {
    const error = new AppError("stale_edit", "A sentence.", { status: 200, code: "x", numbers: 3 });
    const body = await problemResponse(error, "req_1").json();
    expect(body).toMatchObject({ status: 412, code: "stale_edit", numbers: 3 });
  });

  test("a wait is told in the header, in seconds", async () => {
    const response = problemResponse(
      new AppError("carrier_busy", "Wait.", { retryAfterSeconds: 2 }),
      "req_1",
    );
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await response.json()).not.toHaveProperty("retryAfterSeconds");
  });
});

describe("failures nobody planned for", () => {
  test.each([
    new Error("password=hunter2 at postgresql://user:secret@db/linedesk"),
    new TypeError("Cannot read properties of undefined (reading 'secret')"),
    Object.assign(new Error("secret"), { code: "23505", meta: { target: "secret" } }),
    "secret",
    { secret: true },
    undefined,
    null,
  ])("%o says a fixed sentence and nothing of itself", async (thrown) => {
    const response = problemResponse(thrown, "req_1");
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toMatch(/secret|hunter2|23505|undefined/);
    expect(JSON.parse(text)).toEqual({
      type: "/docs/errors#internal_error",
      title: "Something went wrong",
      status: 500,
      detail: "Something went wrong on our side. Quote the request id if it happens again.",
      code: "internal_error",
      request_id: "req_1",
    });
  });

  test.each(["P1001", "P1017", "P2024", "ECONNREFUSED", "57P01", "08006", "53300", "57014"])(
    "%s is the database's absence: 503, try again",
    async (code) => {
      const thrown = new Error("secret", { cause: Object.assign(new Error("db"), { code }) });
      const response = problemResponse(thrown, "req_1");
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("2");
      expect(await response.text()).not.toContain("secret");
    },
  );
});
