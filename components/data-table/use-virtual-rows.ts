"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";

/** Above this many rows only those near the viewport are in the DOM. */
const virtualizeAbove = 100;
const rowHeight = 36;

export type VirtualRow = { index: number; spaceBefore: number };

type VirtualRowsOptions = {
  scrollRef: RefObject<HTMLDivElement | null>;
  count: number;
  /** Always rendered: the row with the focus must not leave the document. -1 for none. */
  keptIndex: number;
};

/** Which rows to render, and the empty space that stands for the others. Every row is 36 px high. */
export function useVirtualRows({ scrollRef, count, keptIndex }: VirtualRowsOptions) {
  const enabled = count > virtualizeAbove;
  const virtualizer = useVirtualizer({
    count,
    enabled,
    estimateSize: () => rowHeight,
    getScrollElement: () => scrollRef.current,
    initialRect: { width: 0, height: 800 },
    overscan: 12,
    rangeExtractor: (range) => {
      const indexes = new Set(defaultRangeExtractor(range));
      if (keptIndex >= 0 && keptIndex < count) indexes.add(keptIndex);
      return [...indexes].sort((a, b) => a - b);
    },
    // The sticky header covers the first row's worth of the viewport.
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  });

  if (!enabled) {
    const rows = Array.from({ length: count }, (_, index): VirtualRow => ({ index, spaceBefore: 0 }));
    return { enabled, rows, spaceAfter: 0, scrollToIndex: () => {} };
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
    scrollToIndex: (index: number) => virtualizer.scrollToIndex(index),
  };
}
