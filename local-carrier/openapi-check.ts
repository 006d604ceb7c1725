import { Ajv, type ValidateFunction } from "ajv";
import { DOCUMENT_ID, relaxSchema, type Schema } from "./openapi-schemas";
import { compilePathTemplate, type PathTemplate } from "./twilio/path-template";

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
}

interface Content {
  schema: Schema;
  examples?: Record<string, { value: unknown }>;
}

interface OperationObject {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
}

interface PathItem {
  servers: { url: string }[];
  get?: OperationObject;
  post?: OperationObject;
  delete?: OperationObject;
}

interface OpenApiDocument {
  paths: Record<string, PathItem>;
  components: { schemas: Record<string, Schema> };
}

export interface OpenApiCheck {
  /** The document's own name for an operation, or null when it has none such. */
  operationOf(request: { method: string; host: string; path: string }): string | null;
  checkRequest(request: {
    method: string;
    host: string;
    path: string;
    query: URLSearchParams;
    form: URLSearchParams;
  }): string[];
  checkResponse(response: {
    method: string;
    host: string;
    path: string;
    status: number;
    body: unknown;
  }): string[];
}

interface Found {
  operation: OperationObject;
  params: Record<string, string>;
}

const SCHEMAS = "#/components/schemas/";
/** Maps whose keys depend on the subject: a country without mobiles has no address for them. */
const KEYED_BY_SUBJECT = new Set(["subresource_uris"]);

/** Holds requests and replies against Twilio's own OpenAPI document. Empty lists mean all is well. */
export async function createOpenApiCheck(): Promise<OpenApiCheck> {
  const document = await loadDocument();
  const paths = Object.entries(document.paths)
    .map(([template, item]) => ({ item, host: hostOf(item), path: compilePathTemplate(template) }))
    .sort((left, right) => left.path.parameterCount - right.path.parameterCount);
  const validators = createValidators(document);

  function find(method: string, host: string, path: string): Found | null {
    return findOperation(paths, { method, host, path });
  }

  return {
    operationOf: ({ method, host, path }) => find(method, host, path)?.operation.operationId ?? null,

    checkRequest({ method, host, path, query, form }) {
      const found = find(method, host, path);
      if (found === null) return [`${method} ${host}${path} is not in the document`];
      const { operation, params } = found;
      const parameters = operation.parameters ?? [];
      const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
      return [
        ...validators.checkValues(objectOf(parameters, "path"), new URLSearchParams(params), "path"),
        ...validators.checkValues(objectOf(parameters, "query"), query, "query"),
        ...validators.checkValues(body ?? {}, form, "form"),
      ];
    },

    checkResponse({ method, host, path, status, body }) {
      const found = find(method, host, path);
      if (found === null) return [`${method} ${host}${path} is not in the document`];
      const response = found.operation.responses[String(status)];
      if (response === undefined) return [`status ${status} is not documented`];
      const content = Object.values(response.content ?? {})[0];
      if (content === undefined) return body === null ? [] : ["a body where none is documented"];
      const example = Object.values(content.examples ?? {})[0]?.value;
      return [...validators.checkBody(content.schema, body), ...listMissing(example, body, "body")];
    },
  };
}

/** The one cast of the document: its shape is OpenAPI 3.0's, as its own linter has checked. */
async function loadDocument(): Promise<OpenApiDocument> {
  const loaded: { default: unknown } = await import("./openapi/twilio.openapi.json", {
    with: { type: "json" },
  });
  return loaded.default as OpenApiDocument;
}

function hostOf(item: PathItem): string {
  return new URL(item.servers[0]?.url ?? "").host;
}

function findOperation(
  paths: readonly { item: PathItem; host: string; path: PathTemplate }[],
  wanted: { method: string; host: string; path: string },
): Found | null {
  const method = wanted.method.toLowerCase();
  for (const { item, host, path } of paths) {
    if (host !== wanted.host) continue;
    const params = path.match(wanted.path);
    if (params === null) continue;
    const operation = method === "get" || method === "post" || method === "delete" ? item[method] : undefined;
    if (operation !== undefined) return { operation, params };
  }
  return null;
}

function createValidators(document: OpenApiDocument) {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    formats: {
      "date-time-rfc-2822": /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
      "iso-country-code": /^[A-Z]{2}$/,
    },
    logger: false,
  });
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, relaxSchema(schema)]),
  );
  ajv.addSchema({ components: { schemas } }, DOCUMENT_ID);
  const compiled = new Map<Schema, ValidateFunction>();

  function validate(schema: Schema, value: unknown, place: string): string[] {
    let validator = compiled.get(schema);
    if (validator === undefined) {
      validator = ajv.compile(relaxSchema(schema));
      compiled.set(schema, validator);
    }
    if (validator(value)) return [];
    return (validator.errors ?? []).map((error) => `${place}${error.instancePath} ${error.message}`);
  }

  function resolve(schema: Schema): Schema {
    return schema.$ref === undefined
      ? schema
      : (document.components.schemas[schema.$ref.replace(SCHEMAS, "")] ?? {});
  }

  return {
    checkBody: (schema: Schema, body: unknown) => validate(schema, body, "body"),

    /** Requests are text on the wire: each value is read as its schema's type before it is checked. */
    checkValues(schema: Schema, values: URLSearchParams, place: string): string[] {
      const problems: string[] = [];
      const known = schema.properties ?? {};
      for (const name of schema.required ?? []) {
        if (!values.has(name)) problems.push(`${place} lacks ${name}`);
      }
      for (const name of new Set(values.keys())) {
        const property = known[name];
        const given = values.getAll(name);
        if (property === undefined) problems.push(`${place} has an unknown ${name}`);
        else if (given.length > 1) problems.push(`${place} repeats ${name}`);
        else {
          const value = readAs(resolve(property).type, given[0] ?? "");
          problems.push(...validate(property, value, `${place} ${name}`));
        }
      }
      return problems;
    },
  };
}

function objectOf(parameters: readonly Parameter[], place: Parameter["in"]): Schema {
  const relevant = parameters.filter((parameter) => parameter.in === place);
  return {
    required: relevant.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(relevant.map(({ name, schema }) => [name, schema])),
  };
}

function readAs(type: string | undefined, text: string): unknown {
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  return text;
}

/** The document requires hardly anything, so its example stands in: whatever the example has, a reply must. */
function listMissing(example: unknown, actual: unknown, place: string): string[] {
  if (Array.isArray(example)) {
    if (!Array.isArray(actual) || example[0] === undefined) return [];
    return actual.flatMap((item, index) => listMissing(example[0], item, `${place}[${index}]`));
  }
  if (!isRecord(example) || !isRecord(actual)) return [];
  const names = new Map(Object.keys(actual).map((name) => [name.toLowerCase(), name]));
  return Object.entries(example).flatMap(([name, value]) => {
    // Capability keys come in capitals or not; anything else has one spelling, which the schema knows.
    const present = names.get(name.toLowerCase());
    if (present === undefined) return [`${place} lacks ${name}`];
    return KEYED_BY_SUBJECT.has(name) ? [] : listMissing(value, actual[present], `${place}.${name}`);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
