import { describe, expect, test } from "vitest";
import type { AvailableNumber } from "../carriers/carrier";
import { asOrganizationId } from "../context";
import { availableNumber, phoneNumber } from "./schema";
import { costOf, decimalText, serializeNumber, serializeOffer } from "./serialize";
import type { NumberRow } from "./store";

describe("amounts", () => {
  test.each([
    ["1.1500", "1.15"],
    ["1.15", "1.15"],
    ["1.1", "1.10"],
    ["2", "2.00"],
    ["0", "0.00"],
    ["0.0000", "0.00"],
    ["0.0085", "0.0085"],
    ["0.0080", "0.008"],
    ["100", "100.00"],
    ["1200.5000", "1200.50"],
    ["12345678.9", "12345678.90"],
  ])("%s is written %s", (amount, text) => {
    expect(decimalText(amount)).toBe(text);
  });
});

const row: NumberRow = {
  id: "num_0123456789ABCDEFabcdef",
  organization_id: asOrganizationId("org_1"),
  phone_number: "+14155550100",
  state: "active",
  source: "managed",
  country_code: "US",
  type: "local",
  region: "CA",
  locality: null,
  voice: true,
  sms: true,
  mms: false,
  label: null,
  outbound_shareable: false,
  locked: false,
  trunk_id: "trk_1",
  managed_account_id: "mac_1",
  carrier_number_id: "PN00000000000000000000000000000001",
  monthly_cost: "1.1500",
  currency: "USD",
  version: 3,
  fence: 7,
  purchased_at: new Date("2026-01-31T10:00:00Z"),
  released_at: null,
  assignment_changed_at: new Date("2026-02-01T00:00:00Z"),
  created_at: new Date("2026-01-31T09:59:59Z"),
  purchase_order_id: "po_1",
  slots: [
    {
      direction: "outbound",
      agent_id: "agt_1",
      agent_name: "Anna",
      version: 2,
      agent_version_id: "ver_2",
      follows_latest: true,
    },
  ],
  release: null,
  drift: null,
};
const now = new Date("2026-02-10T00:00:00Z");

describe("the public resource of a number", () => {
  test("is what the schema says, with the slots apart", () => {
    const resource = serializeNumber(row, now);
    expect(phoneNumber.parse(resource)).toEqual(resource);
    expect(resource).toMatchObject({
      inbound: null,
      inbound_agent_version_id: null,
      outbound: { agent_name: "Anna", version: 2, follows_latest: true },
      outbound_agent_version_id: "ver_2",
      cost_information: { monthly_cost: "1.15", upfront_cost: "0.00", currency: "USD" },
      renews_on: "2026-02-28",
    });
  });

  test("tells neither the carrier's id, nor the fence, nor the organization, nor the tag", () => {
    const keys = Object.keys(serializeNumber(row, now));
    expect(keys.sort()).toEqual(Object.keys(phoneNumber.shape).sort());
    expect(JSON.stringify(serializeNumber(row, now))).not.toContain("PN0000");
  });

  test.each([
    "claimed",
    "calling",
    "unknown",
    "releasing",
    "released",
    "failed",
    "quarantined",
    "detached",
    "gone",
  ] as const)("%s numbers renew on no day", (state) => {
    expect(serializeNumber({ ...row, state }, now).renews_on).toBeNull();
  });

  test("an unknown price is null, not zero", () => {
    const unpriced = serializeNumber({ ...row, monthly_cost: null, currency: null }, now);
    expect(unpriced.cost_information).toBeNull();
  });
});

describe("an offer", () => {
  const offer: AvailableNumber = {
    phoneNumber: "+14155550100",
    countryCode: "US",
    type: "local",
    region: "CA",
    locality: "San Francisco",
    postalCode: null,
    capabilities: { voice: true, sms: false, mms: true },
    addressRequirement: "none",
    monthlyCost: { amount: "1.1500", currency: "USD" },
    setupCost: { amount: "0.00", currency: "USD" },
  };

  test("lists its capabilities and its cost", () => {
    const public_ = serializeOffer(offer);
    expect(availableNumber.parse(public_)).toEqual(public_);
    expect(public_.features).toEqual(["voice", "mms"]);
    expect(public_.cost_information).toEqual({ monthly_cost: "1.15", upfront_cost: "0.00", currency: "USD" });
  });

  test("without a published price costs null", () => {
    expect(costOf({ ...offer, monthlyCost: null, setupCost: null })).toBeNull();
  });
});
