"use client";

import { useCallback, useEffect, useRef } from "react";

/**
 * Calls `onNearEnd` when the element with the returned ref comes within a screen of what is visible: of its parent
 * when that scrolls, else of the window.
 */
export function useNearEnd(onNearEnd: (() => void) | undefined, scroller: "parent" | "window") {
  const callbackRef = useRef(onNearEnd);
  useEffect(() => {
    callbackRef.current = onNearEnd;
  });
  return useCallback(
    (element: HTMLElement | null) => {
      if (!element) return;
      const observer = new IntersectionObserver(
        ([entry]) => {
          if (entry?.isIntersecting) callbackRef.current?.();
        },
        { root: scroller === "parent" ? element.parentElement : null, rootMargin: "600px 0px" },
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
    [scroller],
  );
}
