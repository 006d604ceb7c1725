"use client";

import { loadOnDemand } from "@/components/ui/load-on-demand";
import type { Drift, DriftAction } from "@/lib/carrier-sync/schema";

const loadAdoptDialog = () => import("./adopt-dialog");
const AdoptDialog = loadOnDemand(() => loadAdoptDialog().then((module) => module.AdoptDialog));
const loadGiveBackDialog = () => import("./give-back-dialog");
const GiveBackDialog = loadOnDemand(() => loadGiveBackDialog().then((module) => module.GiveBackDialog));

/** So that what is pointed at or focused opens at once. */
export function preloadDriftDialogs() {
  void loadAdoptDialog();
  void loadGiveBackDialog();
}

/** What somebody is about to decide, while its dialog is open and while it closes. */
export interface Question {
  drift: Drift;
  action: DriftAction;
  open: boolean;
}

/** What costs money or cannot be undone is asked about first. */
export function isAskedFirst(action: DriftAction): boolean {
  return action === "adopt" || action === "give_back";
}

export interface DriftDialogsProps {
  question: Question | null;
  onQuestionChange: (question: Question) => void;
  onDecided: (drift: Drift, action: DriftAction) => void;
}

export function DriftDialogs({ question, onQuestionChange, onDecided }: DriftDialogsProps) {
  if (!question) return null;
  const { drift, action, open } = question;
  const Asking = action === "adopt" ? AdoptDialog : GiveBackDialog;
  return (
    <Asking
      drift={drift}
      key={`${drift.id} ${action}`}
      onDecided={(after) => onDecided(after, action)}
      onOpenChange={(next) => onQuestionChange({ ...question, open: next })}
      open={open}
    />
  );
}
