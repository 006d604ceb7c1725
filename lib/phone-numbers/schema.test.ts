import { describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  assignSlotBody,
  countryCode,
  e164,
  listPhoneNumbersQuery,
  purchaseNumberBody,
  releaseQuery,
  searchNumbersQuery,
  slotWish,
  updatePhoneNumberBody,
} from "./schema";

function pathsOf(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")],
  );
}

const buy = (more: object = {}) => ({ phone_number: "+14155550123", ...more });

describe("a number in E.164 form", () => {
  test.each(["+14155550123", "+442079460123", "+4930123456", "+999999999999999", "+1234567"])(
    "%s",
    (text) => {
      expect(e164.parse(text)).toBe(text);
    },
  );

  test.each([
    "",
    "+",
    "14155550123",
    "+04155550123",
    "+1 415 555 0123",
    "+1-415-555-0123",
    "+1(415)5550123",
    "+1415555012a",
    "+123456",
    "+1234567890123456",
    " +14155550123",
    "+14155550123\n",
    "＋14155550123",
    "+١٤١٥٥٥٥٠١٢٣",
    "+14155550123;DROP",
  ])("%o is none, and the sentence says what one is", (text) => {
    const result = e164.safeParse(text);
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.message).toMatch(/E\.164/);
  });
});

describe("a search", () => {
  test("without anything is for local numbers in the US", () => {
    expect(searchNumbersQuery.parse({})).toMatchObject({
      country_code: "US",
      phone_number_type: "local",
      match: "anywhere",
      limit: 20,
    });
  });

  test.each(["41", "4155", "abc", "4l5", "115", "015", "", " 41", "+415", "４１５"])(
    "area code %o is refused",
    (text) => {
      expect(pathsOf(searchNumbersQuery, { area_code: text })).toEqual(["area_code"]);
    },
  );

  test.each(["1", "1234567890123", "55 5", "5*5", "%", "é1", ""])("digits %o are refused", (text) => {
    expect(pathsOf(searchNumbersQuery, { contains: text })).toEqual(["contains"]);
  });

  test.each(["0", "51", "-1", "1.5", "ten", ""])("limit %o is refused", (text) => {
    expect(pathsOf(searchNumbersQuery, { limit: text })).toEqual(["limit"]);
  });

  test.each([
    ["us", "US"],
    [" gb ", "GB"],
  ])("country %o is %s", (text, code) => {
    expect(countryCode.parse(text)).toBe(code);
  });

  test.each(["USA", "U", "", "1A", "U S"])("country %o is refused", (text) => {
    expect(countryCode.safeParse(text).success).toBe(false);
  });

  test.each(["true", "True", "TRUE"])("a switch set to %o is on", (text) => {
    expect(searchNumbersQuery.parse({ voice_enabled: text })).toMatchObject({ voice_enabled: true });
  });

  test.each(["yes", "1", "on", ""])("a switch set to %o is refused", (text) => {
    expect(pathsOf(searchNumbersQuery, { voice_enabled: text })).toEqual(["voice_enabled"]);
  });
});

describe("a purchase", () => {
  test.each([
    "number_limit",
    "organization_id",
    "status",
    "monthly_cost",
    "carrier_number_id",
    "source",
    "is_managed",
    "state",
    "id",
    "tag",
    "Label",
    "__proto__x",
  ])("the field %s is refused by name, not ignored", (field) => {
    expect(pathsOf(purchaseNumberBody, buy({ [field]: "x" }))).toEqual([field]);
  });

  test("a __proto__ from JSON is an unknown field like any other", () => {
    const body: unknown = JSON.parse('{"phone_number":"+14155550123","__proto__":{"label":"x"}}');
    expect(purchaseNumberBody.safeParse(body).success).toBe(false);
    expect(({} as { label?: string }).label).toBeUndefined();
  });

  test("label: trimmed, at most 80 characters", () => {
    expect(purchaseNumberBody.parse(buy({ label: `  ${"x".repeat(80)}  ` })).label).toBe("x".repeat(80));
    expect(pathsOf(purchaseNumberBody, buy({ label: "x".repeat(81) }))).toEqual(["label"]);
  });

  test.each(["1.15", "0", "2", "1.1500", "120.05"])("expected cost %s", (text) => {
    expect(purchaseNumberBody.parse(buy({ expected_monthly_cost: text })).expected_monthly_cost).toBe(text);
  });

  test.each(["-1", "1,15", "$1.15", "1.15000", "1e3", "Infinity", "NaN", "", " 1", "0x10", 1.15, null])(
    "expected cost %o is refused",
    (value) => {
      expect(pathsOf(purchaseNumberBody, buy({ expected_monthly_cost: value }))).toEqual([
        "expected_monthly_cost",
      ]);
    },
  );

  test.each([
    [{ version: 1 }, ["inbound.agent_id"]],
    [{ agent_id: "agt_1", version: 0 }, ["inbound.version"]],
    [{ agent_id: "agt_1", version: -1 }, ["inbound.version"]],
    [{ agent_id: "agt_1", version: 1.5 }, ["inbound.version"]],
    [{ agent_id: "agt_1", version: "1" }, ["inbound.version"]],
    [{ agent_id: "agt_1", version: 2 ** 31 }, ["inbound.version"]],
    [{ agent_id: "agt_1", version: "newest" }, ["inbound.version"]],
    [{ agent_id: "x".repeat(41) }, ["inbound.agent_id"]],
    ["agt_1", ["inbound"]],
  ])("inbound %o is refused", (inbound, paths) => {
    expect(pathsOf(purchaseNumberBody, buy({ inbound }))).toEqual(paths);
  });

  test("a wish without a version follows the latest", () => {
    expect(slotWish.parse({ agent_id: "agt_1" })).toEqual({ agent_id: "agt_1", version: "latest" });
    expect(assignSlotBody.parse({ agent_id: "agt_1" })).toMatchObject({ version: "latest", replace: false });
  });
});

describe("edits and filters", () => {
  test("an edit of nothing is refused, and so is an edit of anything else", () => {
    expect(updatePhoneNumberBody.safeParse({}).success).toBe(false);
    expect(pathsOf(updatePhoneNumberBody, { label: "x", status: "active" })).toEqual(["status"]);
    expect(pathsOf(updatePhoneNumberBody, { outbound_shareable: "true" })).toEqual(["outbound_shareable"]);
    expect(updatePhoneNumberBody.parse({ label: null })).toEqual({ label: null });
  });

  test.each([
    [{ status: "active,bogus" }, ["status.1"]],
    [{ status: "" }, ["status.0"]],
    [{ sort: "label" }, ["sort"]],
    [{ limit: "201" }, ["limit"]],
    [{ limit: "0" }, ["limit"]],
    [{ created_after: "yesterday" }, ["created_after"]],
    [{ created_after: "0000-01-01T00:00:00Z" }, ["created_after"]],
    [{ q: "x".repeat(101) }, ["q"]],
    [{ offset: "10" }, ["offset"]],
    [{ assigned: "maybe" }, ["assigned"]],
    [{ cursor: "x".repeat(501) }, ["cursor"]],
  ])("the filter %o is refused", (query, paths) => {
    expect(pathsOf(listPhoneNumbersQuery, query)).toEqual(paths);
  });

  test("several statuses at once", () => {
    expect(listPhoneNumbersQuery.parse({ status: "active,checking" }).status).toEqual(["active", "checking"]);
  });

  test("a release takes two switches and nothing more", () => {
    expect(releaseQuery.parse({ unassign: "true" })).toEqual({ unassign: true });
    expect(pathsOf(releaseQuery, { force: "true" })).toEqual(["force"]);
  });
});
