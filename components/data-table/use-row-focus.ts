"use client";

import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useShortcut } from "@/components/layout/shortcuts";

type RowFocusOptions<TRow> = {
  rows: readonly TRow[];
  getRowId: (row: TRow) => string;
  onOpen: ((row: TRow) => void) | undefined;
};

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** One tab stop for all rows. Arrow keys, j and k move it, Enter opens. */
export function useRowFocus<TRow>({ rows, getRowId, onOpen }: RowFocusOptions<TRow>) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const lastIndexRef = useRef(0);
  const elementsRef = useRef(new Map<string, HTMLTableRowElement>());
  const awaitedIdRef = useRef<string | null>(null);
  /** Brings a row that is not rendered yet into the DOM. */
  const scrollToIndexRef = useRef<(index: number) => void>(() => {});
  const indexById = useMemo(
    () => new Map(rows.map((row, index) => [getRowId(row), index])),
    [rows, getRowId],
  );
  const activeIndex = activeId === null ? -1 : (indexById.get(activeId) ?? -1);

  useLayoutEffect(() => {
    if (activeIndex !== -1) lastIndexRef.current = activeIndex;
  });
  // The row that has taken the place of one that is gone.
  const tabStop = activeIndex === -1 ? Math.min(lastIndexRef.current, rows.length - 1) : activeIndex;

  const focusIndex = (index: number) => {
    const clamped = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[clamped];
    if (row === undefined) return;
    const id = getRowId(row);
    setActiveId(id);
    const element = elementsRef.current.get(id);
    if (element) {
      element.focus();
      return;
    }
    awaitedIdRef.current = id;
    scrollToIndexRef.current(clamped);
  };
  const hasFocus = () =>
    [...elementsRef.current.values()].some((row) => row.contains(document.activeElement));
  // The first j from elsewhere on the page lands where the table was left.
  const step = (by: number) => focusIndex(hasFocus() ? activeIndex + by : tabStop);

  const press = (event: KeyboardEvent<HTMLTableRowElement>, id: string) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const by = steps[event.key];
    const row = rows[indexById.get(id) ?? -1];
    if (by) step(by);
    else if (event.key === "Home") focusIndex(0);
    else if (event.key === "End") focusIndex(rows.length - 1);
    else if (event.key === "Enter" && onOpen && row !== undefined) onOpen(row);
    else return;
    event.preventDefault();
  };
  const pressRef = useRef(press);
  useLayoutEffect(() => {
    pressRef.current = press;
  });

  const enabled = rows.length > 0;
  useShortcut("j", "Next row", () => step(1), { group: "Table", enabled });
  useShortcut("k", "Previous row", () => step(-1), { group: "Table", enabled });
  useShortcut(
    "enter",
    "Open row",
    () => {},
    // Listed for the reader; the row itself handles the key, and a button elsewhere must keep its own Enter.
    { group: "Table", enabled: enabled && Boolean(onOpen), listOnly: true },
  );

  return {
    activeIndex,
    scrollToIndexRef,
    tabStop,
    // The three below stay the same, so that rows need not render again.
    handleFocus: setActiveId,
    handleKeyDown: useCallback(
      (event: KeyboardEvent<HTMLTableRowElement>, id: string) => pressRef.current(event, id),
      [],
    ),
    register: useCallback((id: string, element: HTMLTableRowElement) => {
      elementsRef.current.set(id, element);
      if (awaitedIdRef.current === id) {
        awaitedIdRef.current = null;
        element.focus();
      }
      return () => {
        elementsRef.current.delete(id);
      };
    }, []),
  };
}
