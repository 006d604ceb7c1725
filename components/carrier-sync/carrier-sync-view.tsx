"use client";

import { RefreshCw } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useMemo, useRef } from "react";
import { usePaletteCommands } from "@/components/layout/commands";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { useViewer } from "@/components/layout/viewer";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { CarrierSync, CarrierSyncOverview } from "@/lib/carrier-sync/schema";
import { KillSwitches } from "../kill-switches/kill-switches";
import { describeProblem, useOrganization } from "../phone-numbers/use-phone-numbers";
import { driftStatuses } from "./carrier-sync-keys";
import { carrierSyncWords } from "./carrier-sync-words";
import { ComparedAccounts } from "./compared-accounts";
import { countFound, failedComparisons, lastComparedAt } from "./comparison";
import { countDifferences } from "./count-differences";
import { DriftList } from "./drift-list";
import { DriftTabs } from "./drift-tabs";
import { SafeModeSteps } from "./safe-mode-steps";
import { useCompareNow, useSyncOverview } from "./use-carrier-sync";

export function CarrierSyncView() {
  const { can } = useViewer();
  const canManage = can("managed_accounts:manage");
  const overview = useSyncOverview();
  const organization = useOrganization();
  const [status, setStatus] = useQueryState(
    "status",
    parseAsStringLiteral(driftStatuses).withDefault("open"),
  );
  const listRef = useRef<HTMLElement>(null);
  const compare = useCompare();

  usePaletteCommands(
    useMemo(
      () =>
        canManage ? [{ id: "compare-now", label: "Compare now", icon: RefreshCw, run: compare.start }] : [],
      [canManage, compare.start],
    ),
  );

  return (
    <Page>
      <PageHeader
        actions={
          canManage && (
            <Button onClick={compare.start} pending={compare.isPending} variant="primary">
              <RefreshCw aria-hidden />
              Compare now
            </Button>
          )
        }
        description={carrierSyncWords.about}
        title={carrierSyncWords.title}
      />
      {organization.data?.safe_mode && (
        <SafeModeSteps
          onEnded={() => {
            toast.success("Safe mode has ended", {
              description: "Numbers can be bought and released again.",
            });
            listRef.current?.focus();
          }}
          organization={organization.data}
          overview={overview.data}
          safeMode={organization.data.safe_mode}
        />
      )}
      {overview.data ? <ComparedAccounts overview={overview.data} /> : <OverviewPlace overview={overview} />}
      {overview.data &&
        failedComparisons(overview.data).map((failed) => (
          <FailedComparison
            failed={failed}
            key={failed.id}
            onRetry={canManage ? compare.start : undefined}
            pending={compare.isPending}
          />
        ))}
      <section
        aria-label="Differences"
        className="flex flex-col gap-4 focus-visible:outline-none"
        ref={listRef}
        tabIndex={-1}
      >
        <DriftTabs onChange={setStatus} openCount={organization.data?.open_drifts} shown={status} />
        <DriftList
          comparedAt={overview.data ? lastComparedAt(overview.data) : null}
          key={status}
          listRef={listRef}
          status={status}
        />
      </section>
      <KillSwitches />
    </Page>
  );
}

/** Compares every account and says what came of it. */
function useCompare() {
  const { mutate, isPending } = useCompareNow();
  const start = useCallback(
    () =>
      mutate(undefined, {
        onSuccess: sayCompared,
        onError: (problem) => toast.error("Nothing was compared", { description: describeProblem(problem) }),
      }),
    [mutate],
  );
  return { start, isPending };
}

function sayCompared(overview: CarrierSyncOverview | null) {
  if (!overview) {
    toast.warning("The comparison has not ended yet", { description: "It goes on without this page." });
    return;
  }
  if (failedComparisons(overview).length > 0) {
    toast.error("Not every account could be compared", { description: "The page says why." });
    return;
  }
  const differences = countFound(overview);
  if (differences === null) toast.success("Compared");
  else if (differences === 0) toast.success("Compared: no differences");
  else toast.info(`Compared: ${countDifferences(differences)}`);
}

function OverviewPlace({ overview }: { overview: ReturnType<typeof useSyncOverview> }) {
  if (!overview.isError) return <Skeleton className="h-12!" />;
  return (
    <div className="rounded border">
      <ErrorState
        description={describeProblem(overview.error)}
        onRetry={() => overview.refetch()}
        retryPending={overview.isFetching}
        title="The last comparisons could not be loaded"
      />
    </div>
  );
}

function FailedComparison({
  failed,
  onRetry,
  pending,
}: {
  failed: CarrierSync;
  onRetry: (() => void) | undefined;
  pending: boolean;
}) {
  return (
    <Alert
      action={
        onRetry && (
          <Button onClick={onRetry} pending={pending} size="sm">
            Try again
          </Button>
        )
      }
      announce={false}
      title={`${failed.managed_account_name} could not be compared`}
      tone="danger"
    >
      {failed.error} Differences found before are still here.
    </Alert>
  );
}
