import fc, { type Arbitrary } from "fast-check";
import type { JsonSchema } from "../api/openapi-schemas";

/** Values for fast-check made from JSON Schema: such as it allows, and such as nobody should send. */

export interface SchemaSource {
  /** What `#/components/schemas/<name>` points at. */
  schemas: Record<string, JsonSchema>;
  /** Values that mean something in the field of this name, such as ids of things there are. */
  known: (field: string) => readonly string[];
}

/** Values that have broken programs: wrong types, edges of types, text that databases and parsers trip over. */
export const nastyValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2_147_483_648,
  Number.MAX_SAFE_INTEGER + 1,
  1e308,
  "",
  " ",
  "0",
  "null",
  "a\u0000b",
  "\ud800",
  "\u202eabc",
  "\ufeff",
  "e\u0301".repeat(50),
  "\u{1f4de}",
  "'; DROP TABLE phone_number; --",
  "%",
  "_%\\",
  "../../etc/passwd",
  "x".repeat(600),
  "+1",
  "+14155550123 ",
  "\uff0b14155550123",
  "0000-01-01T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "9999-12-31T23:59:59+14:00",
  [],
  [[]],
  {},
  { toString: 1 },
  ["+14155550123"],
];

/** Values the schema allows. */
function valuesOf(schema: JsonSchema, source: SchemaSource): Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valuesOf(targetOf(schema.$ref, source), source);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const options = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (options) return fc.oneof(...options.map((option) => valuesOf(option, source)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => valuesOf({ ...schema, type } as JsonSchema, source)));
  switch (schema.type) {
    case "object":
      return objectsOf(schema, source);
    case "array":
      return fc.array(valuesOf((schema.items ?? {}) as JsonSchema, source), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case "integer":
      return fc.oneof(...edges(schema).map((edge) => fc.constant(edge)), fc.integer(rangeOf(schema)));
    case "number":
      return fc.double({ ...rangeOf(schema), noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return textsOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function targetOf(reference: string, { schemas }: SchemaSource): JsonSchema {
  const target = schemas[reference.replace("#/components/schemas/", "")];
  if (!target) throw new Error(`${reference} is not in the document.`);
  return target;
}

function objectsOf(schema: JsonSchema, source: SchemaSource): Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}) as [string, JsonSchema][];
  if (fields.length === 0) return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }));
  const model = Object.fromEntries(fields.map(([name, field]) => [name, fieldValues(name, field, source)]));
  return fc.record(model, { requiredKeys: schema.required ?? [] });
}

/** What names a thing is mostly a name there is: made-up ones only ever find nothing. */
export function fieldValues(name: string, schema: JsonSchema, source: SchemaSource): Arbitrary<unknown> {
  const known = source.known(name);
  const made = valuesOf(schema, source);
  if (known.length === 0) return made;
  const one = fc.constantFrom(...known);
  const isList = (schema.$ref ? targetOf(schema.$ref, source) : schema).type === "array";
  const some = isList ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
  return fc.oneof({ arbitrary: some, weight: 4 }, { arbitrary: made, weight: 1 });
}

function textsOf({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema): Arbitrary<string> {
  if (format === "date-time")
    return fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString());
  if (pattern !== undefined)
    return fc
      .stringMatching(new RegExp(pattern, "u"))
      .filter((text) => text.length >= minLength && text.length <= maxLength);
  const unit = fc.constantFrom("grapheme" as const, "grapheme-ascii" as const);
  const longest = Math.min(maxLength, 600);
  return fc.oneof(
    unit.chain((kind) => fc.string({ unit: kind, minLength, maxLength: Math.min(longest, minLength + 20) })),
    fc.constantFrom("x".repeat(longest), "x".repeat(Math.max(minLength, 1))),
  );
}

const rangeOf = ({ minimum, maximum }: JsonSchema) => ({
  min: Math.max(minimum ?? -1000, -1_000_000),
  max: Math.min(maximum ?? Math.max(1000, minimum ?? 0), 2_147_483_647),
});

const edges = (schema: JsonSchema): number[] => [rangeOf(schema).min, rangeOf(schema).max];

/** The value with one thing wrong with it: a field replaced, taken out or added, or the whole of it something else. */
export function broken(value: Arbitrary<unknown>): Arbitrary<unknown> {
  const nasty = fc.constantFrom(...nastyValues);
  return fc.oneof(
    { weight: 1, arbitrary: nasty },
    {
      weight: 6,
      arbitrary: fc.tuple(value, fc.nat(), nasty).map(([whole, at, part]) => replaceAt(whole, at, part)),
    },
    { weight: 2, arbitrary: fc.tuple(value, fc.nat()).map(([whole, at]) => replaceAt(whole, at, undefined)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          value,
          fc.constantFrom("extra", "__proto__", "constructor", "", "id", "organization_id"),
          nasty,
        )
        .map(([whole, name, part]) => (isObject(whole) ? withField(whole, name, part) : [whole])),
    },
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** As JSON.parse makes it: `__proto__` is a field like any other. */
function withField(whole: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  return Object.defineProperty({ ...whole }, name, { value, enumerable: true });
}

/** The same with the part that is met as number `at`, anywhere inside, replaced; undefined takes it out. */
function replaceAt(whole: unknown, at: number, part: unknown): unknown {
  const places = placesIn(whole);
  const place = places[at % Math.max(places.length, 1)];
  if (!place) return part;
  const copy = structuredClone(whole);
  let inner = copy as Record<string, unknown>;
  for (const name of place.slice(0, -1)) inner = inner[name] as Record<string, unknown>;
  const last = place.at(-1) ?? "";
  if (part === undefined) delete inner[last];
  else inner[last] = part;
  return copy;
}

function placesIn(value: unknown, place: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [...place, name],
    ...placesIn(inner, [...place, name]),
  ]);
}
