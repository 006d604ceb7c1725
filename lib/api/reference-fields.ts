import { resolveSchema } from "./openapi-examples";
import { type JsonSchema, schemaFolder } from "./openapi-schemas";

type Components = Record<string, JsonSchema>;

/** A piece of a type's name; `object` names a component with a place of its own in the reference. */
export interface TypePart {
  text: string;
  object?: string;
}

export interface Field {
  /** With the fields it lies in: `config.endpoint`. */
  name: string;
  type: TypePart[];
  required: boolean;
  description: string;
  /** The values it takes, where they are few. */
  values: string[];
  defaultValue?: string;
  example?: string;
}

/** The fields of an object, those of nameless objects in it behind their parent. */
export function fieldsOf(schema: JsonSchema, components: Components, parent = ""): Field[] {
  const { properties = {}, required = [] } = objectIn(schema, components) ?? {};
  return Object.entries(properties).flatMap(([key, property]) => {
    const child = property as JsonSchema;
    const name = `${parent}${key}`;
    const field = describeField(name, child, required.includes(key), components);
    return [field, ...(isNamed(child) ? [] : fieldsOf(child, components, `${name}.`))];
  });
}

/** One field or parameter. */
export function describeField(
  name: string,
  schema: JsonSchema,
  required: boolean,
  components: Components,
): Field {
  const resolved = resolveSchema(schema, components);
  const [example] = resolved.examples ?? [];
  return {
    name,
    type: typeOf(schema),
    required,
    description: resolved.description ?? "",
    values: valuesOf(schema, components),
    ...(resolved.default === undefined ? {} : { defaultValue: asText(resolved.default) }),
    ...(example === undefined || example === null ? {} : { example: asText(example) }),
  };
}

/** A type in words: `string`, `array of Slot`, `integer or null`. */
export function typeOf(schema: JsonSchema): TypePart[] {
  if (schema.$ref) {
    const name = schema.$ref.slice(schemaFolder.length);
    return [{ text: name, object: name }];
  }
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return joinWithOr(options.map((option) => typeOf(option as JsonSchema)));
  if (schema.const !== undefined) return [{ text: JSON.stringify(schema.const) }];
  const types = [schema.type ?? "any value"].flat();
  return joinWithOr(
    types.map((type) =>
      type === "array" && schema.items
        ? [{ text: "array of " }, ...typeOf(schema.items as JsonSchema)]
        : [{ text: type }],
    ),
  );
}

function joinWithOr(types: TypePart[][]): TypePart[] {
  const seen = new Set<string>();
  const different = types.filter((parts) => {
    const text = parts.map((part) => part.text).join("");
    return !seen.has(text) && seen.add(text);
  });
  return different.flatMap((parts, index) => (index === 0 ? parts : [{ text: " or " }, ...parts]));
}

/** The object behind a list or a choice; of several objects to choose from, one with the fields of all. */
function objectIn(schema: JsonSchema, components: Components): JsonSchema | undefined {
  const resolved = resolveSchema(schema, components);
  if (resolved.properties) return resolved;
  if (resolved.items) return objectIn(resolved.items as JsonSchema, components);
  const options = (resolved.anyOf ?? resolved.oneOf ?? []) as JsonSchema[];
  const [first, ...others] = options
    .map((option) => objectIn(option, components))
    .filter((option) => option !== undefined);
  return first && others.reduce(merge, first);
}

function merge(one: JsonSchema, other: JsonSchema): JsonSchema {
  const properties = { ...one.properties };
  for (const [name, property] of Object.entries(other.properties ?? {}) as [string, JsonSchema][]) {
    const known = properties[name] as JsonSchema | undefined;
    properties[name] = known ? mergeField(known, property) : property;
  }
  return { properties, required: (one.required ?? []).filter((name) => other.required?.includes(name)) };
}

function mergeField(one: JsonSchema, other: JsonSchema): JsonSchema {
  const descriptions = [one.description, other.description].filter(Boolean);
  return {
    anyOf: [...(one.anyOf ?? [one]), other],
    description: [...new Set(descriptions)].join(" "),
    ...(one.examples ? { examples: one.examples } : {}),
  };
}

/** Whether its fields stand somewhere else. */
function isNamed(schema: JsonSchema): boolean {
  return typeOf(schema).some((part) => part.object !== undefined);
}

function valuesOf(schema: JsonSchema, components: Components): string[] {
  const resolved = resolveSchema(schema, components);
  const items = resolved.items ? resolveSchema(resolved.items as JsonSchema, components) : undefined;
  return (resolved.enum ?? items?.enum ?? []).map(asText);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
