import {
  ArrowLeftRight,
  CircleHelp,
  Copy,
  History,
  type LucideIcon,
  SearchX,
  ShieldQuestion,
} from "lucide-react";
import type { Drift, DriftAction, DriftKind } from "@/lib/carrier-sync/schema";

/** What kind of difference it is, in a word or two beside the number. */
export const kindWords: Record<DriftKind, { word: string; icon: LucideIcon }> = {
  unknown_number: { word: "Unknown", icon: CircleHelp },
  lost_purchase: { word: "Lost purchase", icon: History },
  quarantined: { word: "Set aside", icon: ShieldQuestion },
  missing: { word: "Missing", icon: SearchX },
  rewired: { word: "Rewired", icon: ArrowLeftRight },
  duplicate: { word: "Duplicate", icon: Copy },
};

interface ActionWords {
  /** On its button, before the number where it names one. */
  verb: string;
  /** Said when it is done. */
  done: (number: string) => { title: string; description: string };
}

export const actionWords: Record<DriftAction, ActionWords> = {
  adopt: {
    verb: "Adopt",
    done: (number) => ({ title: `${number} is yours`, description: "It is among your numbers now." }),
  },
  rewire: {
    verb: "Rewire",
    done: (number) => ({ title: `${number} is rewired`, description: "Its calls are sent here again." }),
  },
  accept: {
    verb: "Accept",
    done: (number) => ({
      title: `${number} stays as it is`,
      description: "It is not reported again while it stays so. You find it under Accepted.",
    }),
  },
  detach: {
    verb: "Detach",
    done: (number) => ({
      title: `${number} is detached`,
      description: "Its record and its history stay.",
    }),
  },
  give_back: {
    verb: "Give back",
    done: (number) => ({ title: `${number} is given back`, description: "The carrier bills it no longer." }),
  },
};

/** The most helpful first, what cannot be undone last. */
const actionOrder = ["rewire", "adopt", "detach", "accept", "give_back"] as const;

export function sortActions(actions: readonly DriftAction[]): DriftAction[] {
  return actionOrder.filter((action) => actions.includes(action));
}

type Resolution = NonNullable<Drift["resolution"]>;

const resolutionWords: Record<Resolution, string> = {
  adopted: "Adopted",
  given_back: "Given back",
  rewired: "Rewired",
  accepted: "Accepted",
  detached: "Detached",
  disappeared: "Ended by itself",
};

/** "Adopted by Ada Admin", "Ended by itself" */
export function describeResolution({ resolution, resolved_by }: Drift): string {
  const what = resolution ? resolutionWords[resolution] : "Settled";
  return resolved_by ? `${what} by ${resolved_by.name}` : what;
}
