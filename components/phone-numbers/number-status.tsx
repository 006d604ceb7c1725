"use client";

import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleOff,
  CircleX,
  FileClock,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  PauseCircle,
  SearchCheck,
} from "lucide-react";
import { Status, type Tone } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { PhoneNumber, NumberStatus as StatusCode } from "@/lib/phone-numbers/schema";
import { formatShortTimeLeft } from "./time-left";
import { useNow } from "./use-now";

interface StatusWords {
  word: string;
  /** Read out after the word, left out in narrow cells. */
  rest?: string;
  reason: string;
  tone: Tone;
  icon: LucideIcon;
}

const idle: StatusWords = {
  word: "Idle",
  reason: "No agent answers or calls from this number. It costs its monthly fee all the same.",
  tone: "neutral",
  icon: CircleDashed,
};

const words: Record<StatusCode, StatusWords> = {
  buying: {
    word: "Buying",
    reason: "The order is on its way to the carrier.",
    tone: "accent",
    icon: LoaderCircle,
  },
  checking: {
    word: "Checking",
    rest: "with the carrier",
    reason: "We are checking with the carrier. You will not be charged twice.",
    tone: "careful",
    icon: SearchCheck,
  },
  needs_documents: {
    word: "Needs documents",
    reason: "The carrier waits for documents before the number can be used.",
    tone: "careful",
    icon: FileClock,
  },
  active: { word: "Live", reason: "Calls reach its agents.", tone: "good", icon: CircleCheck },
  held: {
    word: "Held",
    reason: "It waits to be released. Until then that can be undone; meanwhile nobody answers it.",
    tone: "careful",
    icon: PauseCircle,
  },
  releasing: {
    word: "Releasing",
    reason: "The carrier is taking the number back.",
    tone: "careful",
    icon: Hourglass,
  },
  released: {
    word: "Released",
    reason: "The number was given back to the carrier.",
    tone: "neutral",
    icon: CircleOff,
  },
  detached: {
    word: "Detached",
    reason: "The number stays with its carrier; Linedesk has let go of it.",
    tone: "neutral",
    icon: CircleOff,
  },
  refused: {
    word: "Refused",
    reason: "The carrier refused the order. Nothing is charged.",
    tone: "danger",
    icon: CircleX,
  },
  quarantined: {
    word: "Needs a decision",
    reason: "The carrier bills this number although the order failed.",
    tone: "danger",
    icon: CircleHelp,
  },
  gone: {
    word: "Gone",
    rest: "at the carrier",
    reason: "The carrier no longer lists this number.",
    tone: "danger",
    icon: CircleX,
  },
};

const iconTones: Record<Tone, string> = {
  neutral: "text-muted-foreground",
  accent: "text-accent-text",
  good: "text-good",
  careful: "text-careful",
  danger: "text-danger",
};

export function readStatus(number: PhoneNumber): StatusWords {
  if (number.status === "active" && !number.inbound && !number.outbound) return idle;
  return words[number.status];
}

export function NumberStatus({ number, full = false }: { number: PhoneNumber; full?: boolean }) {
  const { word, rest, reason, tone, icon: Icon } = readStatus(number);
  return (
    <span title={reason}>
      <Status
        icon={
          <Icon
            aria-hidden
            className={cn(iconTones[tone], number.status === "buying" && "motion-safe:animate-spin")}
          />
        }
        tone={tone}
      >
        <span>
          {word}
          {rest && <span className={full ? undefined : "sr-only"}> {rest}</span>}
          {number.status === "held" && !full && <TimeLeft number={number} />}
        </span>
      </Status>
    </span>
  );
}

/** " · 6 d" */
function TimeLeft({ number: { release } }: { number: PhoneNumber }) {
  const now = useNow();
  if (!release || now === null) return null;
  const left = Date.parse(release.release_at) - now;
  return left > 0 && <span className="text-muted-foreground tabular"> · {formatShortTimeLeft(left)}</span>;
}
