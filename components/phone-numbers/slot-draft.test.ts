import { expect, test } from "vitest";
import type { Slot } from "@/lib/phone-numbers/schema";
import { changedDirections, emptyDraft, takenDirections, toDrafts } from "./slot-draft";

const slot = (agentId: string, version: number, followsLatest = false): Slot => ({
  agent_id: agentId,
  agent_name: agentId,
  version,
  agent_version_id: `${agentId}-${version}`,
  follows_latest: followsLatest,
});

const number = { inbound: slot("anna", 3), outbound: null };

test("nothing touched, nothing changed", () => {
  expect(changedDirections(number, toDrafts(number))).toEqual([]);
});

test("only touched slots are saved", () => {
  const drafts = { ...toDrafts(number), outbound: { agentId: "bob", version: "latest" as const } };
  expect(changedDirections(number, drafts)).toEqual(["outbound"]);
  expect(takenDirections(number, drafts)).toEqual([]);
});

test.each([
  ["following latest instead of the pinned version", { agentId: "anna", version: "latest" as const }, false],
  ["another agent", { agentId: "bob", version: 1 }, true],
  ["nobody", emptyDraft, false],
])("%s in a filled slot", (_, inbound, takes) => {
  const drafts = { ...toDrafts(number), inbound };
  expect(changedDirections(number, drafts)).toEqual(["inbound"]);
  expect(takenDirections(number, drafts)).toEqual(takes ? ["inbound"] : []);
});

test("the version of nobody does not count", () => {
  const drafts = { ...toDrafts(number), outbound: { agentId: null, version: 2 } };
  expect(changedDirections(number, drafts)).toEqual([]);
});
