import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Endpoint } from "../api/endpoint";
import type { OpenApiDocument, Operation, Parameter } from "../api/openapi-document";
import type { JsonSchema } from "../api/openapi-schemas";

/** Reads an OpenAPI document as its readers would: finds operations and parameters, checks values against its schemas. */
export function openDocument(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  // The document itself as a schema, so that references into it are found.
  ajv.addVocabulary([
    "openapi",
    "info",
    "externalDocs",
    "servers",
    "security",
    "tags",
    "paths",
    "components",
  ]);
  ajv.addSchema(document, "document");
  const validators = new Map<string, ValidateFunction>();

  return {
    components: document.components,

    operationOf({ method, path }: Endpoint): Operation {
      const operation = document.paths[path]?.[method.toLowerCase()];
      if (!operation) throw new Error(`${method} ${path} is not in the document.`);
      return operation;
    },

    parametersOf(operation: Operation): Parameter[] {
      return operation.parameters.map((parameter) => {
        if (!("$ref" in parameter)) return parameter;
        const found = document.components.parameters[parameter.$ref.replace("#/components/parameters/", "")];
        if (!found) throw new Error(`${parameter.$ref} is not in the document.`);
        return found;
      });
    },

    /** What is wrong with a value, in ajv's words. */
    faultsOf(value: unknown, schema: JsonSchema): string[] {
      const absolute = JSON.stringify(schema).replaceAll('"#/', '"document#/');
      const validate = validators.get(absolute) ?? ajv.compile(JSON.parse(absolute));
      validators.set(absolute, validate);
      if (validate(value)) return [];
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
}

export type ReadDocument = ReturnType<typeof openDocument>;
