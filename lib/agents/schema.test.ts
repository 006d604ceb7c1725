import { describe, expect, test } from "vitest";
import { agentBody, agentEndpoint, createVersionBody, publishVersionBody, versionParam } from "./schema";

describe("where calls of a version go", () => {
  test.each([
    ["sip", "sip:anna@agents.example.com"],
    ["sip", "SIPS:anna@10.0.0.1:5061;transport=tls"],
    ["websocket", "wss://agents.example.com/stream"],
    ["webhook", "https://agents.example.com/voice?agent=1"],
  ])("%s: %s", (type, url) => {
    expect(agentEndpoint.parse({ type, url })).toEqual({ type, url });
  });

  test.each([
    ["sip", "anna@agents.example.com"],
    ["sip", "sip:agents.example.com"],
    ["sip", "sip:an na@agents.example.com"],
    ["sip", "https://agents.example.com"],
    ["websocket", "ws://agents.example.com/stream"],
    ["websocket", "wss://agents.example.com/stream?agent=1"],
    ["websocket", "wss://agents.example.com/stream#x"],
    ["webhook", "http://agents.example.com/voice"],
    ["webhook", "javascript:alert(1)"],
    ["webhook", "https://agents example.com"],
    ["webhook", `https://agents.example.com/${"x".repeat(500)}`],
    ["webhook", ""],
  ])("%s: %o is refused at the address", (type, url) => {
    const result = agentEndpoint.safeParse({ type, url });
    expect(result.error?.issues.every((issue) => issue.path.join(".") === "url")).toBe(true);
    expect(result.success).toBe(false);
  });

  test("another kind, or a field more, is refused", () => {
    expect(agentEndpoint.safeParse({ type: "ftp", url: "ftp://x" }).success).toBe(false);
    expect(agentEndpoint.safeParse({ type: "sip", url: "sip:a@b.example", password: "x" }).success).toBe(
      false,
    );
  });
});

describe("agents and versions", () => {
  test.each(["", "   ", "x".repeat(81)])("the name %o is refused", (name) => {
    expect(agentBody.safeParse({ name }).success).toBe(false);
  });

  test("a version comes from a config or from another version, never both or neither", () => {
    const config = { endpoint: { type: "sip", url: "sip:a@b.example" } };
    expect(createVersionBody.safeParse({ config }).success).toBe(true);
    expect(createVersionBody.safeParse({ base_version: 1 }).success).toBe(true);
    expect(createVersionBody.safeParse({ config, base_version: 1 }).success).toBe(false);
    expect(createVersionBody.safeParse({}).success).toBe(false);
    expect(createVersionBody.safeParse({ base_version: 2 ** 31 }).success).toBe(false);
  });

  test.each([
    ["latest", "latest"],
    ["1", 1],
    ["2147483647", 2_147_483_647],
  ])("version %s in a path", (text, value) => {
    expect(versionParam.parse(text)).toBe(value);
  });

  test.each(["0", "-1", "1.5", "x", "", "99999999999", "1e400", "newest"])(
    "version %o is refused",
    (text) => {
      expect(versionParam.safeParse(text).success).toBe(false);
    },
  );

  test("publishing names at most 200 numbers, each in E.164 form", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `+1415555${String(index).padStart(4, "0")}`);
    expect(publishVersionBody.safeParse({ phone_numbers: many(200) }).success).toBe(true);
    expect(publishVersionBody.safeParse({ phone_numbers: many(201) }).success).toBe(false);
    expect(publishVersionBody.safeParse({ phone_numbers: [] }).success).toBe(false);
    expect(publishVersionBody.safeParse({ phone_numbers: ["4155550100"] }).success).toBe(false);
    expect(publishVersionBody.parse({})).toEqual({ direction: "inbound" });
  });
});
