import { AppError } from "../errors";

const maxBytes = 100_000;

/**
 * The JSON body of a request. Throws `payload_too_large` above 100 kB without reading on, and `invalid_request` for
 * another content type, text that is not JSON, and strings that the database cannot hold. `__proto__` cannot pass:
 * JSON.parse makes it a plain key and the strict schemas refuse unknown keys.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new AppError("invalid_request", "Send a JSON body with Content-Type: application/json.");
  }
  const text = await readText(request);
  try {
    return JSON.parse(text, requireStorable);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid_request", "The body is not valid JSON.");
  }
}

/** PostgreSQL holds no NUL in text, and no half of a surrogate pair in JSON. */
function requireStorable(_: string, value: unknown): unknown {
  if (typeof value === "string" && (value.includes("\0") || /\p{Surrogate}/u.test(value))) {
    throw new AppError("invalid_request", "The body has a character that no text can hold.");
  }
  return value;
}

async function readText(request: Request): Promise<string> {
  const bytes = await readBytes(request);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError("invalid_request", "The body is not valid UTF-8.");
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A caller that hangs up makes a read fail with a socket's error code, which must not pass for the database's.
  const next = () =>
    reader.read().catch((cause: unknown) => {
      throw new AppError("invalid_request", "The body did not arrive whole.", {}, { cause });
    });
  for (let part = await next(); !part.done; part = await next()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new AppError("payload_too_large", "A body may have at most 100 kB.");
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}
