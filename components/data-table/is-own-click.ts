import type { MouseEvent } from "react";

const interactive =
  "a, button, input, select, textarea, label, [role='switch'], [role='combobox'], [role='menu']";

/**
 * Whether a click meant the row and not something in it. React also passes on clicks from menus and dialogs that a
 * cell renders elsewhere in the document, and selecting text ends in a click too.
 */
export function isOwnClick(event: MouseEvent<HTMLElement>) {
  if (event.defaultPrevented || !(event.target instanceof Element)) return false;
  if (!event.currentTarget.contains(event.target) || event.target.closest(interactive)) return false;
  return window.getSelection()?.isCollapsed ?? true;
}
