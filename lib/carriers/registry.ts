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

/** One try at the carrier, however it ended. */
interface Try {
  method: string;
  ms: number;
  error: CarrierError | null;
}

/**
 * The carrier for these credentials, with what every carrier needs wrapped around it once: a bound on requests at a
 * time, one more try for reads, and a report of each try. Purchases and releases are sent exactly once, and not at
 * all when they waited in line for longer than they may take: by then recovery may already be looking for them.
 */
export function createCarrier(settings: CarrierSettings, onTry: (attempt: Try) => void = () => {}): Carrier {
  const carrier = createTwilioCarrier(settings);
  const limit = pLimit(requestsAtOnce);
  const report = (method: string) => (outcome: Omit<Try, "method">) => onTry({ method, ...outcome });
  const read =
    <A extends unknown[], R>(method: string, call: (...input: A) => Promise<R>) =>
    (...input: A): Promise<R> =>
      limit(() => withTries(() => call(...input), 2, report(method)));
  const sendOnce = <R>(method: string, sendUntil: number, call: () => Promise<R>): Promise<R> => {
    const send = async () => {
      if (performance.now() <= sendUntil) return await call();
      throw new CarrierError(
        "busy",
        "Too many requests were waiting for the carrier; this one was not sent.",
      );
    };
    return limit(() => withTries(send, 1, report(method)));
  };
  const patience = () => performance.now() + settings.writeTimeoutMs;
  const write =
    <A extends unknown[], R>(method: string, call: (...input: A) => Promise<R>) =>
    (...input: A): Promise<R> =>
      sendOnce(method, patience(), () => call(...input));
  return {
    name: carrier.name,
    listCountries: read("listCountries", carrier.listCountries),
    searchNumbers: read("searchNumbers", carrier.searchNumbers),
    quoteNumber: read("quoteNumber", carrier.quoteNumber),
    priceNumber: read("priceNumber", carrier.priceNumber),
    findAddress: read("findAddress", carrier.findAddress),
    findNumbers: read("findNumbers", carrier.findNumbers),
    getNumber: read("getNumber", carrier.getNumber),
    listNumbers: read("listNumbers", carrier.listNumbers),
    markNumber: write("markNumber", carrier.markNumber),
    buyNumber: write("buyNumber", carrier.buyNumber),
    releaseNumber: (carrierNumberId, sendUntil = patience()) =>
      sendOnce("releaseNumber", sendUntil, () => carrier.releaseNumber(carrierNumberId)),
  };
}

async function withTries<R>(
  call: () => Promise<R>,
  tries: number,
  onTry: (outcome: Omit<Try, "method">) => void,
): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    const started = performance.now();
    try {
      const result = await call();
      onTry({ ms: performance.now() - started, error: null });
      return result;
    } catch (error) {
      if (!(error instanceof CarrierError)) throw error;
      onTry({ ms: performance.now() - started, error });
      const passing = error.kind === "busy" || error.kind === "unknown";
      if (attempt >= tries || !passing) throw error;
    }
  }
}
