import { describe, expect, test } from "vitest";
import type { Carrier, OwnedNumber } from "../carriers/carrier";
import { judge, lookUpPurchase } from "./verdict";

const calledAt = new Date("2026-03-01T12:00:00Z");
const purchase = { phoneNumber: "+14155550100", tag: "linedesk.aaaaaa.org.num", calledAt };
const ours: OwnedNumber = {
  carrierNumberId: `PN${"1".repeat(32)}`,
  phoneNumber: purchase.phoneNumber,
  tag: purchase.tag,
  voiceUrl: "",
  capabilities: null,
  createdAt: calledAt,
};

function minutesBefore(minutes: number): Date {
  return new Date(calledAt.getTime() - minutes * 60_000);
}

describe("judging what the carrier shows", () => {
  test.each<[string, Partial<OwnedNumber>, ReturnType<typeof judge>]>([
    ["our number, our tag, made now", {}, "ours"],
    ["no date told", { createdAt: null }, "ours"],
    ["a date after the call, however long", { createdAt: new Date("2026-03-01T13:00:00Z") }, "ours"],
    ["a clock that lags a little", { createdAt: minutesBefore(4.9) }, "ours"],
    ["exactly at the tolerance", { createdAt: minutesBefore(5) }, "ours"],
    ["there before the call, tag overwritten", { createdAt: minutesBefore(5.1) }, "foreign"],
    ["another tag", { tag: "linedesk.aaaaaa.org.other" }, "foreign"],
    ["no tag", { tag: "" }, "foreign"],
    ["our tag in another case", { tag: purchase.tag.toUpperCase() }, "foreign"],
    ["our tag with something behind it", { tag: `${purchase.tag}2` }, "foreign"],
    ["another number", { phoneNumber: "+14155550101" }, "unreadable"],
    ["another number with another tag", { phoneNumber: "+14155550101", tag: "" }, "unreadable"],
    ["the number in national form", { phoneNumber: "4155550100" }, "unreadable"],
  ])("%s", (_, change, verdict) => {
    expect(judge({ ...ours, ...change }, purchase)).toBe(verdict);
  });
});

describe("looking a purchase up", () => {
  function carrierWith(owned: OwnedNumber[]): Pick<Carrier, "findNumbers"> {
    return {
      findNumbers: async (by) =>
        owned.filter((number) =>
          "tag" in by ? number.tag === by.tag : number.phoneNumber === by.phoneNumber,
        ),
    };
  }

  test("the tag decides before the number", async () => {
    const found = await lookUpPurchase(carrierWith([ours]) as Carrier, purchase);
    expect(found).toEqual(ours);
  });

  test("a number without our tag is still seen, so that nobody believes it free", async () => {
    const untagged = { ...ours, tag: "somebody else" };
    expect(await lookUpPurchase(carrierWith([untagged]) as Carrier, purchase)).toEqual(untagged);
  });

  test("our tag on another number does not count", async () => {
    const other = { ...ours, phoneNumber: "+14155550101" };
    expect(await lookUpPurchase(carrierWith([other]) as Carrier, purchase)).toBeNull();
  });

  test("nothing there is null", async () => {
    expect(await lookUpPurchase(carrierWith([]) as Carrier, purchase)).toBeNull();
  });
});
