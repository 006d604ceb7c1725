import { z } from "zod";

/** JSON Schema of the endpoints' zod schemas, as OpenAPI 3.1 has it: named ones stand once, under `components`. */

export type JsonSchema = z.core.JSONSchema.BaseSchema;

type Definitions = Record<string, JsonSchema>;
type Direction = "input" | "output";

export interface SchemaBook {
  /** What has a name, by name. */
  components: Definitions;
  /** What a caller sends. */
  input: (schema: z.ZodType) => JsonSchema;
  /** What is answered. */
  output: (schema: z.ZodType) => JsonSchema;
}

export const schemaFolder = "#/components/schemas/";
const definitionFolder = "#/$defs/";

/**
 * A book that starts with everything in `answers`. What is sent and answered under one name stands there once where
 * both are the same, and as `<name>Input` beside the answered one where they are not. Throws when two different
 * schemas have one name.
 */
export function openSchemaBook(answers: readonly z.ZodType[]): SchemaBook {
  const components: Definitions = {};
  const texts = new Map<string, string>();

  function convert(schema: z.ZodType, direction: Direction): JsonSchema {
    const { $defs: definitions = {}, ...root } = toJsonSchema(schema, direction);
    const names = new Map<string, string>();
    for (const [id, definition] of Object.entries(definitions)) {
      names.set(id, nameOf(id, JSON.stringify(inline(definition, definitions)), direction));
    }
    for (const [id, name] of names) components[name] ??= rename(definitions[id], names) as JsonSchema;
    return rename(root, names) as JsonSchema;
  }

  function nameOf(id: string, text: string, direction: Direction): string {
    const candidates = direction === "input" ? [id, `${id}Input`] : [id];
    const name = candidates.find((candidate) => (texts.get(candidate) ?? text) === text);
    if (name === undefined) throw new Error(`Two schemas are named ${id}.`);
    texts.set(name, text);
    return name;
  }

  for (const schema of answers) convert(schema, "output");
  return {
    components,
    input: (schema) => convert(schema, "input"),
    output: (schema) => convert(schema, "output"),
  };
}

function toJsonSchema(schema: z.ZodType, io: Direction): JsonSchema {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, { io, override: tidy });
  return converted;
}

/** Takes out what is true but tells nobody anything, and what would bind answers more than we mean to. */
function tidy({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void {
  if ("example" in jsonSchema) {
    jsonSchema.examples ??= [jsonSchema.example];
    delete jsonSchema.example;
  }
  delete jsonSchema.id;
  if (jsonSchema.format === "date" || jsonSchema.format === "date-time") delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  const { def } = zodSchema._zod;
  // An answer may get further fields; only a strict object says that it will not.
  if (def.type === "object" && !("catchall" in def && def.catchall)) delete jsonSchema.additionalProperties;
}

/** The same with every reference pointing at its component. */
function rename(value: unknown, names: ReadonlyMap<string, string>): unknown {
  return mapReferences(value, (id, siblings) => ({ ...siblings, $ref: `${schemaFolder}${names.get(id)}` }));
}

/** The same with every reference replaced by what it points at. */
function inline(value: unknown, definitions: Definitions): unknown {
  return mapReferences(value, (id, siblings) => ({
    ...siblings,
    $ref: inline(definitions[id], definitions),
  }));
}

function mapReferences(value: unknown, map: (id: string, siblings: object) => object): unknown {
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, map));
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value && typeof value.$ref === "string") {
    const { $ref, ...siblings } = value;
    return map($ref.slice(definitionFolder.length), siblings);
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapReferences(part, map)]));
}
