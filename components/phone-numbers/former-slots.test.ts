import { expect, test } from "vitest";
import { describeFormerSlots } from "./former-slots";

const anna = { agent_id: "agt_a", agent_name: "Anna", version: 3 };
const ben = { agent_id: "agt_b", agent_name: "Ben", version: "latest" as const };
const inbound = { direction: "inbound" as const };
const outbound = { direction: "outbound" as const };

test.each([
  [[], null],
  [[{ ...anna, ...inbound }], "Anna · v3 (inbound)"],
  [
    [
      { ...anna, ...inbound },
      { ...ben, ...outbound },
    ],
    "Anna · v3 (inbound), Ben · latest (outbound)",
  ],
  [
    [
      { ...ben, ...inbound },
      { ...ben, ...outbound },
    ],
    "Ben · latest (both directions)",
  ],
  [[{ ...anna, agent_name: null, ...outbound }], "A deleted agent · v3 (outbound)"],
  [
    [
      { ...anna, agent_name: null, ...inbound },
      { ...anna, agent_id: "agt_c", agent_name: null, ...outbound },
    ],
    "A deleted agent · v3 (inbound), A deleted agent · v3 (outbound)",
  ],
])("%j", (was, words) => {
  expect(describeFormerSlots(was)).toBe(words);
});
