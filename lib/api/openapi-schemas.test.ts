import { describe, expect, test } from "vitest";
import { z } from "zod";
import { changeExample, exampleOf } from "./openapi-examples";
import { openSchemaBook } from "./openapi-schemas";

describe("the book of schemas", () => {
  // Names count for the whole process, so these must not be those of the product.
  const part = z.object({ size: z.number().int().default(1) }).meta({ id: "TestPart" });
  const whole = z.object({ part, note: z.string().meta({ example: "hello" }) }).meta({ id: "TestWhole" });

  test("has what is named once, with references to it", () => {
    const book = openSchemaBook([whole, z.array(whole)]);
    expect(book.output(z.array(whole))).toEqual({
      type: "array",
      items: { $ref: "#/components/schemas/TestWhole" },
    });
    expect(Object.keys(book.components)).toEqual(["TestWhole", "TestPart"]);
    expect(book.components.TestWhole).toEqual({
      type: "object",
      properties: {
        part: { $ref: "#/components/schemas/TestPart" },
        note: { type: "string", examples: ["hello"] },
      },
      required: ["part", "note"],
    });
  });

  test("keeps what is sent apart where it differs from what is answered, and whatever refers to it", () => {
    const book = openSchemaBook([whole]);
    expect(book.input(whole)).toEqual({ $ref: "#/components/schemas/TestWholeInput" });
    expect(book.components.TestPart?.required).toEqual(["size"]);
    expect(book.components.TestPartInput?.required).toBeUndefined();
    expect(book.components.TestWholeInput?.properties?.part).toEqual({
      $ref: "#/components/schemas/TestPartInput",
    });
  });

  test("refuses two different schemas under one name", () => {
    const other = z.object({ other: z.string() });
    const book = openSchemaBook([part]);
    z.globalRegistry.remove(part);
    const impostor = other.meta({ id: "TestPart" });
    expect(() => book.output(impostor)).toThrow("Two schemas are named TestPart.");
    z.globalRegistry.remove(impostor);
    z.globalRegistry.add(part, { id: "TestPart" });
  });

  test("does not repeat what zod adds to be exact", () => {
    const { properties } = openSchemaBook([]).output(
      z.object({ at: z.iso.datetime(), count: z.number().int() }),
    );
    expect(properties).toEqual({
      at: { type: "string", format: "date-time" },
      count: { type: "integer" },
    });
  });
});

describe("an example", () => {
  const components = { Slot: { type: "object", properties: { agent: { type: "string" } } } } as const;
  const make = (schema: object) => exampleOf(schema as never, components as never);

  test.each([
    [{ type: "string", examples: ["a", "b"] }, "a"],
    [{ const: "latest" }, "latest"],
    [{ type: "integer", default: 50 }, 50],
    [{ enum: ["x", "y"] }, "x"],
    [{ anyOf: [{ type: "string" }, { type: "string", examples: ["better"] }] }, "better"],
    [{ anyOf: [{ $ref: "#/components/schemas/Slot" }, { type: "null" }] }, { agent: "text" }],
    [{ type: ["string", "null"] }, "text"],
    [{ type: "array", items: { type: "integer", minimum: 3 } }, [3]],
    [
      { type: "object", properties: { ok: { type: "boolean" }, none: { type: "null" } } },
      { ok: false, none: null },
    ],
    [{ type: "string", format: "date" }, "2026-11-22"],
  ])("of %j is %j", (schema, expected) => {
    expect(make(schema)).toEqual(expected);
  });

  test("can be changed in some fields, also of objects in it", () => {
    const example = { data: { status: "active", id: 1 }, meta: { ts: "now" } };
    expect(changeExample(example, { data: { status: "released" } })).toEqual({
      data: { status: "released", id: 1 },
      meta: { ts: "now" },
    });
    expect(changeExample(example, undefined)).toBe(example);
    expect(changeExample("text", undefined)).toBe("text");
  });
});
