import { describe, expect, test } from "vitest";
import { CarrierError, type CarrierErrorKind } from "../errors";
import { isNotFound, toCarrierError } from "./errors";

const refusal = (status: number, code: unknown, message = "No.") => ({ status, code, message });

describe("what a failure of Twilio's means", () => {
  test.each<[number, number, CarrierErrorKind]>([
    [400, 21422, "unavailable"],
    [400, 21451, "unavailable"],
    [400, 21452, "unavailable"],
    [400, 21613, "paperwork"],
    [400, 21615, "paperwork"],
    [400, 21628, "paperwork"],
    [400, 21629, "paperwork"],
    [400, 21631, "paperwork"],
    [400, 21649, "paperwork"],
    [400, 21650, "paperwork"],
    [400, 21651, "paperwork"],
    [400, 20429, "busy"],
    [429, 20429, "busy"],
    [400, 21421, "refused"],
    [401, 20003, "refused"],
    [403, 10001, "refused"],
    [403, 20403, "refused"],
    [404, 20404, "refused"],
    [422, 99999, "refused"],
  ])("%i with code %i: %s", (status, code, kind) => {
    const error = toCarrierError(refusal(status, code));
    expect(error).toMatchObject({ kind, carrierCode: String(code), message: "No." });
  });

  test.each([408, 409, 300, 301, 302, 307, 500, 501, 502, 503, 504, 520, 200, 201])(
    "%i is never a definite no, even with a code",
    (status) => {
      expect(toCarrierError(refusal(status, 21422)).kind).toBe("unknown");
    },
  );

  test.each([undefined, null, "", "21422", {}, Number.NaN.toString()])(
    "a 4xx whose code is %o is not Twilio's own answer",
    (code) => {
      expect(toCarrierError(refusal(400, code)).kind).toBe("unknown");
    },
  );

  test("a 429 counts even when its body is a proxy's", () => {
    expect(toCarrierError({ status: 429, message: "Slow down" })).toMatchObject({
      kind: "busy",
      carrierCode: "20429",
    });
  });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"])("%s: nothing was sent", (code) => {
    expect(toCarrierError(Object.assign(new Error("connect"), { code })).kind).toBe("unreachable");
  });

  test.each([
    "ECONNRESET",
    "ETIMEDOUT",
    "ECONNABORTED",
    "EPIPE",
    "ERR_BAD_RESPONSE",
    "CERT_HAS_EXPIRED",
    "HPE_INVALID_CONSTANT",
    "",
  ])("%s: it may have been carried out", (code) => {
    expect(toCarrierError(Object.assign(new Error("lost"), { code })).kind).toBe("unknown");
  });

  test.each([undefined, null, "text", 42, {}, [], new Error(""), Symbol("x")])(
    "%o, thrown by whatever, is unknown and has a sentence",
    (thrown) => {
      const error = toCarrierError(thrown);
      expect(error.kind).toBe("unknown");
      expect(error.message).not.toBe("");
      expect(error.carrierCode).toBeNull();
    },
  );

  test("the cause is kept, and a CarrierError passes through", () => {
    const cause = refusal(400, 21422);
    const error = toCarrierError(cause);
    expect(error.cause).toBe(cause);
    expect(toCarrierError(error)).toBe(error);
  });

  test("not found is Twilio's 20404 and nothing else", () => {
    expect(isNotFound(toCarrierError(refusal(404, 20404)))).toBe(true);
    expect(isNotFound(toCarrierError(refusal(404, undefined)))).toBe(false);
    expect(isNotFound(new CarrierError("unknown", "No."))).toBe(false);
  });
});
