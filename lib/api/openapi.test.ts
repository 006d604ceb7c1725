import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { openDocument } from "../testing/document";
import { openApiDocument } from "./openapi";
import type { Answer, MediaType, Parameter, Reference } from "./openapi-document";
import { errorsOf } from "./openapi-errors";
import { resolveSchema } from "./openapi-examples";
import type { JsonSchema } from "./openapi-schemas";
import { endpoints } from "./operations";
import { problems } from "./problems";

const document = openApiDocument({ baseUrl: "https://desk.acme.test" });
const { components } = document;

const { operationOf, parametersOf, faultsOf } = openDocument(document);

const operations = endpoints.map((endpoint) => ({
  name: `${endpoint.method} ${endpoint.path}`,
  endpoint,
  operation: operationOf(endpoint),
}));

function examplesIn({ example, examples = {} }: MediaType): unknown[] {
  const listed = Object.values(examples).map((each) => {
    const name = "$ref" in each ? each.$ref.replace("#/components/examples/", "") : undefined;
    return name === undefined ? (each as { value: unknown }).value : components.examples[name]?.value;
  });
  return example === undefined ? listed : [example, ...listed];
}

const mediaOf = ({ content = {} }: Answer) => Object.values(content);

describe("the document", () => {
  test("passes Redocly's strict rules", async () => {
    const config = await createConfig({
      extends: ["recommended-strict"],
      rules: {
        "component-name-unique": "error",
        "operation-description": "error",
        "operation-singular-tag": "error",
        "operation-tag-defined": "error",
        "parameter-description": "error",
        "path-params-defined": "error",
        "paths-kebab-case": "error",
        "response-mime-type": {
          severity: "error",
          allowedValues: ["application/json", "application/problem+json", "text/plain"],
        },
        // A literal segment wins over a parameter (OpenAPI 3.1, Paths Object), and with our router too.
        "no-ambiguous-paths": "off",
      },
    });
    const found = await lintFromString({ source: JSON.stringify(document), config });
    expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  }, 60_000);

  test("says the same whenever it is made", () => {
    expect(openApiDocument({ baseUrl: "https://desk.acme.test" })).toEqual(document);
  });

  test("describes each operation once", () => {
    const described = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(described).toHaveLength(endpoints.length);
    expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(described.length);
  });

  test("explains every named object and each field of it that has no name of its own", () => {
    const silent = Object.entries(components.schemas).flatMap(([name, schema]) =>
      Object.entries(schema.properties ?? {})
        .filter(([, property]) => {
          const { description, examples } = resolveSchema(property as JsonSchema, components.schemas);
          return !description && !examples;
        })
        .map(([field]) => `${name}.${field}`),
    );
    // What pages, envelopes and nested objects are needs no words.
    expect(
      silent.filter((field) => !/\.(data|meta|error|details|pagination|next_cursor)$/.test(field)),
    ).toEqual([]);
  });
});

describe.each(operations)("$name", ({ endpoint, operation }) => {
  test("says who may", () => {
    const { access } = endpoint.description;
    expect(operation["x-scopes"]).toEqual(typeof access === "string" ? [] : access);
    expect(operation["x-person"] ?? false).toBe(access === "person");
    for (const scope of operation["x-scopes"]) expect(operation.description).toContain(`\`${scope}\``);
  });

  test("has a schema and an example for each answer with a body, and both agree", () => {
    for (const [status, answer] of Object.entries(operation.responses)) {
      const media = mediaOf(answer);
      expect(media, `${status}: kinds of body`).toHaveLength(status === "204" ? 0 : 1);
      for (const each of media) {
        expect(Object.keys(each.schema), `${status}: schema`).not.toEqual([]);
        const examples = examplesIn(each);
        expect(examples, `${status}: examples`).not.toEqual([]);
        for (const example of examples) expect(faultsOf(example, each.schema), status).toEqual([]);
      }
    }
  });

  test("documents exactly the statuses it can answer", () => {
    const failures = errorsOf(endpoint).map((code) => problems[code].status);
    const statuses = [...Object.keys(endpoint.description.responses).map(Number), ...failures];
    expect(Object.keys(operation.responses).sort()).toEqual([...new Set(statuses)].map(String).sort());
  });

  test("has a body that its own schema takes", () => {
    const { body } = endpoint.description;
    const media = operation.requestBody?.content["application/json"];
    expect(media === undefined).toBe(body === undefined);
    if (!media || !body) return;
    expect(body.safeParse(media.example).error?.issues ?? []).toEqual([]);
    expect(faultsOf(media.example, media.schema)).toEqual([]);
  });

  test("has parameters that its own schemas take", () => {
    const parameters = parametersOf(operation);
    const given = (place: Parameter["in"]) =>
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === place && parameter.example !== undefined)
          .map(({ name, example }) => [name, String(example)]),
      );
    const { params, query } = endpoint.description;
    expect(params.safeParse(given("path")).error?.issues ?? []).toEqual([]);
    expect(query.safeParse(given("query")).error?.issues ?? []).toEqual([]);
    for (const { name, example, schema } of parameters) {
      if (example !== undefined) expect(faultsOf(example, schema), name).toEqual([]);
    }
  });

  test("takes an Idempotency-Key when it writes, unless the answer holds a secret", () => {
    const names = parametersOf(operation).map(({ name }) => name);
    expect(names).toContain("X-Organization-Id");
    const expected = endpoint.method !== "GET" && endpoint.description.idempotency !== false;
    expect(names.includes("Idempotency-Key")).toBe(expected);
    expect(names.includes("If-Match")).toBe(endpoint.description.ifMatch ?? false);
  });
});

test("a query's list and its booleans are described as what they mean", () => {
  const list = document.paths["/core/phone-numbers"]?.get;
  const find = (name: string): Parameter | Reference | undefined =>
    list?.parameters.find((parameter) => "name" in parameter && parameter.name === name);
  expect(find("status")).toMatchObject({
    schema: { type: "array", items: { $ref: "#/components/schemas/NumberStatus" } },
    style: "form",
    explode: false,
  });
  expect(find("assigned")).toMatchObject({ schema: { type: "boolean" }, example: false });
  expect(find("limit")).toMatchObject({ schema: { type: "integer", minimum: 1, maximum: 200, default: 50 } });
});

test("answers may get further fields, bodies may not", () => {
  expect(components.schemas.PhoneNumber).not.toHaveProperty("additionalProperties");
  expect(components.schemas.PurchaseNumber).toHaveProperty("additionalProperties", false);
});
