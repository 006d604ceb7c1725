/**
 * What a carrier's failure means for us:
 * - `unavailable`: this number is not for sale (any more)
 * - `paperwork`: an address or documents are missing
 * - `refused`: any other definite no
 * - `busy`: too many requests; not processed
 * - `unreachable`: nothing was sent
 * - `unknown`: the request may have been carried out; only a read can tell
 */
export type CarrierErrorKind = "unavailable" | "paperwork" | "refused" | "busy" | "unreachable" | "unknown";

export class CarrierError extends Error {
  override readonly name = "CarrierError";

  constructor(
    readonly kind: CarrierErrorKind,
    message: string,
    readonly carrierCode: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
