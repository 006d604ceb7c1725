"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { useShortcut } from "@/components/layout/shortcuts";

type RowFocusOptions = {
  rowIds: readonly string[];
  enabled: boolean;
  /** Brings a row that is not rendered yet into the DOM. */
  scrollToIndex: (index: number) => void;
  onOpen?: (rowId: string) => void;
  onToggleSelected?: (rowId: string) => void;
};

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** One tab stop for all rows. Arrow keys, j and k move it, Enter opens, x selects. */
export function useRowFocus({ rowIds, enabled, scrollToIndex, onOpen, onToggleSelected }: RowFocusOptions) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const elementsRef = useRef(new Map<string, HTMLTableRowElement>());
  const awaitedIdRef = useRef<string | null>(null);
  const activeIndex = activeId === null ? -1 : rowIds.indexOf(activeId);

  const focusIndex = (index: number) => {
    const clamped = Math.max(0, Math.min(rowIds.length - 1, index));
    const id = rowIds[clamped];
    if (id === undefined) return;
    setActiveId(id);
    const element = elementsRef.current.get(id);
    if (element) {
      element.focus();
      return;
    }
    awaitedIdRef.current = id;
    scrollToIndex(clamped);
  };
  const hasFocus = () =>
    [...elementsRef.current.values()].some((row) => row.contains(document.activeElement));
  // The first j from elsewhere on the page lands where the table was left.
  const step = (by: number) => focusIndex(hasFocus() ? activeIndex + by : Math.max(0, activeIndex));

  const handleKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, rowId: string) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const by = steps[event.key];
    if (by) step(by);
    else if (event.key === "Home") focusIndex(0);
    else if (event.key === "End") focusIndex(rowIds.length - 1);
    else if (event.key === "Enter" && onOpen) onOpen(rowId);
    else if (event.key === "x" && onToggleSelected) onToggleSelected(rowId);
    else return;
    event.preventDefault();
  };

  const shortcutOptions = { group: "Table", enabled };
  useShortcut("j", "Next row", () => step(1), shortcutOptions);
  useShortcut("k", "Previous row", () => step(-1), shortcutOptions);
  useShortcut(
    "x",
    "Select row",
    () => {
      if (activeId !== null && hasFocus()) onToggleSelected?.(activeId);
    },
    { group: "Table", enabled: enabled && Boolean(onToggleSelected) },
  );
  useShortcut(
    "enter",
    "Open row",
    () => {},
    // Listed for the reader; the row itself handles the key, and a button elsewhere must keep its own Enter.
    { group: "Table", enabled: enabled && Boolean(onOpen), listOnly: true },
  );

  const readRowProps = (rowId: string, index: number) => ({
    ref: (element: HTMLTableRowElement) => {
      elementsRef.current.set(rowId, element);
      if (awaitedIdRef.current === rowId) {
        awaitedIdRef.current = null;
        element.focus();
      }
      return () => {
        elementsRef.current.delete(rowId);
      };
    },
    tabIndex: activeIndex === index || (activeIndex === -1 && index === 0) ? 0 : -1,
    onFocus: () => setActiveId(rowId),
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => handleKeyDown(event, rowId),
  });

  return { activeIndex, readRowProps };
}
