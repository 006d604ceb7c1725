import { describe, expect, test } from "vitest";
import { z } from "zod";
import { describeIssue } from "./field-sentences";

function sentencesOf(schema: z.ZodType, value: unknown): (string | undefined)[] {
  const { error } = schema.safeParse(value, { error: describeIssue });
  return error?.issues.map((issue) => issue.message) ?? [];
}

describe("what a field takes", () => {
  test.each([
    [z.string(), undefined, "This is needed: text."],
    [z.string(), 3, "This takes text."],
    [z.string().min(1), "", "This takes text that is not empty."],
    [z.string().max(3), "long", "This takes at most 3 characters."],
    [z.number(), "3", "This takes a number."],
    [z.number().int(), 1.5, "This takes a whole number."],
    [z.coerce.number().int().max(200), "201", "This takes at most 200."],
    [z.coerce.number().int(), "x", "This takes a number."],
    [z.boolean(), "yes", "This takes true or false."],
    [z.enum(["local", "toll_free", "mobile"]), "fax", "This takes local, toll_free or mobile."],
    [z.enum(["inbound", "outbound"]), undefined, "This is needed: inbound or outbound."],
    [z.array(z.string()).min(1), [], "This takes at least 1 entry."],
    [z.array(z.string()).max(2), ["1", "2", "3"], "This takes at most 2 entries."],
    [z.array(z.string()), {}, "This takes a list."],
    [z.strictObject({}), [], "This takes an object."],
    [z.iso.datetime(), "today", "This takes a moment like 2026-01-31T09:30:00Z."],
    [z.iso.date(), "today", "This takes a date like 2026-01-31."],
    [z.union([z.literal("latest"), z.number().int()]), "newest", "This takes latest or a number."],
    [z.union([z.literal("latest"), z.number().int()]), undefined, "This is needed: latest or a number."],
    [z.string().nullable(), 3, "This takes text."],
  ])("%# is told", (schema, value, sentence) => {
    expect(sentencesOf(schema, value)).toEqual([sentence]);
  });

  test("a schema's own sentence goes before", () => {
    expect(sentencesOf(z.string().min(1, "Give it a name."), "")).toEqual(["Give it a name."]);
  });

  test("a rule nobody has words for keeps those of the library", () => {
    expect(sentencesOf(z.number().multipleOf(5), 7)).toEqual([expect.stringContaining("multiple")]);
  });
});
