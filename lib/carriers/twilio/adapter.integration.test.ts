import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { describeCarrier } from "../contract";
import { createCarrier } from "../registry";
import { createTwilioCarrier } from "./adapter";

describeCarrier("Twilio", createTwilioCarrier);

/** As the rest of Linedesk gets it: with its tries for reads and its bound on requests. */
describeCarrier("Twilio, from the registry", (settings) => createCarrier({ carrier: "twilio", ...settings }));

describe("Twilio's list, as Twilio's document does not allow it", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A carrier whose list is this page, whatever is asked for. */
  async function openOddCarrier(page: object) {
    const server = createServer((_, response) => {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(page));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return createTwilioCarrier({
      accountSid: `AC${"5".repeat(32)}`,
      authToken: "odd",
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      readTimeoutMs: 1_500,
      writeTimeoutMs: 1_500,
    });
  }

  const number = (digit: string, more: object = {}) => ({
    sid: `PN${digit.repeat(32)}`,
    phone_number: `+1415555010${digit}`,
    friendly_name: "Sales",
    ...more,
  });

  test("an entry that cannot be read is named, and the others are there", async () => {
    const odd = [number("2", { phone_number: "client:anna" }), number("3", { phone_number: 5 }), { sid: 4 }];
    const carrier = await openOddCarrier({ incoming_phone_numbers: [number("1"), ...odd, number("5")] });
    const { numbers, unreadable, after } = await carrier.listNumbers();
    expect(numbers.map(({ phoneNumber }) => phoneNumber)).toEqual(["+14155550101", "+14155550105"]);
    expect(unreadable).toEqual([`PN${"2".repeat(32)}`, `PN${"3".repeat(32)}`, null]);
    expect(after).toBeNull();
  });

  test.each([
    "/2010-04-01/Accounts/AC1/IncomingPhoneNumbers.json",
    "/list.json?PageSize=50",
    "/list.json?Page=",
  ])("a next page at %s, which names no place, is no answer", async (next_page_uri) => {
    const carrier = await openOddCarrier({ incoming_phone_numbers: [number("1")], next_page_uri });
    await expect(carrier.listNumbers()).rejects.toMatchObject({ name: "CarrierError", kind: "unknown" });
  });
});
