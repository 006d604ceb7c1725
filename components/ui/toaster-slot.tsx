"use client";

import { useEffect, useSyncExternalStore } from "react";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import { toasterWish, wantToaster } from "./toast";

const Toaster = loadOnDemand(() => import("./toaster").then((module) => module.Toaster));

const signsOfUse = ["pointerdown", "keydown"] as const;

/** Mounted once, in the providers. The toaster is there after the first click or key, before anything can go wrong. */
export function ToasterSlot() {
  const isWanted = useSyncExternalStore(toasterWish.subscribe, toasterWish.read, () => false);
  useEffect(() => {
    for (const sign of signsOfUse) window.addEventListener(sign, wantToaster, { once: true, capture: true });
    return () => {
      for (const sign of signsOfUse) window.removeEventListener(sign, wantToaster, { capture: true });
    };
  }, []);
  return isWanted && <Toaster />;
}
