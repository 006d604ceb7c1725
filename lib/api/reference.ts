import type { ErrorCode } from "../errors";
import type { MediaType, OpenApiDocument, Operation, Parameter } from "./openapi-document";
import { schemaFolder } from "./openapi-schemas";
import { problems } from "./problems";
import { describeField, type Field, fieldsOf, type TypePart, typeOf } from "./reference-fields";
import { endsObject, type OwnObjects, sampleRequest } from "./sample-request";
import { type Samples, samplesOf } from "./samples";
import { coreSurface, publicSurface } from "./surface";

/** What the reference page shows, made from the document and nothing else. */

export interface Reference {
  surfaces: SurfaceReference[];
  objects: ObjectReference[];
}

export interface SurfaceReference {
  id: string;
  title: string;
  prefix: string;
  description: string;
  groups: { id: string; title: string; description: string; operations: OperationReference[] }[];
}

export interface OperationReference {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: { title: string; fields: Field[] }[];
  /** Names of the headers it takes; what they mean holds for all operations. */
  headers: string[];
  answers: AnswerReference[];
  errors: { status: number; codes: string[] }[];
  samples: Samples;
  /** The sample names a made-up object, since it would be gone. */
  spares: boolean;
}

export interface AnswerReference {
  status: string;
  description: string;
  type: TypePart[];
  fields: Field[];
  /** One, or one to each kind of body that may come. */
  examples: { title: string; text: string }[];
}

export interface ObjectReference {
  name: string;
  description: string;
  fields: Field[];
  values: string[];
}

const surfaces = [
  {
    surface: coreSurface,
    id: "native",
    title: "Native API",
    description:
      "The dashboard is made with it. It answers with the resource itself; lists are `{ data, next_cursor }`; errors are `application/problem+json`.",
  },
  {
    surface: publicSurface,
    id: "compatible",
    title: "Compatible API",
    description:
      "For programs written for another desk. It answers with `{ data, meta }`, lists add `pagination`, errors are `{ error, meta }`. The operations underneath are the same, and so are the keys.",
  },
];

/** Everything the page shows; samples name `own` objects where the reader has some. */
export function referenceOf(document: OpenApiDocument, own?: OwnObjects): Reference {
  const all = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
  return {
    surfaces: surfaces.map(({ surface, ...rest }) => {
      const here = all.filter(({ path }) => path.startsWith(`${surface.prefix}/`));
      const groups = document.tags.map(({ name, description }) => ({
        id: `${rest.id}-${name.toLowerCase().replaceAll(" ", "-")}`,
        title: name,
        description,
        operations: here
          .filter(({ operation }) => operation.tags[0] === name)
          .map((described) => describeOperation(document, described, own)),
      }));
      return {
        ...rest,
        prefix: surface.prefix,
        groups: groups.filter(({ operations }) => operations.length > 0),
      };
    }),
    objects: objectsOf(document),
  };
}

function describeOperation(
  document: OpenApiDocument,
  described: { method: string; path: string; operation: Operation },
  own: OwnObjects | undefined,
): OperationReference {
  const { method, path, operation } = described;
  const request = sampleRequest(described, own);
  return {
    id: operation.operationId,
    method,
    path,
    summary: operation.summary,
    description: operation.description,
    ...inputsOf(document, operation),
    answers: answersOf(document, operation),
    errors: errorsOf(operation),
    samples: samplesOf(request),
    spares: own !== undefined && endsObject(described, request.query),
  };
}

const places = { path: "Path", query: "Query" };

function inputsOf(document: OpenApiDocument, { parameters, requestBody }: Operation) {
  const { schemas } = document.components;
  const resolved = parameters.map((parameter) =>
    "name" in parameter ? parameter : lookUpParameter(document, parameter.$ref),
  );
  const groups = Object.entries(places).map(([place, title]) => ({
    title,
    fields: resolved
      .filter((parameter) => parameter.in === place)
      .map(({ name, schema, required = false, description = "" }) => ({
        ...describeField(name, schema, required, schemas),
        description,
      })),
  }));
  const body = requestBody?.content["application/json"]?.schema;
  const all = body ? [...groups, { title: "Body", fields: fieldsOf(body, schemas) }] : groups;
  return {
    parameters: all.filter(({ fields }) => fields.length > 0),
    headers: resolved.filter((parameter) => parameter.in === "header").map(({ name }) => name),
  };
}

function lookUpParameter({ components }: OpenApiDocument, reference: string): Parameter {
  const found = components.parameters[reference.slice("#/components/parameters/".length)];
  if (!found) throw new Error(`${reference} is not in the document.`);
  return found;
}

function answersOf({ components }: OpenApiDocument, { responses }: Operation): AnswerReference[] {
  return Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([status, { description, content = {} }]) => {
      const [media] = Object.values(content);
      if (!media) return { status, description, type: [], fields: [], examples: [] };
      const type = typeOf(media.schema);
      const isNamed = type.some((part) => part.object !== undefined);
      const fields = isNamed ? [] : fieldsOf(media.schema, components.schemas);
      return { status, description, type, fields, examples: examplesOf(status, media) };
    });
}

function examplesOf(status: string, { example, examples = {} }: MediaType): AnswerReference["examples"] {
  const named = Object.entries(examples).flatMap(([name, each]) =>
    "value" in each ? [{ title: `${status}, ${name}`, text: show(each.value) }] : [],
  );
  return example === undefined ? named : [{ title: status, text: show(example) }];
}

function show(example: unknown): string {
  return typeof example === "string" ? example : JSON.stringify(example, null, 2);
}

function errorsOf({ responses }: Operation): OperationReference["errors"] {
  const codes = Object.values(responses).flatMap(({ content = {} }) =>
    Object.values(content).flatMap(({ examples = {} }) =>
      Object.entries(examples).flatMap(([code, example]) => ("$ref" in example ? [code] : [])),
    ),
  );
  const statuses = [...new Set(codes.map(statusOf))].sort((a, b) => a - b);
  return statuses.map((status) => ({ status, codes: codes.filter((code) => statusOf(code) === status) }));
}

const statusOf = (code: string) => problems[code as ErrorCode].status;

/** The named objects anything refers to; a body stands with its operation. */
function objectsOf(document: OpenApiDocument): ObjectReference[] {
  const { schemas } = document.components;
  const text = JSON.stringify(document, (key, value) => (key === "requestBody" ? withoutName(value) : value));
  const references = text.matchAll(new RegExp(`"${schemaFolder}(\\w+)"`, "g"));
  const names = new Set([...references].flatMap(([, name]) => name ?? []));
  return [...names].sort().map((name) => {
    const schema = schemas[name] ?? {};
    const { description, values } = describeField(name, schema, true, schemas);
    return { name, description, fields: fieldsOf(schema, schemas), values };
  });
}

function withoutName(body: NonNullable<Operation["requestBody"]>): unknown {
  return body.content["application/json"]?.schema.$ref === undefined ? body : undefined;
}
