"use client";

import { navigation } from "./navigation";
import { useViewer } from "./viewer";

export function useVisibleNavigation() {
  const { can } = useViewer();
  return navigation
    .map((section) => ({ ...section, items: section.items.filter((item) => !item.scope || can(item.scope)) }))
    .filter((section) => section.items.length > 0);
}
