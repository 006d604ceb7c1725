import { describe, expect, test } from "vitest";
import { openApiDocument } from "./openapi";
import { endpoints } from "./operations";
import { problems } from "./problems";
import { referenceOf } from "./reference";
import { fieldsOf, typeOf } from "./reference-fields";

const document = openApiDocument({ baseUrl: "https://desk.acme.test" });
const reference = referenceOf(document);
const operations = reference.surfaces.flatMap(({ groups }) => groups.flatMap((group) => group.operations));

describe("the reference", () => {
  test("has each operation once, with its own surface", () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      endpoints.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    for (const { prefix, groups } of reference.surfaces) {
      for (const { path } of groups.flatMap((group) => group.operations))
        expect(path.startsWith(prefix)).toBe(true);
    }
  });

  test("has places of its own for everything a link can point at", () => {
    const groups = reference.surfaces.flatMap((surface) => [
      surface.id,
      ...surface.groups.map(({ id }) => id),
    ]);
    const ids = [...groups, ...operations.map(({ id }) => id)];
    expect(new Set(ids).size).toBe(ids.length);
    const objects = new Set(reference.objects.map(({ name }) => name));
    const fields = [
      ...operations.flatMap(({ parameters, answers }) => [
        ...parameters.flatMap((group) => group.fields),
        ...answers.flatMap((answer) => answer.fields),
      ]),
      ...reference.objects.flatMap((object) => object.fields),
    ];
    const linked = [
      ...fields.flatMap(({ type }) => type),
      ...operations.flatMap((o) => o.answers.flatMap((a) => a.type)),
    ];
    for (const { object } of linked) if (object) expect(objects).toContain(object);
  });

  test("lists the errors of an operation under their status", () => {
    const buy = operations.find(({ id }) => id === "buyPhoneNumber");
    expect(buy?.errors.find(({ status }) => status === 409)?.codes).toContain("number_unavailable");
    for (const { errors } of operations) {
      for (const { status, codes } of errors) {
        for (const code of codes) expect(problems[code as keyof typeof problems].status).toBe(status);
      }
    }
  });

  test("warns where a sample spares the reader's object, and only for a reader who has some", () => {
    const own = { organizationId: "org_mine" };
    const spared = (all: ReturnType<typeof referenceOf>) =>
      all.surfaces.flatMap(({ groups }) =>
        groups.flatMap((group) => group.operations.filter(({ spares }) => spares).map(({ id }) => id)),
      );
    expect(spared(reference)).toEqual([]);
    expect(spared(referenceOf(document, own))).toContain("revokeApiKey");
    expect(spared(referenceOf(document, own))).not.toContain("releasePhoneNumber");
  });
});

describe("fields", () => {
  const components = {
    Slot: { type: "object", properties: { agent: { type: "string" } }, description: "Who answers." },
    Color: { type: "string", enum: ["red", "blue"] },
  } as const;

  test("of nameless objects stand behind their parent, named ones are linked", () => {
    const schema = {
      type: "object",
      required: ["slot"],
      properties: {
        slot: { anyOf: [{ $ref: "#/components/schemas/Slot" }, { type: "null" }] },
        color: { $ref: "#/components/schemas/Color", default: "red" },
        list: { type: "array", items: { type: "object", properties: { deep: { type: "integer" } } } },
      },
    } as const;
    expect(fieldsOf(schema as never, components as never)).toMatchObject([
      {
        name: "slot",
        required: true,
        type: [{ text: "Slot", object: "Slot" }, { text: " or " }, { text: "null" }],
      },
      { name: "color", required: false, values: ["red", "blue"], defaultValue: "red" },
      { name: "list", type: [{ text: "array of " }, { text: "object" }] },
      { name: "list.deep", type: [{ text: "integer" }] },
    ]);
  });

  test("of several objects to choose from are told together", () => {
    const choice = {
      oneOf: [
        {
          type: "object",
          required: ["type", "url"],
          properties: { type: { const: "sip" }, url: { type: "string", description: "A SIP address." } },
        },
        {
          type: "object",
          required: ["type"],
          properties: { type: { const: "webhook" }, url: { type: "string", description: "An address." } },
        },
      ],
    };
    expect(fieldsOf(choice as never, {})).toMatchObject([
      { name: "type", required: true, type: [{ text: '"sip"' }, { text: " or " }, { text: '"webhook"' }] },
      { name: "url", required: false, type: [{ text: "string" }], description: "A SIP address. An address." },
    ]);
  });

  test("have types in words", () => {
    const words = (schema: object) =>
      typeOf(schema as never)
        .map(({ text }) => text)
        .join("");
    expect(words({ type: ["string", "null"] })).toBe("string or null");
    expect(words({ anyOf: [{ const: "latest" }, { type: "integer" }] })).toBe('"latest" or integer');
    expect(
      words({
        anyOf: [
          { type: "string", pattern: "a" },
          { type: "string", pattern: "b" },
        ],
      }),
    ).toBe("string");
    expect(words({})).toBe("any value");
  });
});
