import pLimit from "p-limit";
import type { Carrier } from "./carrier";
import { CarrierError } from "./errors";
import { createTwilioCarrier } from "./twilio/adapter";
import type { TwilioSettings } from "./twilio/client";

export type CarrierSettings = { carrier: "twilio" } & TwilioSettings;

/** Twilio limits requests under way per account and does not publish the number; 429 starts well above this. */
const requestsAtOnce = 20;

/**
 * The carrier for these credentials, with what every carrier needs wrapped around it once: a bound on requests at a
 * time, one more try for reads, and a report of each failure. Purchases and releases are sent exactly once.
 */
export function createCarrier(
  settings: CarrierSettings,
  onFailure: (method: string, error: CarrierError) => void = () => {},
): Carrier {
  const carrier = createTwilioCarrier(settings);
  const limit = pLimit(requestsAtOnce);
  const wrap =
    <A extends unknown[], R>(method: string, call: (...input: A) => Promise<R>, tries: number) =>
    (...input: A): Promise<R> =>
      limit(() =>
        withTries(
          () => call(...input),
          tries,
          (error) => onFailure(method, error),
        ),
      );
  return {
    name: carrier.name,
    listCountries: wrap("listCountries", carrier.listCountries, 2),
    searchNumbers: wrap("searchNumbers", carrier.searchNumbers, 2),
    quoteNumber: wrap("quoteNumber", carrier.quoteNumber, 2),
    findAddress: wrap("findAddress", carrier.findAddress, 2),
    findNumbers: wrap("findNumbers", carrier.findNumbers, 2),
    getNumber: wrap("getNumber", carrier.getNumber, 2),
    buyNumber: wrap("buyNumber", carrier.buyNumber, 1),
    releaseNumber: wrap("releaseNumber", carrier.releaseNumber, 1),
  };
}

async function withTries<R>(
  call: () => Promise<R>,
  tries: number,
  onFailure: (error: CarrierError) => void,
): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CarrierError)) throw error;
      onFailure(error);
      const passing = error.kind === "busy" || error.kind === "unknown";
      if (attempt >= tries || !passing) throw error;
    }
  }
}
