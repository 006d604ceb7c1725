"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
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

export type CursorPaginationProps = {
  summary: ReactNode;
  /** Leave out when there is no such page. */
  onPrevious?: () => void;
  onNext?: () => void;
  pending?: "previous" | "next" | null;
};

export function CursorPagination({ summary, onPrevious, onNext, pending = null }: CursorPaginationProps) {
  return (
    <nav aria-label="Pagination" className="flex min-h-8 items-center justify-between gap-4">
      <p className="tabular text-muted-foreground">{summary}</p>
      <div className="flex gap-2">
        <Button disabled={!onPrevious} onClick={onPrevious} pending={pending === "previous"}>
          <ChevronLeft aria-hidden />
          Previous
        </Button>
        <Button disabled={!onNext} onClick={onNext} pending={pending === "next"}>
          Next
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </nav>
  );
}
