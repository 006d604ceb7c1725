"use client";

import type { toast as sonnerToast } from "sonner";

type Kind = "success" | "info" | "warning" | "error";
type Raise = (toast: typeof sonnerToast) => void;

/*
 * Toasts are rare and their library is not small: it loads at the first sign of use. What is raised before that waits
 * here until the toaster is there to show it.
 */
const waiting: Raise[] = [];
let raiseNow: ((raise: Raise) => void) | null = null;
let wanted = false;
const listeners = new Set<() => void>();

interface ToastOptions {
  description?: string;
  /** One thing to do about it; such a toast stays longer. */
  action?: { label: string; onClick: () => void };
}

const actionableMs = 10_000;

function raise(kind: Kind) {
  return (message: string, given?: ToastOptions) => {
    const options = given?.action ? { ...given, duration: actionableMs } : given;
    const show: Raise = (toast) => toast[kind](message, options);
    if (raiseNow) raiseNow(show);
    else waiting.push(show);
    wantToaster();
  };
}

export const toast = {
  success: raise("success"),
  info: raise("info"),
  warning: raise("warning"),
  error: raise("error"),
};

export function wantToaster() {
  if (wanted) return;
  wanted = true;
  for (const listener of listeners) listener();
}

export const toasterWish = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  read: () => wanted,
};

/** Called by the toaster once it is mounted. */
export function deliverToasts(sonner: typeof sonnerToast) {
  raiseNow = (show) => show(sonner);
  for (const show of waiting.splice(0)) show(sonner);
}
