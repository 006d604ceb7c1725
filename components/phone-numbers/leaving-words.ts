import type { PhoneNumber } from "@/lib/phone-numbers/schema";

interface LeavingWords {
  verb: "Release" | "Detach";
  past: "Released" | "Detached";
  /** What happens to it, above everything else in the dialog. */
  warning: { title: string; text: string };
  /** What callers meet from then on. */
  callers: string;
}

const release: LeavingWords = {
  verb: "Release",
  past: "Released",
  warning: {
    title: "This is immediate and irreversible",
    text: "The number goes back to the carrier, who may give it to somebody else.",
  },
  callers: "Callers will hear that the number is not in service.",
};

const detach: LeavingWords = {
  verb: "Detach",
  past: "Detached",
  warning: {
    title: "The number stays with your carrier",
    text: "Linedesk lets go of it at once. You can register it again later.",
  },
  callers: "Calls that your carrier sends here for this number are no longer answered.",
};

/** How a number leaves: one bought here goes back to the carrier, one brought along stays with its own. */
export function leavingWords({ source }: PhoneNumber): LeavingWords {
  return source === "byoc" ? detach : release;
}
