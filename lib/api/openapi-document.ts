import type { JsonSchema } from "./openapi-schemas";

/** The parts of an OpenAPI 3.1 document that ours has. */

export interface Reference {
  $ref: string;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema: JsonSchema;
  /** Of those with an example, a call is made up that works. */
  example?: unknown;
  style?: "form";
  explode?: boolean;
}

export interface Header {
  description: string;
  schema: JsonSchema;
}

export interface Example {
  summary?: string;
  description?: string;
  value: unknown;
}

export interface MediaType {
  schema: JsonSchema;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
}

export interface Answer {
  description: string;
  headers?: Record<string, Reference>;
  content?: Record<string, MediaType>;
}

export interface Operation {
  operationId: string;
  tags: [string];
  summary: string;
  description: string;
  parameters: (Parameter | Reference)[];
  requestBody?: { required: true; content: Record<string, MediaType> };
  responses: Record<string, Answer>;
  /** Any of them opens it; none means that anybody may who is let in at all. */
  "x-scopes": readonly string[];
  /** Not for keys of an organization. */
  "x-person"?: true;
}

export interface OpenApiDocument {
  openapi: "3.1.1";
  info: Record<string, unknown>;
  externalDocs: { url: string; description: string };
  servers: { url: string; description: string }[];
  security: Record<string, string[]>[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    parameters: Record<string, Parameter>;
    headers: Record<string, Header>;
    examples: Record<string, Example>;
    securitySchemes: Record<string, Record<string, string>>;
  };
}
