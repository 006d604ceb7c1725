import { describe, expect, test } from "vitest";
import type { OwnedNumber } from "../carriers/carrier";
import { NumberState } from "../db/generated/enums";
import { type Candidates, compareNumber, type Finding, isSameFinding } from "./compare";
import type { KnownNumber } from "./rows";

const account = "mac_1";
const voiceUrl = "https://desk.example.com/hooks/twilio/voice?number=num_1";
const ourTag = "linedesk.aaaaaa.org.num";

const listed: OwnedNumber = {
  carrierNumberId: "PN1",
  phoneNumber: "+14155550123",
  tag: ourTag,
  voiceUrl,
  capabilities: null,
  createdAt: null,
};

const dead: readonly NumberState[] = ["released", "failed", "gone", "detached"];

function row(more: Partial<KnownNumber> = {}): KnownNumber {
  const state = more.state ?? "active";
  return {
    id: "num_1",
    organization_id: "org_1",
    phone_number: listed.phoneNumber,
    state,
    live: !dead.includes(state),
    source: "managed",
    managed_account_id: account,
    carrier_number_id: listed.carrierNumberId,
    tag: ourTag,
    fence: 3,
    voice_url: voiceUrl,
    ...more,
  };
}

const compare = (
  number: OwnedNumber,
  candidates: Candidates,
  owner: Parameters<typeof compareNumber>[3] = null,
) => compareNumber(number, account, candidates, owner)?.kind ?? null;

describe("a number whose id a row has", () => {
  const expected: Record<NumberState, Finding["kind"] | null> = {
    active: null,
    held: null,
    claimed: null,
    calling: null,
    unknown: null,
    pending_papers: null,
    releasing: null,
    quarantined: "quarantined",
    released: "lost_purchase",
    failed: "lost_purchase",
    gone: "lost_purchase",
    detached: "lost_purchase",
  };

  test.each(Object.values(NumberState))("that is %s", (state) => {
    expect(compare(listed, { byCarrierNumber: row({ state }) })).toBe(expected[state]);
  });

  test.each([
    ["another voice URL", { voiceUrl: "https://elsewhere.example.com/" }],
    ["no voice URL", { voiceUrl: "" }],
    ["another tag", { tag: "Sales" }],
    ["no tag", { tag: "" }],
  ])(
    "and %s at the carrier is rewired while it is in use, and nothing else matters otherwise",
    (_, change) => {
      for (const state of Object.values(NumberState)) {
        const inUse = state === "active" || state === "held";
        const kind = compare({ ...listed, ...change }, { byCarrierNumber: row({ state }) });
        expect([state, kind]).toEqual([state, inUse ? "rewired" : expected[state]]);
      }
    },
  );

  test("is that row's, whatever the tag says: tags can be copied", () => {
    const other = row({ id: "num_2", carrier_number_id: "PN2", state: "failed" });
    expect(compare(listed, { byCarrierNumber: row(), byTag: other, byDigits: other })).toBeNull();
  });
});

describe("a number whose id no row has, with the tag of one", () => {
  const namesake = (more: Partial<KnownNumber>) => ({ byTag: row({ carrier_number_id: "PN2", ...more }) });

  test.each(["released", "failed", "gone"] as const)(
    "that is %s: a purchase of ours that was lost",
    (state) => {
      expect(compare(listed, namesake({ state }))).toBe("lost_purchase");
      expect(compare(listed, namesake({ state, carrier_number_id: null }))).toBe("lost_purchase");
    },
  );

  test.each(["active", "held", "quarantined"] as const)("that is %s: two claim to be that one", (state) => {
    expect(compare(listed, namesake({ state }))).toBe("duplicate");
    expect(compare({ ...listed, phoneNumber: "+14155550199" }, namesake({ state }))).toBe("duplicate");
  });

  test.each(["claimed", "calling", "unknown", "pending_papers", "releasing"] as const)(
    "that is %s: recovery sees to it",
    (state) => {
      expect(compare(listed, namesake({ state, carrier_number_id: null }))).toBeNull();
    },
  );

  test("of other digits whose stay is over: the tag was copied, and nobody knows the number", () => {
    expect(compare({ ...listed, phoneNumber: "+14155550199" }, namesake({ state: "released" }))).toBe(
      "unknown_number",
    );
  });
});

describe("a number that neither its id nor its tag lead to a row", () => {
  const owner = { organizationId: "org_1", numberId: "num_9" };

  test("but whose tag is of this installation: the record itself was lost", () => {
    expect(compareNumber(listed, account, {}, owner)).toEqual({ kind: "lost_purchase", row: null, owner });
  });

  test.each(["", "Sales", "linedesk.bbbbbb.org.num"])("with the tag %o: unknown", (tag) => {
    expect(compare({ ...listed, tag }, {})).toBe("unknown_number");
  });

  test("of digits that a row on this account holds under another id: two of one", () => {
    const byDigits = row({ carrier_number_id: "PN2" });
    expect(compare({ ...listed, tag: "" }, { byDigits })).toBe("duplicate");
    expect(compare({ ...listed, tag: "" }, { byDigits: { ...byDigits, state: "claimed" } })).toBeNull();
  });

  test("of digits that somebody brought along, or has on another account: unknown here", () => {
    for (const more of [
      { source: "byoc", managed_account_id: null } as const,
      { managed_account_id: "mac_2" },
    ])
      expect(compare({ ...listed, tag: "" }, { byDigits: row({ carrier_number_id: null, ...more }) })).toBe(
        "unknown_number",
      );
  });
});

test("two looks agree when they say the same of the same row", () => {
  const rewired: Finding = { kind: "rewired", row: row() };
  expect(isSameFinding(rewired, { kind: "rewired", row: row({ fence: 9 }) })).toBe(true);
  expect(isSameFinding(rewired, { kind: "rewired", row: row({ id: "num_2" }) })).toBe(false);
  expect(isSameFinding(rewired, { kind: "quarantined", row: row() })).toBe(false);
  expect(isSameFinding(rewired, null)).toBe(false);
  expect(isSameFinding({ kind: "unknown_number" }, { kind: "unknown_number" })).toBe(true);
});
