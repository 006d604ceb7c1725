import { expect, test } from "vitest";
import { callersFor, highestLimitWithoutAdvance, scenariosOf } from "./scenarios.mjs";

const keys = (name, count) => Array.from({ length: count }, (_, index) => `${name}${index}`);

const facts = {
  floor: "http://floor",
  linedesk: "http://linedesk",
  counting: { none: "http://none", ahead: "http://ahead", each: "http://each" },
  carrier: { url: "http://carrier", accountSid: "AC1", authToken: "token" },
  large: { key: "ak_large", numbers: ["+14155550100", "+14155550101"] },
  small: { key: "ak_small" },
  callers: {
    none: keys("n", callersFor(5_000)),
    ahead: keys("a", callersFor(5_000)),
    each: keys("e", callersFor(5_000)),
  },
};

const scenarioOf = (name) => scenariosOf(facts).find((scenario) => scenario.name === name);

test("callers that are counted stay below their limit and take turns", () => {
  const each = scenarioOf("Count the request").variants.at(-1);
  const senders = Array.from({ length: 5_000 }, (_, n) => each.request(n).headers.Authorization);
  for (const sender of new Set(senders)) {
    const sent = senders.filter((each) => each === sender).length;
    expect(sent).toBeLessThanOrEqual(highestLimitWithoutAdvance);
  }
  expect(senders).not.toContain("Bearer undefined");
  expect(new Set(senders.slice(0, 16)).size).toBe(16);
});

test("no two changes are the same, and both sides are asked for the same ones", () => {
  const [floor, linedesk] = scenarioOf("Label one number").variants.map(({ request }) => [
    request(0),
    request(1),
  ]);
  const withoutOrigin = ({ url, ...rest }) => ({ ...rest, path: new URL(url).pathname });
  expect(floor.map(withoutOrigin)).toEqual(linedesk.map(withoutOrigin));
  expect(floor[0].body).not.toBe(floor[1].body);
});

test("whatever is measured against something else is there in at least two variants", () => {
  for (const { name, variants } of scenariosOf(facts)) {
    expect(variants.length, name).toBeGreaterThan(1);
    for (const { request } of variants)
      expect(request(0)).toMatchObject({ url: expect.stringMatching(/^http:/) });
  }
});
