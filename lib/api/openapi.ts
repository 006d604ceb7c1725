import type { z } from "zod";
import { version } from "@/package.json";
import { env } from "../env";
import type { ErrorCode } from "../errors";
import type { Access, Endpoint, Tag } from "./endpoint";
import type { Answer, MediaType, OpenApiDocument, Operation } from "./openapi-document";
import { errorAnswers, errorExamples, errorsOf } from "./openapi-errors";
import { changeExample, exampleOf, resolveSchema } from "./openapi-examples";
import { answerHeaders, headersOfSuccess } from "./openapi-headers";
import { headerParameters, parametersOf } from "./openapi-parameters";
import { type JsonSchema, openSchemaBook, type SchemaBook, schemaFolder } from "./openapi-schemas";
import { endpoints } from "./operations";
import { coreSurface, publicSurface } from "./surface";

/** The OpenAPI 3.1 document of both APIs, made from the endpoints' declarations. */

const tags: Record<Tag, string> = {
  "Phone numbers":
    "The numbers of the organization: who answers them, who calls from them, and giving them back.",
  Buying: "The carrier's inventory, and purchases from it.",
  Agents: "Voice agents and their versions. Only published versions answer and call.",
  Access: "Who you are, the organization, its keys and your personal tokens.",
  "Carrier sync":
    "What the carrier's own list says against ours: comparisons, the differences they found and what to do about each, safe mode and kill switches.",
  Telephony: "Numbers as the compatible API has them: search, purchase, assign, unassign, release.",
};

const statusWords: Record<string, string> = {
  200: "It went well.",
  201: "It was made.",
  202: "It was accepted and is not settled yet.",
  204: "It is done, and there is nothing to say about it.",
};

/** Describes every declared operation of both surfaces, as reached at `baseUrl`. */
export function openApiDocument({ baseUrl }: { baseUrl: string }): OpenApiDocument {
  const book = openSchemaBook(endpoints.flatMap(answersOf));
  const paths: OpenApiDocument["paths"] = {};
  for (const endpoint of endpoints) {
    const operations = paths[endpoint.path] ?? {};
    operations[endpoint.method.toLowerCase()] = describeOperation(endpoint, book);
    paths[endpoint.path] = operations;
  }
  const used = new Set(endpoints.map(({ description }) => description.tag));
  return {
    openapi: "3.1.1",
    info: {
      title: "Linedesk",
      version,
      description: introduction,
      license: { name: "MIT", identifier: "MIT" },
    },
    externalDocs: { url: `${baseUrl}/docs`, description: "The reference, with samples to copy" },
    servers: [{ url: baseUrl, description: "This installation" }],
    security: [{ bearer: [] }, { session: [] }],
    tags: Object.entries(tags)
      .filter(([name]) => used.has(name as Tag))
      .map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: book.components,
      parameters: headerParameters,
      headers: answerHeaders,
      examples: { ...examplesOn(coreSurface), ...examplesOn(publicSurface) },
      securitySchemes,
    },
  };
}

const introduction = `Two APIs over the same operations. \`/core\` is the native one: it answers with the resource itself and explains errors as RFC 9457 problems. \`/api/public/v1\` is the compatible one: it answers with \`{ data, meta }\`. The same keys open both.

Answers may get further fields, so read the ones you know. Bodies and queries may not: an unknown field is refused with 422.`;

const securitySchemes: OpenApiDocument["components"]["securitySchemes"] = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description:
      "A key of an organization, `ak_` with 22 characters, a dot and 39 characters, or a personal token, `pat_` with 61 characters. A personal token also needs X-Organization-Id.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "linedesk.session",
    description:
      "What the dashboard itself uses; `__Host-linedesk.session` behind TLS. Writes are taken from the dashboard's own pages only.",
  },
};

function describeOperation(endpoint: Endpoint, book: SchemaBook): Operation {
  const { operationId, tag, summary, description, access, alsoAccess, body } = endpoint.description;
  const failures = errorAnswers(
    endpoint.surface,
    errorsOf(endpoint),
    book.output(endpoint.surface.problemSchema),
  );
  return {
    operationId,
    tags: [tag],
    summary,
    description: [description, accessSentence(access, alsoAccess)].filter(Boolean).join("\n\n"),
    parameters: parametersOf(endpoint, book),
    ...(body ? { requestBody: { required: true, content: bodyOf(endpoint, book) } } : {}),
    responses: { ...successesOf(endpoint, book), ...failures },
    "x-scopes": typeof access === "string" ? [] : access,
    ...(access === "person" ? { "x-person": true } : {}),
  };
}

function accessSentence(access: Access, alsoAccess: readonly string[] = []): string {
  if (access === "anybody") return "Any key, token or session may.";
  if (access === "person")
    return "Takes a personal token or a session: keys of an organization have no person.";
  const oneOf = (scopes: readonly string[]) => scopes.map((scope) => `\`${scope}\``).join(" or ");
  const besides = alsoAccess.length > 0 ? `, and ${oneOf(alsoAccess)} besides` : "";
  return `Takes the scope ${oneOf(access)}${besides}.`;
}

function bodyOf({ description }: Endpoint, book: SchemaBook): Record<string, MediaType> {
  const schema = description.body ? book.input(description.body) : {};
  const example = description.example ?? exampleOf(schema, book.components);
  return { "application/json": { schema, example } };
}

/** Every schema that may be answered, as it is sent. */
function answersOf({ surface, description }: Endpoint): z.ZodType[] {
  const { 204: _, ...withBody } = description.responses;
  return [...Object.values(withBody).map((schema) => surface.describe(schema)), surface.problemSchema];
}

function successesOf(endpoint: Endpoint, book: SchemaBook): Record<string, Answer> {
  const { responses, plainText, answerExamples = {} } = endpoint.description;
  const type = plainText ? "text/plain" : "application/json";
  return Object.fromEntries(
    Object.entries(responses).map(([status, source]) => {
      const headers = headersOfSuccess(endpoint, Number(status), endpoints);
      if (status === "204") return [status, { description: statusWords[status] ?? "", headers }];
      const schema = book.output(endpoint.surface.describe(source));
      const resource = status === "200" ? resolveSchema(schema, book.components).description : undefined;
      const description = resource ?? statusWords[status] ?? "";
      const examples = examplesOf(schema, book, answerExamples[Number(status)]);
      const content = { [type]: { schema, ...examples } };
      return [status, { description, headers, content }];
    }),
  );
}

/** One example, or one to each resource that may be answered; the changes are meant for the first. */
function examplesOf(
  schema: JsonSchema,
  { components }: SchemaBook,
  changes: object | undefined,
): Pick<MediaType, "example" | "examples"> {
  const options = (schema.anyOf ?? []) as JsonSchema[];
  const named = options.filter((option) => option.$ref !== undefined);
  if (named.length < 2) return { example: changeExample(exampleOf(schema, components), changes) };
  return {
    examples: Object.fromEntries(
      named.map((option, index) => [
        option.$ref?.slice(schemaFolder.length),
        {
          ...summaryOf(resolveSchema(option, components)),
          value: changeExample(exampleOf(option, components), index === 0 ? changes : undefined),
        },
      ]),
    ),
  };
}

function summaryOf({ description }: JsonSchema): { summary?: string } {
  return description ? { summary: description } : {};
}

function examplesOn(surface: typeof coreSurface): OpenApiDocument["components"]["examples"] {
  const codes = endpoints.filter((endpoint) => endpoint.surface === surface).flatMap(errorsOf);
  return errorExamples(surface, [...new Set<ErrorCode>(codes)]);
}

let document: OpenApiDocument | undefined;

/** The document of this installation, made once per process. */
export function ownOpenApiDocument(): OpenApiDocument {
  document ??= openApiDocument({ baseUrl: env().LINEDESK_URL });
  return document;
}

let text: string | undefined;

/** The document as it is served. Needs no key, since it holds nothing of anybody. */
export function serveOpenApi(): Response {
  text ??= JSON.stringify(ownOpenApiDocument());
  return new Response(text, {
    headers: { "Content-Type": "application/json", "Cache-Control": "public, max-age=300" },
  });
}
