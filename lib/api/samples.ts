/** Programs that send one request, ready to paste: where and with which key is read from two environment variables. */

export interface SampleRequest {
  method: string;
  /** With every parameter filled in and encoded. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body?: unknown;
  answer: "json" | "text" | "none";
}

export const sampleLanguages = ["curl", "python", "typescript"] as const;

export type SampleLanguage = (typeof sampleLanguages)[number];

export type Samples = Record<SampleLanguage, string>;

export function samplesOf(request: SampleRequest): Samples {
  return {
    curl: curlSample(request),
    python: pythonSample(request),
    typescript: typeScriptSample(request),
  };
}

function curlSample(request: SampleRequest): string {
  const parts = [
    request.method === "GET" ? "curl" : `curl -X ${request.method}`,
    `"$LINEDESK_URL${escapeForShell(addressOf(request))}"`,
  ].join(" ");
  const headers = [
    `-H "Authorization: Bearer $LINEDESK_API_KEY"`,
    ...Object.entries(headersOf(request)).map(([name, value]) => `-H "${name}: ${escapeForShell(value)}"`),
  ];
  const body =
    request.body === undefined ? [] : [`-d ${quoteForShell(JSON.stringify(request.body, null, 2))}`];
  return [parts, ...headers, ...body].join(" \\\n  ");
}

function pythonSample(request: SampleRequest): string {
  const { method, path, query, body, answer } = request;
  const headers = [
    `        "Authorization": f"Bearer {os.environ['LINEDESK_API_KEY']}",`,
    ...Object.entries(request.headers).map(([name, value]) => `        ${quote(name)}: ${quote(value)},`),
  ];
  const printed = { json: "response.json()", text: "response.text", none: "response.status_code" }[answer];
  return [
    "import os",
    "",
    "import requests",
    "",
    `response = requests.${method.toLowerCase()}(`,
    `    f"{os.environ['LINEDESK_URL']}${path}",`,
    "    headers={",
    ...headers,
    "    },",
    ...(Object.keys(query).length > 0 ? [`    params=${literal(query, python, 1)},`] : []),
    ...(body === undefined ? [] : [`    json=${literal(body, python, 1)},`]),
    "    timeout=60,",
    ")",
    "response.raise_for_status()",
    `print(${printed})`,
  ].join("\n");
}

function typeScriptSample(request: SampleRequest): string {
  const { method, body, answer } = request;
  const headers = [
    `    Authorization: \`Bearer \${process.env.LINEDESK_API_KEY}\`,`,
    ...Object.entries(headersOf(request)).map(([name, value]) => `    ${quote(name)}: ${quote(value)},`),
  ];
  const printed = { json: "await response.json()", text: "await response.text()", none: "response.status" }[
    answer
  ];
  return [
    `const url = \`\${process.env.LINEDESK_URL}${addressOf(request)}\`;`,
    "const response = await fetch(url, {",
    ...(method === "GET" ? [] : [`  method: ${quote(method)},`]),
    "  headers: {",
    ...headers,
    "  },",
    ...(body === undefined ? [] : [`  body: JSON.stringify(${literal(body, typeScript, 1, "  ")}),`]),
    "});",
    `if (!response.ok) throw new Error(\`\${response.status}: \${await response.text()}\`);`,
    `console.log(${printed});`,
  ].join("\n");
}

function headersOf({ headers, body }: SampleRequest): Record<string, string> {
  return body === undefined ? headers : { "Content-Type": "application/json", ...headers };
}

function addressOf({ path, query }: SampleRequest): string {
  const text = new URLSearchParams(query).toString().replaceAll("%2C", ",");
  return text ? `${path}?${text}` : path;
}

/** For use inside double quotes. */
function escapeForShell(text: string): string {
  return text.replace(/["\\$`]/g, "\\$&");
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A text literal that both Python and TypeScript read. */
function quote(text: string): string {
  return JSON.stringify(text);
}

interface Dialect {
  words: Record<"true" | "false" | "null", string>;
  key: (name: string) => string;
}

const python: Dialect = { words: { true: "True", false: "False", null: "None" }, key: quote };
const typeScript: Dialect = {
  words: { true: "true", false: "false", null: "null" },
  key: (name) => (/^[a-z_]\w*$/i.test(name) ? name : quote(name)),
};

/** A JSON value as a literal, `level` steps in; what is short stays on one line. */
function literal(value: unknown, dialect: Dialect, level: number, step = "    "): string {
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object" || value === null) {
    const text = String(value);
    return text in dialect.words ? dialect.words[text as keyof Dialect["words"]] : text;
  }
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => literal(item, dialect, level + 1, step))
    : Object.entries(value).map(
        ([name, part]) => `${dialect.key(name)}: ${literal(part, dialect, level + 1, step)}`,
      );
  const [open, close] = isList ? "[]" : "{}";
  const flat = parts.join(", ");
  if (flat.length <= 60 && !flat.includes("\n")) {
    const space = isList || parts.length === 0 || dialect === python ? "" : " ";
    return `${open}${space}${flat}${space}${close}`;
  }
  const indent = step.repeat(level + 1);
  return `${open}\n${parts.map((part) => `${indent}${part},\n`).join("")}${step.repeat(level)}${close}`;
}
