"use client";

import { useCallback, useState } from "react";

const step = 50;

/** How many items of a long list to render; grows whenever the element with `ref` comes near the viewport. */
export function useGrowingCount(total: number) {
  const [limit, setLimit] = useState(step);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setLimit((current) => current + step);
      },
      { rootMargin: "1200px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { count: Math.min(limit, total), growing: limit < total, ref };
}
