"use client";

import { useMemo } from "react";
import { useViewer } from "@/components/layout/viewer";

export interface NumberPermissions {
  buy: boolean;
  /** Assign, share and label. */
  manage: boolean;
  release: boolean;
}

/** What to show; the server decides for itself. */
export function useNumberPermissions(): NumberPermissions {
  const { can } = useViewer();
  return useMemo(
    () => ({
      buy: can("phone_numbers:manage") || can("managed_accounts:manage"),
      manage: can("phone_numbers:manage"),
      release: can("phone_numbers:release"),
    }),
    [can],
  );
}
