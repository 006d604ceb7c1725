import type { Operation, Parameter } from "./openapi-document";
import { headerParameters } from "./openapi-parameters";
import type { SampleRequest } from "./samples";

/** What the reader of the reference has, so that a pasted sample finds it. */
export interface OwnObjects {
  organizationId: string;
  agentId?: string | undefined;
  phoneNumber?: { id: string; phoneNumber: string; purchaseOrderId: string | null } | undefined;
}

export interface DescribedOperation {
  method: string;
  path: string;
  operation: Operation;
}

/**
 * A request that shows the operation: its own examples, with the reader's ids and numbers in their place. What would
 * take an object away for good keeps a made-up id: nobody shall lose something by pasting.
 */
export function sampleRequest(described: DescribedOperation, own?: OwnObjects): SampleRequest {
  const { method, path, operation } = described;
  const parameters = operation.parameters.filter((parameter): parameter is Parameter => "name" in parameter);
  const query = Object.fromEntries(
    parameters
      .filter(({ in: place, example }) => place === "query" && example !== undefined)
      .map(({ name, example }) => [name, String(example)]),
  );
  const spared = endsObject(described, query) ? lastParameter(path) : undefined;
  const known: Record<string, unknown> = own ? valuesOf(own) : {};
  const inPath: Record<string, unknown> = { ...known, phone_number: own?.phoneNumber?.phoneNumber };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find(
      (parameter) => parameter.in === "path" && parameter.name === name,
    )?.example;
    return encodeSegment(String((name === spared ? undefined : inPath[name]) ?? example));
  });
  const body = operation.requestBody?.content["application/json"]?.example;
  return {
    method,
    path: filled,
    query: replaceKnown(query, known) as Record<string, string>,
    headers: operation["x-person"] ? { "X-Organization-Id": own?.organizationId ?? exampleOrganization } : {},
    ...(body === undefined ? {} : { body: replaceKnown(body, known) }),
    answer: answerOf(operation),
  };
}

/** Whether a made-up id stands where the reader's own would. */
export function endsObject({ method, path }: DescribedOperation, query: Record<string, string>): boolean {
  return method === "DELETE" && path.endsWith("}") && query.dry_run === undefined;
}

const exampleOrganization = headerParameters["X-Organization-Id"].schema.examples[0];

function lastParameter(path: string): string | undefined {
  return /\{(\w+)\}$/.exec(path)?.[1];
}

/** By the name of the field. A number in a body is one to buy or to bring along, which the reader does not have yet. */
function valuesOf({ agentId, phoneNumber }: OwnObjects): Record<string, unknown> {
  return {
    agent_id: agentId,
    number_id: phoneNumber?.id,
    purchase_order_id: phoneNumber?.purchaseOrderId ?? undefined,
    phone_numbers: phoneNumber && [phoneNumber.phoneNumber],
  };
}

function replaceKnown(value: unknown, known: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceKnown(item, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, known[name] ?? replaceKnown(part, known)]),
  );
}

/** A plus may stand in a path as it is, which reads better. */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replaceAll("%2B", "+");
}

function answerOf({ responses }: Operation): SampleRequest["answer"] {
  const [, answer] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
  if (!answer?.content) return "none";
  return "text/plain" in answer.content ? "text" : "json";
}
