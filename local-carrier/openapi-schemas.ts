/** The keywords of OpenAPI 3.0 schemas that checking needs to know. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  pattern?: string;
  nullable?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  enum?: unknown[];
}

/** What the checker registers the whole document as; references name it, so any schema can stand alone. */
export const DOCUMENT_ID = "twilio";

const SID_PATTERN = /^\^[A-Z]{2}/;
const KEPT_FORMATS = new Set(["date-time-rfc-2822", "iso-country-code"]);
const EMPTY: Schema = { enum: ["", null] };
const NUMERIC_TEXT: Schema = { type: "string", pattern: "^-?\\d+(\\.\\d+)?$" };

/**
 * Half of the document's own examples break its schemas, always in the same few ways, and real replies
 * look like the examples: SIDs and URLs may be empty, URLs relative, prices and coordinates text.
 */
export function relaxSchema(schema: Schema): Schema {
  if (schema.$ref !== undefined) return { $ref: DOCUMENT_ID + schema.$ref };
  const { format, ...rest } = schema;
  const relaxed: Schema = { ...rest };
  if (format !== undefined && KEPT_FORMATS.has(format)) relaxed.format = format;
  if (schema.items !== undefined) relaxed.items = relaxSchema(schema.items);
  if (schema.anyOf !== undefined) relaxed.anyOf = schema.anyOf.map(relaxSchema);
  if (typeof schema.additionalProperties === "object") {
    relaxed.additionalProperties = relaxSchema(schema.additionalProperties);
  }
  if (schema.properties !== undefined) {
    relaxed.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, relaxSchema(property)]),
    );
  }
  if (format === "uri" || SID_PATTERN.test(schema.pattern ?? "")) return { anyOf: [relaxed, EMPTY] };
  return schema.type === "number" ? { anyOf: [relaxed, NUMERIC_TEXT] } : relaxed;
}
