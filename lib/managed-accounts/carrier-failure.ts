import { CarrierError, type CarrierErrorKind } from "../carriers/errors";
import { carrierCodes } from "../carriers/registry";
import { AppError, type ErrorCode } from "../errors";

const codes: Record<CarrierErrorKind, ErrorCode> = {
  unavailable: "number_unavailable",
  paperwork: "paperwork_required",
  refused: "carrier_refused",
  busy: "carrier_busy",
  unreachable: "carrier_unreachable",
  // Of a read, or of a purchase already looked up and not found; a purchase in doubt is never told as an error.
  unknown: "carrier_unreachable",
};

/** Which of our codes each kind of carrier's failure becomes, with the carriers' own codes known to mean it. */
export function listCarrierFailures(): {
  kind: CarrierErrorKind;
  code: ErrorCode;
  carriers: { name: string; codes: string[] }[];
}[] {
  return (Object.keys(codes) as CarrierErrorKind[]).map((kind) => ({
    kind,
    code: codes[kind],
    carriers: Object.entries(carrierCodes)
      .map(([name, kinds]) => ({ name, codes: Object.keys(kinds).filter((code) => kinds[code] === kind) }))
      .filter((carrier) => carrier.codes.length > 0),
  }));
}

/** The sentence for a carrier's failure that left nothing bought and nothing released. */
export function explainFailure(error: CarrierError): {
  code: ErrorCode;
  detail: string;
  carrierCode: string | null;
} {
  const { kind, carrierCode } = error;
  const message = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  const detail = {
    unavailable: "This number is no longer available. Choose another one.",
    paperwork: `The carrier asks for paperwork before it sells this number: ${message}`,
    refused: `The carrier refused: ${message}`,
    busy: "The carrier is busy. Nothing was done; try again in a moment.",
    unreachable: "The carrier cannot be reached. Nothing was done; try again in a moment.",
    unknown: "The carrier did not answer. Nothing was done; try again in a moment.",
  }[kind];
  return { code: codes[kind], detail, carrierCode };
}

function toAppError(error: CarrierError): AppError {
  const { code, detail, carrierCode } = explainFailure(error);
  const retry = error.kind === "busy" ? { retryAfterSeconds: 2 } : {};
  return new AppError(code, detail, { carrier_code: carrierCode, ...retry }, { cause: error });
}

/** For reads: a carrier's failure becomes ours. */
export async function asAppError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof CarrierError ? toAppError(error) : error;
  }
}
