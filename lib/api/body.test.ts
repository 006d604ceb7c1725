import { describe, expect, test } from "vitest";
import { readJson } from "./body";

function post(body: RequestInit["body"], type: string | null = "application/json"): Request {
  const request = new Request("http://localhost/core/agents", {
    method: "POST",
    body,
    ...{ duplex: "half" },
  });
  request.headers.delete("content-type");
  if (type !== null) request.headers.set("content-type", type);
  return request;
}

async function codeOf(request: Request): Promise<unknown> {
  return await readJson(request).then(
    () => "read",
    (error: { code?: unknown }) => error.code,
  );
}

describe("reading a body", () => {
  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/merge-patch+json",
  ])("as %s", async (type) => {
    expect(await readJson(post('{"a":"ü☎"}', type))).toEqual({ a: "ü☎" });
  });

  test.each([
    null,
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/json",
    "application/jsonp",
    "application/xml",
  ])("content type %o is refused before the body is looked at", async (type) => {
    expect(await codeOf(post("{}", type))).toBe("invalid_request");
  });

  test.each(["", "{", "{'a':1}", "undefined", "NaN", '{"a":1}{', "\uFEFF{", "[1,]"])(
    "%o is no JSON",
    async (text) => {
      expect(await codeOf(post(text))).toBe("invalid_request");
    },
  );

  test.each([
    ["a lone continuation byte", [0x22, 0x80, 0x22]],
    ["a cut sequence", [0x22, 0xe2, 0x98, 0x22]],
    ["an overlong slash", [0x22, 0xc0, 0xaf, 0x22]],
    ["a surrogate in UTF-8", [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ["UTF-16", [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])("%s is no UTF-8", async (_, bytes) => {
    expect(await codeOf(post(new Uint8Array(bytes)))).toBe("invalid_request");
  });

  test.each([
    ["a NUL, which no database holds", '{"a":"x\\u0000"}'],
    ["a NUL deep inside", '{"a":[{"b":"\\u0000"}]}'],
    ["half a surrogate pair", '{"a":"\\ud800"}'],
    ["the other half", '{"a":"\\udc00x"}'],
  ])("%s is refused", async (_, text) => {
    expect(await codeOf(post(text))).toBe("invalid_request");
  });

  test("what only looks like a NUL, and a whole pair, are read", async () => {
    expect(await readJson(post('{"a":"\\\\u0000","b":"\\ud83d\\udcde"}'))).toEqual({ a: "\\u0000", b: "📞" });
  });

  test("100 kB are read, one byte more is not", async () => {
    expect(await readJson(post(`"${"x".repeat(99_998)}"`))).toHaveLength(99_998);
    expect(await codeOf(post(`"${"x".repeat(99_999)}"`))).toBe("payload_too_large");
  });

  test("an endless body is left after 100 kB", async () => {
    let sent = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 10_000;
        controller.enqueue(new Uint8Array(10_000).fill(0x20));
      },
      cancel() {
        cancelled = true;
      },
    });
    expect(await codeOf(post(endless))).toBe("payload_too_large");
    expect(sent).toBeLessThan(200_000);
    expect(cancelled).toBe(true);
  });

  test("nesting as deep as 100 kB allow is answered, not crashed on", async () => {
    const answer = await codeOf(post(`${"[".repeat(49_000)}${"]".repeat(49_000)}`));
    expect(["read", "invalid_request"]).toContain(answer);
  });

  test("__proto__ stays a plain key and changes no object", async () => {
    const body = (await readJson(post('{"__proto__":{"admin":true}}'))) as Record<string, unknown>;
    expect(Object.hasOwn(body, "__proto__")).toBe(true);
    expect(body.admin).toBeUndefined();
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
