import { transform } from "esbuild";
import { describe, expect, test } from "vitest";
import { openApiDocument } from "./openapi";
import type { Operation } from "./openapi-document";
import { type OwnObjects, sampleRequest } from "./sample-request";
import { samplesOf } from "./samples";

const { paths } = openApiDocument({ baseUrl: "https://desk.acme.test" });

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

function described(operationId: string) {
  const found = operations.find(({ operation }) => operation.operationId === operationId);
  if (!found) throw new Error(`There is no operation ${operationId}.`);
  return found;
}

const own: OwnObjects = {
  organizationId: "org_mine",
  agentId: "agt_mine",
  phoneNumber: { id: "num_mine", phoneNumber: "+12125550100", purchaseOrderId: "po_mine" },
};

describe("samples of one request", () => {
  const { curl, python, typescript } = samplesOf({
    method: "PATCH",
    path: "/core/phone-numbers/+14155550123",
    query: { note: 'a "b" $c', list: "x,y" },
    headers: { "If-Match": '"4"' },
    body: {
      label: "Ada's line",
      outbound_shareable: true,
      nothing: null,
      "two-words": ["a", { deep: "x".repeat(60) }],
    },
    answer: "json",
  });

  test("curl", () => {
    expect(
      curl,
    ).toBe(`curl -X PATCH "$LINEDESK_URL/core/phone-numbers/+14155550123?note=a+%22b%22+%24c&list=x,y" \\
  -H "Authorization: Bearer $LINEDESK_API_KEY" \\
  -H "Content-Type: application/json" \\
  -H "If-Match: \\"4\\"" \\
  -d '{
  "label": "Ada'\\''s line",
  "outbound_shareable": true,
  "nothing": null,
  "two-words": [
    "a",
    {
      "deep": "${"x".repeat(60)}"
    }
  ]
}'`);
  });

  test("Python", () => {
    expect(python).toBe(`import os

import requests

response = requests.patch(
    f"{os.environ['LINEDESK_URL']}/core/phone-numbers/+14155550123",
    headers={
        "Authorization": f"Bearer {os.environ['LINEDESK_API_KEY']}",
        "If-Match": "\\"4\\"",
    },
    params={"note": "a \\"b\\" $c", "list": "x,y"},
    json={
        "label": "Ada's line",
        "outbound_shareable": True,
        "nothing": None,
        "two-words": [
            "a",
            {
                "deep": "${"x".repeat(60)}",
            },
        ],
    },
    timeout=60,
)
response.raise_for_status()
print(response.json())`);
  });

  test("TypeScript", () => {
    expect(
      typescript,
    ).toBe(`const url = \`\${process.env.LINEDESK_URL}/core/phone-numbers/+14155550123?note=a+%22b%22+%24c&list=x,y\`;
const response = await fetch(url, {
  method: "PATCH",
  headers: {
    Authorization: \`Bearer \${process.env.LINEDESK_API_KEY}\`,
    "Content-Type": "application/json",
    "If-Match": "\\"4\\"",
  },
  body: JSON.stringify({
    label: "Ada's line",
    outbound_shareable: true,
    nothing: null,
    "two-words": [
      "a",
      {
        deep: "${"x".repeat(60)}",
      },
    ],
  }),
});
if (!response.ok) throw new Error(\`\${response.status}: \${await response.text()}\`);
console.log(await response.json());`);
  });

  test("an answer without a body is not read as JSON", () => {
    const request = { method: "DELETE", path: "/x", query: {}, headers: {}, answer: "none" as const };
    const none = samplesOf(request);
    expect(none.python).toContain("print(response.status_code)");
    expect(none.typescript).toContain("console.log(response.status);");
    expect(samplesOf({ ...request, answer: "text" }).python).toContain("print(response.text)");
  });
});

describe("the request that shows an operation", () => {
  test("has every parameter of its path filled in, and a body where the operation takes one", () => {
    for (const each of operations) {
      const request = sampleRequest(each);
      expect(request.path).not.toMatch(/[{}]|undefined/);
      expect(request.body === undefined).toBe(each.operation.requestBody === undefined);
    }
  });

  test("names the reader's own objects", () => {
    expect(sampleRequest(described("getPhoneNumber"), own).path).toBe("/core/phone-numbers/+12125550100");
    expect(sampleRequest(described("getPurchaseOrder"), own).path).toBe("/core/purchase-orders/po_mine");
    expect(sampleRequest(described("getAgent"), own).path).toBe("/core/agents/agt_mine");
    expect(sampleRequest(described("assignSlot"), own)).toMatchObject({
      path: "/core/phone-numbers/+12125550100/slots/inbound",
      body: { agent_id: "agt_mine" },
    });
    expect(sampleRequest(described("listPersonalTokens"), own).headers).toEqual({
      "X-Organization-Id": "org_mine",
    });
  });

  test("a number to buy is not one the reader has", () => {
    expect(sampleRequest(described("buyPhoneNumber"), own).body).toMatchObject({
      phone_number: "+14155550123",
    });
  });

  test("what is not there keeps its example", () => {
    const bare: OwnObjects = { organizationId: "org_mine" };
    for (const id of ["getPhoneNumber", "getAgent", "assignSlot"]) {
      expect(sampleRequest(described(id), bare)).toEqual(sampleRequest(described(id)));
    }
  });

  test("never takes away for good what the reader has", () => {
    const release = sampleRequest(described("releasePhoneNumber"), own);
    expect(release).toMatchObject({ path: "/core/phone-numbers/+12125550100", query: { dry_run: "true" } });
    const ends = operations.filter(
      ({ method, path }) => method === "DELETE" && !path.endsWith("{direction}"),
    );
    for (const each of ends) {
      const request = sampleRequest(each, own);
      if (request.query.dry_run !== "true") expect(request.path, each.path).not.toContain("mine");
    }
    expect(sampleRequest(described("unassignSlot"), own).path).toContain("+12125550100");
  });
});

describe.each(operations)("$method $path", ({ method, path, operation }) => {
  const samples = samplesOf(sampleRequest({ method, path, operation: operation as Operation }, own));

  test("is one command of curl", () => {
    expect(samples.curl).toMatch(/^curl (-X [A-Z]+ )?"\$LINEDESK_URL\//);
    expect(samples.curl.replaceAll(/'(?:[^']|'\\'')*'/g, "").replaceAll(" \\\n", " ")).not.toContain("\n");
  });

  test("is a TypeScript module without errors of syntax", async () => {
    const { warnings } = await transform(samples.typescript, { loader: "ts", format: "esm" });
    expect(warnings).toEqual([]);
  });
});
