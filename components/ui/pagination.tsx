"use client";

import type { ReactNode } from "react";
import { Button } from "./button";

export type LoadMoreProps = {
  /** For example "Showing 50 of 340 numbers". */
  summary: ReactNode;
  hasMore: boolean;
  pending?: boolean;
  onLoadMore: () => void;
};

export function LoadMore({ summary, hasMore, pending, onLoadMore }: LoadMoreProps) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4">
      <p className="tabular text-muted-foreground">{summary}</p>
      {hasMore && (
        <Button onClick={onLoadMore} pending={pending}>
          Load more
        </Button>
      )}
    </div>
  );
}
