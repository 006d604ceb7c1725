import { z } from "zod";
import type { Endpoint } from "./endpoint";
import type { Parameter, Reference } from "./openapi-document";
import { exampleOf, resolveSchema } from "./openapi-examples";
import type { JsonSchema, SchemaBook } from "./openapi-schemas";

/** The headers any operation may take; each names the ones it does. */
export const headerParameters = {
  "X-Organization-Id": {
    name: "X-Organization-Id",
    in: "header",
    description:
      "The organization to act in. A personal token always needs it; a key has its organization in itself and refuses another one. `X-Anyreach-Org` means the same.",
    schema: { type: "string", examples: ["org_1xSgNwTq5bYf8Kd3Lz7RmC"] },
  },
  "Idempotency-Key": {
    name: "Idempotency-Key",
    in: "header",
    description:
      "1 to 255 visible ASCII characters, new for every request that is meant anew. Sent again with the same request, it brings the first answer again instead of doing it twice, for 30 days. `X-Idempotency-Key` means the same.",
    schema: {
      type: "string",
      pattern: "^[\\x21-\\x7e]{1,255}$",
      examples: ["9b2f6c1e-5f0a-4c57-8f0e-2f6d2b1a7c44"],
    },
  },
  "If-Match": {
    name: "If-Match",
    in: "header",
    description:
      "The `ETag` of the resource you saw. The edit is refused with 412 when it has changed since. Without it, or with `*`, the edit is made whatever the version.",
    schema: { type: "string", pattern: '^(\\*|(W/)?"\\d{1,9}")$', examples: ['"4"'] },
  },
} as const satisfies Record<string, Parameter>;

const refer = (name: keyof typeof headerParameters): Reference => ({
  $ref: `#/components/parameters/${name}`,
});

/** Whether an Idempotency-Key counts for it. */
export function takesIdempotencyKey({ method, description }: Endpoint): boolean {
  return method !== "GET" && description.idempotency !== false;
}

/** Everything an operation takes outside its body. */
export function parametersOf(endpoint: Endpoint, book: SchemaBook): (Parameter | Reference)[] {
  const { params, query, ifMatch } = endpoint.description;
  return [
    ...fieldsOf(params, book).map((field) => pathParameter(field, book)),
    ...fieldsOf(query, book).map((field) => queryParameter(field, book)),
    refer("X-Organization-Id"),
    ...(takesIdempotencyKey(endpoint) ? [refer("Idempotency-Key")] : []),
    ...(ifMatch ? [refer("If-Match")] : []),
  ];
}

interface ParameterField {
  name: string;
  schema: JsonSchema;
  source: z.ZodType | undefined;
  required: boolean;
  /** Its value in the example of the whole query. */
  sample: unknown;
}

function fieldsOf(source: z.ZodType, book: SchemaBook): ParameterField[] {
  const schema = resolveSchema(book.input(source), book.components);
  const shape: Record<string, z.ZodType> = source instanceof z.ZodObject ? source.shape : {};
  const sample = (schema.examples?.[0] ?? {}) as Record<string, unknown>;
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    schema: property as JsonSchema,
    source: shape[name],
    required: schema.required?.includes(name) ?? false,
    sample: sample[name],
  }));
}

function pathParameter({ name, schema }: ParameterField, { components }: SchemaBook): Parameter {
  const example = exampleOf(schema, components);
  return { name, in: "path", required: true, ...splitDescription(schema, components), example };
}

function queryParameter(field: ParameterField, book: SchemaBook): Parameter {
  const { name, schema, required } = field;
  const { description, ...plain } = splitDescription(schema, book.components);
  const sample = field.sample ?? (required ? exampleOf(schema, book.components) : undefined);
  const list = listBehind(field.source);
  const { example, ...typed } = list
    ? {
        schema: { type: "array", items: book.input(list.element as z.ZodType) } as const,
        style: "form" as const,
        explode: false,
        example: typeof sample === "string" ? sample.split(",") : undefined,
      }
    : isBoolean(schema)
      ? { schema: { type: "boolean" } as const, example: sample && sample === "true" }
      : { ...plain, example: sample };
  return {
    name,
    in: "query",
    ...(required ? { required } : {}),
    ...(description ? { description } : {}),
    ...typed,
    ...(example === undefined ? {} : { example }),
  };
}

/** A list stands in a query as one text with commas, which its schema splits. */
function listBehind(source: z.ZodType | undefined): z.ZodArray | null {
  if (source instanceof z.ZodOptional || source instanceof z.ZodDefault) {
    return listBehind(source.unwrap() as z.ZodType);
  }
  return source instanceof z.ZodPipe && source.def.out instanceof z.ZodArray ? source.def.out : null;
}

/** The text `true` or `false`, which is how a query spells a boolean. */
function isBoolean({ enum: values }: JsonSchema): boolean {
  return values?.length === 2 && values.includes("true") && values.includes("false");
}

/** A parameter says itself what it is; its schema does not say it again. */
function splitDescription(
  schema: JsonSchema,
  components: SchemaBook["components"],
): { description?: string; schema: JsonSchema } {
  const { description, ...plain } = schema;
  const words = description ?? resolveSchema(schema, components).description;
  return { ...(words ? { description: words } : {}), schema: plain };
}
