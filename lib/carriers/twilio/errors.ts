import { CarrierError, type CarrierErrorKind } from "../errors";

/** Codes of https://www.twilio.com/docs/api/errors that mean more than "no". */
export const kindOfCode: Record<number, CarrierErrorKind> = {
  21422: "unavailable",
  21451: "unavailable",
  21452: "unavailable",
  21613: "paperwork",
  21615: "paperwork",
  21628: "paperwork",
  21629: "paperwork",
  21631: "paperwork",
  21649: "paperwork",
  21650: "paperwork",
  21651: "paperwork",
  20429: "busy",
};

const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

interface Failure {
  status?: unknown;
  code?: unknown;
  message?: unknown;
}

/**
 * Turns whatever the SDK threw into a CarrierError. A definite no needs a parsed Twilio answer with a 4xx status and
 * a numeric code; timeouts, resets, 408, 409, 5xx, redirects and bodies that are not Twilio's are `unknown`.
 */
export function toCarrierError(error: unknown): CarrierError {
  if (error instanceof CarrierError) return error;
  const { status, code, message } = (typeof error === "object" && error !== null ? error : {}) as Failure;
  const text = typeof message === "string" && message ? message : "No readable answer.";
  if (typeof status !== "number") {
    const kind = typeof code === "string" && neverSent.has(code) ? "unreachable" : "unknown";
    return new CarrierError(kind, text, null, { cause: error });
  }
  if (status === 429) return new CarrierError("busy", text, String(code ?? 20429), { cause: error });
  const definite =
    status >= 400 && status < 500 && status !== 408 && status !== 409 && typeof code === "number";
  if (!definite)
    return new CarrierError("unknown", text, code == null ? null : String(code), { cause: error });
  return new CarrierError(kindOfCode[code] ?? "refused", text, String(code), { cause: error });
}

/** Whether Twilio says that it does not have the object. */
export function isNotFound(error: CarrierError): boolean {
  return error.carrierCode === "20404";
}
