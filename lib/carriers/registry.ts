import pLimit from "p-limit";
import type { Carrier } from "./carrier";
import { CarrierError, type CarrierErrorKind } from "./errors";
import { createTwilioCarrier } from "./twilio/adapter";
import type { TwilioSettings } from "./twilio/client";
import { kindOfCode } from "./twilio/errors";

export type CarrierSettings = { carrier: "twilio" } & TwilioSettings;

/** The carriers' own codes that mean more than "no", by the carrier's name. */
export const carrierCodes: Record<string, Record<string, CarrierErrorKind>> = { Twilio: kindOfCode };

/** Twilio limits requests under way per account and does not publish the number; 429 starts well above this. */
const requestsAtOnce = 20;

/**
 * The carrier for these credentials, with what every carrier needs wrapped around it once: a bound on requests at a
 * time, one more try for reads, and a report of each failure. Purchases and releases are sent exactly once, and not at
 * all when they waited in line for longer than they may take: by then recovery may already be looking for them.
 */
export function createCarrier(
  settings: CarrierSettings,
  onFailure: (method: string, error: CarrierError) => void = () => {},
): Carrier {
  const carrier = createTwilioCarrier(settings);
  const limit = pLimit(requestsAtOnce);
  const report = (method: string) => (error: CarrierError) => onFailure(method, error);
  const read =
    <A extends unknown[], R>(method: string, call: (...input: A) => Promise<R>) =>
    (...input: A): Promise<R> =>
      limit(() => withTries(() => call(...input), 2, report(method)));
  const write =
    <A extends unknown[], R>(method: string, call: (...input: A) => Promise<R>) =>
    (...input: A): Promise<R> => {
      const asked = performance.now();
      const send = async () => {
        if (performance.now() - asked <= settings.writeTimeoutMs) return await call(...input);
        throw new CarrierError(
          "busy",
          "Too many requests were waiting for the carrier; this one was not sent.",
        );
      };
      return limit(() => withTries(send, 1, report(method)));
    };
  return {
    name: carrier.name,
    listCountries: read("listCountries", carrier.listCountries),
    searchNumbers: read("searchNumbers", carrier.searchNumbers),
    quoteNumber: read("quoteNumber", carrier.quoteNumber),
    findAddress: read("findAddress", carrier.findAddress),
    findNumbers: read("findNumbers", carrier.findNumbers),
    getNumber: read("getNumber", carrier.getNumber),
    listNumbers: read("listNumbers", carrier.listNumbers),
    markNumber: write("markNumber", carrier.markNumber),
    buyNumber: write("buyNumber", carrier.buyNumber),
    releaseNumber: write("releaseNumber", carrier.releaseNumber),
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
