"use client";

import { CircleCheck } from "lucide-react";
import { type RefObject, useMemo, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/pagination";
import type { Drift, DriftAction } from "@/lib/carrier-sync/schema";
import { Moment } from "../phone-numbers/moment";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import type { DriftStatus } from "./carrier-sync-keys";
import { countDifferences } from "./count-differences";
import { DriftCard } from "./drift-card";
import { DriftDialogs, isAskedFirst, preloadDriftDialogs, type Question } from "./drift-dialogs";
import { DriftsSkeleton } from "./drifts-skeleton";
import { useDrifts } from "./use-carrier-sync";
import { useDecisions } from "./use-decisions";

export interface DriftListProps {
  status: DriftStatus;
  /** Since when everything has been compared; null before the first comparison. */
  comparedAt: string | null;
  /** Takes the focus when the card that had it is gone. */
  listRef: RefObject<HTMLElement | null>;
}

export function DriftList({ status, comparedAt, listRef }: DriftListProps) {
  const drifts = useDrifts(status);
  // One that moved between two fetches may stand on two pages.
  const cards = useMemo(
    () => [
      ...new Map(drifts.data?.pages.flatMap((page) => page.data).map((card) => [card.id, card])).values(),
    ],
    [drifts.data],
  );
  const [question, setQuestion] = useState<Question | null>(null);
  const { pending, returning, decide, tell } = useDecisions({ onEnd: () => listRef.current?.focus() });
  const act = (drift: Drift, action: DriftAction) => {
    if (isAskedFirst(action)) setQuestion({ drift, action, open: true });
    else void decide(drift, action);
  };

  return (
    <div aria-busy={!drifts.data && !drifts.isError} className="flex flex-col gap-4">
      {drifts.isError && <ListError drifts={drifts} />}
      {drifts.isPending && <DriftsSkeleton />}
      {drifts.data && cards.length === 0 && <NoDrifts comparedAt={comparedAt} status={status} />}
      {cards.length > 0 && (
        <ul aria-label="Differences" className="flex flex-col gap-4">
          {cards.map((drift) => (
            <li key={drift.id}>
              <DriftCard
                drift={drift}
                isReturning={returning.includes(drift.id)}
                onAction={act}
                onApproach={preloadDriftDialogs}
                pending={pending.get(drift.id) ?? null}
              />
            </li>
          ))}
        </ul>
      )}
      {drifts.hasNextPage && (
        <LoadMore
          hasMore
          onLoadMore={() => drifts.fetchNextPage()}
          pending={drifts.isFetchingNextPage}
          summary={`${countDifferences(cards.length)} shown`}
        />
      )}
      <DriftDialogs onDecided={tell} onQuestionChange={setQuestion} question={question} />
    </div>
  );
}

function ListError({ drifts }: { drifts: ReturnType<typeof useDrifts> }) {
  const retry = () => drifts.refetch();
  if (!drifts.data) {
    return (
      <div className="rounded border">
        <ErrorState
          description={describeProblem(drifts.error)}
          onRetry={retry}
          retryPending={drifts.isFetching}
          title="The differences could not be loaded"
        />
      </div>
    );
  }
  return (
    <Alert
      action={
        <Button onClick={retry} pending={drifts.isFetching} size="sm">
          Try again
        </Button>
      }
      title="These differences may be out of date"
      tone="careful"
    >
      {describeProblem(drifts.error)}
    </Alert>
  );
}

function NoDrifts({ status, comparedAt }: Pick<DriftListProps, "status" | "comparedAt">) {
  return (
    <div className="rounded border">
      {status === "open" ? (
        <EmptyState
          description={
            comparedAt ? (
              <>
                Last compared <Moment className="tabular" iso={comparedAt} />.
              </>
            ) : (
              "Not every carrier account has been compared yet."
            )
          }
          icon={<CircleCheck />}
          title={
            comparedAt
              ? "Everything the carrier bills is here, and everything here is at the carrier"
              : "No difference is known"
          }
        />
      ) : (
        <EmptyState
          description={
            status === "accepted"
              ? "What you accept as it is stands here, and is not reported again while it stays so."
              : "What was decided, by whom, and what ended by itself stands here."
          }
          title={status === "accepted" ? "Nothing has been accepted" : "Nothing has been settled"}
        />
      )}
    </div>
  );
}
