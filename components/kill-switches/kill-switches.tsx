"use client";

import { CircleStop } from "lucide-react";
import { useId, useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { KillSwitch } from "@/lib/kill-switches/schema";
import { Moment } from "../phone-numbers/moment";
import { describeProblem, useOrganization } from "../phone-numbers/use-phone-numbers";
import { actNames, describeReach, describeSwitch } from "./kill-switch-words";
import { useKillSwitches, useLiftKillSwitch } from "./use-kill-switches";

const loadStopDialog = () => import("./stop-dialog");
const StopDialog = loadOnDemand(() => loadStopDialog().then((module) => module.StopDialog));
const preloadStopDialog = () => void loadStopDialog();

/** What stops buying and releasing, and a way to do so. Absent for those who may not. */
export function KillSwitches() {
  const { can } = useViewer();
  const mayStop = can("managed_accounts:manage");
  const titleId = useId();
  const switches = useKillSwitches({ enabled: mayStop });
  const { data: organization } = useOrganization();
  const [{ serial, isOpen }, setDialog] = useState({ serial: 0, isOpen: false });
  if (!mayStop) return null;

  return (
    <section aria-labelledby={titleId} className="flex scroll-mt-4 flex-col gap-3 pt-4" id="kill-switches">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h2 className="text-base font-semibold" id={titleId}>
            Kill switches
          </h2>
          <p className="text-muted-foreground">They stop buying or releasing at once. Calls go on.</p>
        </div>
        <Button
          onClick={() => setDialog({ serial: serial + 1, isOpen: true })}
          onFocus={preloadStopDialog}
          onPointerEnter={preloadStopDialog}
        >
          <CircleStop aria-hidden className="text-danger" />
          Stop buying or releasing
        </Button>
      </div>
      <div className="rounded border">
        <SwitchList switches={switches} />
      </div>
      {organization && serial > 0 && (
        <StopDialog
          key={serial}
          onOpenChange={(open) => setDialog({ serial, isOpen: open })}
          open={isOpen}
          organization={organization}
        />
      )}
    </section>
  );
}

function SwitchList({ switches }: { switches: ReturnType<typeof useKillSwitches> }) {
  if (!switches.data) {
    return switches.isError ? (
      <ErrorState
        description={describeProblem(switches.error)}
        onRetry={() => switches.refetch()}
        retryPending={switches.isFetching}
        title="The kill switches could not be loaded"
      />
    ) : (
      <div className="p-4">
        <Skeleton className="w-64" />
      </div>
    );
  }
  if (switches.data.length === 0) return <EmptyState className="py-6" title="Nothing is stopped" />;
  return (
    <ul aria-label="Kill switches" className="divide-y">
      {switches.data.map((killSwitch) => (
        <SwitchRow key={killSwitch.id} killSwitch={killSwitch} />
      ))}
    </ul>
  );
}

function SwitchRow({ killSwitch }: { killSwitch: KillSwitch }) {
  const { act, reason, set_by, created_at, can_lift } = killSwitch;
  const name = describeSwitch(killSwitch);
  const { can } = useViewer();
  const { mutateAsync, isPending } = useLiftKillSwitch();
  const lift = async () => {
    try {
      await mutateAsync(killSwitch);
      toast.success(`${name} is no longer stopped`);
    } catch (problem) {
      toast.error(`${name} is still stopped`, { description: describeProblem(problem) });
    }
  };
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone="danger">{actNames[act]} stopped</Badge>
          <span className="font-medium">{describeReach(killSwitch)}</span>
        </p>
        <p className="wrap-anywhere">{reason}</p>
        <p className="text-muted-foreground text-xs">
          {set_by.name} · since <Moment className="tabular" iso={created_at} show="short" />
        </p>
      </div>
      {can_lift ? (
        <Button aria-label={`Lift: ${name}`} onClick={lift} pending={isPending}>
          Lift
        </Button>
      ) : (
        <p className="text-muted-foreground text-xs">
          {killSwitch.reach === "organization" && !can("phone_numbers:release")
            ? "An owner or admin lifts it."
            : "Whoever runs this installation lifts it."}
        </p>
      )}
    </li>
  );
}
