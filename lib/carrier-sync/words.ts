import type { DriftRow } from "./store";

interface Words {
  title: string;
  explanation: string;
}

/** What a difference means, for whoever has to decide about it. */
export function wordsFor(drift: DriftRow): Words {
  const row = drift.phoneNumberRow;
  switch (drift.kind) {
    case "unknown_number":
      return {
        title: "The carrier bills a number that nothing here knows.",
        explanation:
          "Somebody bought it in the carrier's console, or another system uses it. Adopt it to make it one of your numbers: its calls are then sent here. Give it back to release it, for good. Accept it to leave it alone.",
      };
    case "lost_purchase":
      return {
        title: row
          ? "The carrier bills a number that was given up here."
          : "The record of a purchase is missing.",
        explanation: row
          ? "It bears our tag, but its purchase was refused here, it was released, or it was gone: the carrier acted later than it said. It counts against the limit and is not charged. Adopt it to keep it, charged from today or from the end of a month that is paid already, or give it back, for good."
          : "The carrier's number bears our tag, but there is no record of it that could be restored by itself. Adopt it to keep it, charged from today, or give it back, for good.",
      };
    case "quarantined":
      return {
        title: "The carrier bills a number that nobody here has taken over.",
        explanation:
          "It was in the carrier account before somebody tried to buy it here. It counts against the limit and is not charged. Adopt it to keep it, charged from today: its calls are then sent here. Give it back to release it, for good.",
      };
    case "missing":
      return row?.state === "gone"
        ? {
            title: "The carrier does not have this number any more.",
            explanation:
              "It was released or moved away at the carrier. It answers no calls, is not charged any more and no longer counts against the limit; its history stays. Detach it to take note of that.",
          }
        : {
            title: "The carrier does not list this number.",
            explanation:
              "It was released or moved away at the carrier, or the carrier's list is late. It counts as gone when a later comparison does not find it either. Detach it if you know that it is gone.",
          };
    case "rewired":
      return rewiredWords(drift);
    case "duplicate":
      return {
        title: "Two of the carrier's numbers claim to be one of yours.",
        explanation:
          "The tag of one of your numbers was written on another number at the carrier, or the carrier lists the same digits twice. Look at both in the carrier's console. Give this one back to release it, for good; your own number stays. Accept it to leave it alone.",
      };
  }
}

function rewiredWords({ expected, observed }: DriftRow): Words {
  const [ours, theirs] = [expected, observed].map(
    (side) => (side ?? {}) as { voice_url?: string; tag?: string },
  );
  if (ours?.voice_url === theirs?.voice_url) {
    return {
      title: "The tag of this number was changed at the carrier.",
      explanation:
        "Its calls still reach its agent, but by its tag nobody can tell any more that it is ours. Rewire it to write the tag again. Accept it to leave it as it is.",
    };
  }
  return {
    title: "Calls to this number are sent elsewhere.",
    explanation:
      "Somebody changed at the carrier who takes its calls, so its agent does not answer. Rewire it to send them here again. Accept it to leave it as it is.",
  };
}
