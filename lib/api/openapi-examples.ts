import { type JsonSchema, schemaFolder } from "./openapi-schemas";

type Components = Record<string, JsonSchema>;

const textOfFormat: Record<string, string> = {
  date: "2026-11-22",
  "date-time": "2026-11-22T09:14:06.418Z",
  uri: "https://agents.example.com/voice",
};

/** The schema itself, where this is only a reference to it; what stands beside the reference wins. */
export function resolveSchema(schema: JsonSchema, components: Components): JsonSchema {
  const { $ref, ...siblings } = schema;
  if ($ref === undefined) return schema;
  const target = components[$ref.slice(schemaFolder.length)];
  if (!target) throw new Error(`${$ref} is not in the document.`);
  return { ...resolveSchema(target, components), ...siblings };
}

/** The example with other values in some of its fields. */
export function changeExample(example: unknown, changes: object | undefined): unknown {
  if (changes === undefined || typeof example !== "object" || example === null) return changes ?? example;
  const fields = Object.entries(changes).map(([name, change]) => {
    const isNested = typeof change === "object" && change !== null && !Array.isArray(change);
    return [name, isNested ? changeExample(example[name as keyof typeof example], change) : change];
  });
  return { ...example, ...Object.fromEntries(fields) };
}

/** A value of this schema: its own example, or one made of the examples of its fields. */
export function exampleOf(schema: JsonSchema, components: Components): unknown {
  const resolved = resolveSchema(schema, components);
  if (resolved.examples) return resolved.examples[0];
  if (resolved.const !== undefined) return resolved.const;
  if (resolved.default !== undefined) return resolved.default;
  if (resolved.enum) return resolved.enum[0];
  const options = (resolved.anyOf ?? resolved.oneOf ?? []) as JsonSchema[];
  const option = options.find((each) => resolveSchema(each, components).examples) ?? options[0];
  if (option) return exampleOf(option, components);
  switch (Array.isArray(resolved.type) ? resolved.type[0] : resolved.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(resolved.properties ?? {}).map(([name, property]) => [
          name,
          exampleOf(property as JsonSchema, components),
        ]),
      );
    case "array":
      return [exampleOf(resolved.items as JsonSchema, components)];
    case "integer":
    case "number":
      return resolved.minimum ?? 1;
    case "boolean":
      return false;
    case "null":
      return null;
    default:
      return textOfFormat[String(resolved.format)] ?? "text";
  }
}
