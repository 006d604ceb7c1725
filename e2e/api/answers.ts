import { type APIResponse, expect } from "@playwright/test";

/** What an answer of the native API is expected to be. */

export const account = "/core/managed-accounts/default";
export const sipEndpoint = { type: "sip", url: "sip:a@example.com" };

export async function expectProblem(
  response: APIResponse,
  status: number,
  code: string,
): Promise<Record<string, unknown>> {
  const text = await response.text();
  expect(response.status(), text).toBe(status);
  expect(response.headers()["content-type"]).toContain("application/problem+json");
  const body = JSON.parse(text) as Record<string, unknown>;
  expect(body).toMatchObject({ status, code, title: expect.any(String), detail: expect.any(String) });
  expect(body.request_id).toBe(response.headers()["x-request-id"]);
  return body;
}

export async function expectJson<T>(response: APIResponse, status = 200): Promise<T> {
  const text = await response.text();
  expect(response.status(), text).toBe(status);
  expect(response.headers()["content-type"]).toContain("application/json");
  return JSON.parse(text) as T;
}
