import fc, { type Arbitrary } from "fast-check";
import type { Endpoint } from "../api/endpoint";
import type { Parameter } from "../api/openapi-document";
import type { JsonSchema } from "../api/openapi-schemas";
import { broken, fieldValues, nastyValues, type SchemaSource } from "./arbitrary";
import type { PreparedCall } from "./calls";
import type { ReadDocument } from "./document";

/** A request as it goes over the wire. */
export interface WireRequest {
  address: string;
  /** Text, whether it is JSON or not. */
  body?: string;
  headers: Record<string, string>;
}

const nastyTexts = nastyValues.filter((value): value is string => typeof value === "string" && value !== "");

/** Segments of a path as they may be typed by hand, percent signs and all. */
const nastySegments = [
  "%zz",
  "%00",
  "%2F",
  "%2e%2e%2f",
  "%ff",
  "a%20b",
  "latest",
  "+",
  "%2B",
  "~",
  "x".repeat(300),
];

const nastyBodies = [
  "",
  "{",
  "[]",
  "null",
  "{}{}",
  "\ufeff{}",
  '{"a":}',
  "undefined",
  "NaN",
  '"text"',
  "1e999",
  "[".repeat(5000),
];

const oddHeaders: Record<string, readonly string[]> = {
  "content-type": [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/jsonp",
    "application/merge-patch+json",
  ],
  "if-match": ['"1"', '"999999999"', 'W/"1"', "*", "1", '"x"', '"1", "2"', '"99999999999"', "\u00e9"],
  "idempotency-key": ["k", "again", "a b", "x".repeat(255), "x".repeat(256), "\u00e9", '"'],
  "x-idempotency-key": ["again", "other", " "],
  accept: ["text/html", "*/*;q=0"],
  "accept-language": ["x".repeat(200)],
  origin: ["null", "https://evil.example.com"],
  cookie: ["linedesk.session=x", "=;=;="],
};

/**
 * Requests of one operation made from what the document says of it: right ones, and ones with something wrong in the
 * path, the query, the body or a header. `sample` is a call that works, to start from.
 */
export function requestsOf(
  endpoint: Endpoint,
  document: ReadDocument,
  source: SchemaSource,
  sample: PreparedCall,
): Arbitrary<WireRequest> {
  const operation = document.operationOf(endpoint);
  const parameters = document.parametersOf(operation);
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const samplePath = new URL(sample.address, "http://localhost").pathname;
  const bodies = bodiesOf(schema, source, sample);
  const right = {
    path: oneIn(4, fc.constant(samplePath), pathsOf(endpoint, parameters, source)),
    query: queriesOf(parameters, source),
    body: bodies,
    headers: fc.constant({}),
  };
  const wrong = [
    { path: wrongPaths(endpoint, parameters, source) },
    { query: wrongQueries(parameters) },
    // A GET has no body, not even a wrong one: nothing would send it.
    ...(endpoint.method === "GET" ? [] : [{ body: wrongBodies(bodies) }]),
    { headers: oddHeadersOf() },
  ];
  return fc
    .oneof(
      { weight: 3, arbitrary: fc.record<Parts>(right) },
      ...wrong.map((part) => ({ weight: 2, arbitrary: fc.record<Parts>({ ...right, ...part }) })),
    )
    .map(joinParts);
}

/** The call as it is, with nothing changed. */
export function toWire({ address, body }: PreparedCall): WireRequest {
  return { address, headers: {}, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}

interface Parts {
  path: string;
  query: string;
  body: string | undefined;
  headers: Record<string, string>;
}

function joinParts({ path, query, body, headers }: Parts): WireRequest {
  const address = query ? `${path}?${query}` : path;
  return { address, headers, ...(body === undefined ? {} : { body }) };
}

function oneIn<T>(times: number, rare: Arbitrary<T>, usual: Arbitrary<T>): Arbitrary<T> {
  return fc.oneof({ weight: 1, arbitrary: rare }, { weight: times - 1, arbitrary: usual });
}

function pathsOf(endpoint: Endpoint, parameters: Parameter[], source: SchemaSource): Arbitrary<string> {
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const values = inPath.map(({ name, schema }) => fieldValues(name, schema, source).map(String));
  return fc.tuple(...values).map((texts) => fillPath(endpoint.path, inPath, texts.map(encodeSegment)));
}

function wrongPaths(endpoint: Endpoint, parameters: Parameter[], source: SchemaSource): Arbitrary<string> {
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const segments = fc.constantFrom(...nastySegments, ...nastyTexts.map(encodeSegment));
  const values = inPath.map(({ name, schema }) =>
    fc.oneof(
      segments,
      fieldValues(name, schema, source).map((value) => encodeSegment(String(value))),
    ),
  );
  return fc.tuple(...values).map((texts) => fillPath(endpoint.path, inPath, texts));
}

function fillPath(path: string, parameters: Parameter[], segments: string[]): string {
  const filled = new Map(parameters.map(({ name }, index) => [name, segments[index] ?? ""]));
  return path.replace(/\{(\w+)\}/g, (_, name: string) => filled.get(name) ?? "");
}

/** Half a surrogate pair has no place in an address. */
const wellFormed = (text: string) => Buffer.from(text).toString();

/** An empty segment or one of dots would make another address of it. */
function encodeSegment(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(/^\.{0,2}$/, "_");
}

function queriesOf(parameters: Parameter[], source: SchemaSource): Arbitrary<string> {
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  const pairs = inQuery.map(({ name, schema }) =>
    fieldValues(name, schema, source).map((value) => [name, toQueryText(value)] as [string, string]),
  );
  // Few at a time: of many filters one is wrong or finds nothing, and the others are never looked at.
  return fc
    .subarray(pairs, { maxLength: Math.min(3, pairs.length) })
    .chain((chosen) => fc.tuple(...chosen))
    .map((query) => new URLSearchParams(query).toString());
}

const toQueryText = (value: unknown) => (Array.isArray(value) ? value.join(",") : wellFormed(String(value)));

function wrongQueries(parameters: Parameter[]): Arbitrary<string> {
  const names = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  const name = fc.constantFrom(...names, "unknown", "__proto__", "organization_id", "");
  const text = fc
    .constantFrom(...nastyTexts, "", "-1", "0", "1e9", "true", "NaN", "01", "1,2")
    .map(wellFormed);
  const pairs = fc.array(fc.tuple(name, text), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 5, arbitrary: pairs.map((query) => new URLSearchParams(query).toString()) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("%", "&&&", "=", "a=%zz", "a=%00", "?", "limit", "cursor=%ff%fe"),
    },
  );
}

function bodiesOf(
  schema: JsonSchema | undefined,
  source: SchemaSource,
  { body }: PreparedCall,
): Arbitrary<string | undefined> {
  if (!schema) return fc.constant(undefined);
  return oneIn(4, fc.constant(body), fieldValues("", schema, source)).map((value) => JSON.stringify(value));
}

function wrongBodies(bodies: Arbitrary<string | undefined>): Arbitrary<string | undefined> {
  const values = bodies.map((text) => (text === undefined ? {} : JSON.parse(text)));
  return fc.oneof(
    { weight: 6, arbitrary: broken(values).map((value) => JSON.stringify(value) ?? "") },
    { weight: 1, arbitrary: fc.constantFrom(...nastyBodies, `"${"x".repeat(100_001)}"`) },
  );
}

function oddHeadersOf(): Arbitrary<Record<string, string>> {
  const one = fc
    .constantFrom(...Object.entries(oddHeaders))
    .chain(([name, values]) => fc.constantFrom(...values).map((value) => [name, value] as const));
  return fc.array(one, { minLength: 1, maxLength: 3 }).map((pairs) => Object.fromEntries(pairs));
}
