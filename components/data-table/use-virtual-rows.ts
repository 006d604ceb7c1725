"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useRef } from "react";

/** Above this many rows only those in view are in the DOM. */
const virtualizeAbove = 100;
export const rowHeight = 36;

export type VirtualRow = { index: number; spaceBefore: number };

/** Which rows to render, and the empty space that stands for the others. The row with focus always stays. */
export function useVirtualRows(scrollRef: RefObject<HTMLDivElement | null>, count: number) {
  const enabled = count > virtualizeAbove;
  const keptIndexRef = useRef(-1);
  const virtualizer = useVirtualizer({
    count,
    enabled,
    estimateSize: () => rowHeight,
    getScrollElement: () => scrollRef.current,
    initialRect: { width: 0, height: 800 },
    overscan: 12,
    rangeExtractor: (range) => {
      const kept = keptIndexRef.current;
      const indexes = new Set(defaultRangeExtractor(range));
      if (kept >= 0 && kept < count) indexes.add(kept);
      return [...indexes].sort((a, b) => a - b);
    },
    // The sticky header covers the first row's worth of the viewport.
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  });

  if (!enabled) {
    const rows = Array.from({ length: count }, (_, index): VirtualRow => ({ index, spaceBefore: 0 }));
    return { enabled, rows, spaceAfter: 0, keptIndexRef, scrollToIndex: () => {} };
  }

  const items = virtualizer.getVirtualItems();
  const rows = items.map(
    (item, position): VirtualRow => ({
      index: item.index,
      spaceBefore: item.start - (items[position - 1]?.end ?? 0),
    }),
  );
  return {
    enabled,
    rows,
    spaceAfter: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    keptIndexRef,
    scrollToIndex: (index: number) => virtualizer.scrollToIndex(index),
  };
}
