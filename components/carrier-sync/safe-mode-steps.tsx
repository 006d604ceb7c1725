"use client";

import { CircleCheck, CircleDashed } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { CarrierSyncOverview } from "@/lib/carrier-sync/schema";
import type { Organization } from "@/lib/organizations/schema";
import { Moment } from "../phone-numbers/moment";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import { uncomparedSince } from "./comparison";
import { countDifferences } from "./count-differences";
import { useEndSafeMode } from "./use-carrier-sync";

export interface SafeModeStepsProps {
  organization: Organization;
  safeMode: NonNullable<Organization["safe_mode"]>;
  /** Undefined until it is loaded. */
  overview: CarrierSyncOverview | undefined;
  onEnded: () => void;
}

/** The way out of safe mode: compare, look, end it. */
export function SafeModeSteps({ organization, safeMode, overview, onEnded }: SafeModeStepsProps) {
  const titleId = useId();
  if (!overview) return <Skeleton className="h-40!" />;
  const waitsFor = uncomparedSince(overview, safeMode.since);
  const isCompared = waitsFor.length === 0;

  return (
    <section
      aria-labelledby={titleId}
      className="border-careful/30 flex scroll-mt-4 flex-col gap-4 rounded border p-4"
      id="safe-mode"
    >
      <div>
        <h2 className="text-base font-semibold" id={titleId}>
          Out of safe mode
        </h2>
        <p className="text-muted-foreground max-w-prose">
          Since <Moment className="tabular" iso={safeMode.since} /> nothing has been bought or released.
          Numbers on hold wait longer; calls go on as ever.
        </p>
      </div>
      <ol className="flex flex-col gap-3">
        <Step
          done={isCompared}
          text={isCompared ? "Each has been compared since." : `Not compared since: ${waitsFor.join(", ")}.`}
          title="Compare every carrier account"
        />
        <Step
          done={isCompared && organization.open_drifts === 0}
          text={describeOpen(organization.open_drifts)}
          title="Look at the differences"
        />
        <Step
          done={false}
          text={isCompared ? "Numbers can be bought and released again from then on." : waitingReason}
          title="End safe mode"
        >
          <EndSafeMode
            mayOperate={organization.operates_installation}
            onEnded={onEnded}
            waitingReason={isCompared ? null : waitingReason}
          />
        </Step>
      </ol>
    </section>
  );
}

const waitingReason = "Possible once every account has been compared since safe mode began.";

function describeOpen(open: number): string {
  if (open === 0) return "No difference is open.";
  return `${countDifferences(open)} ${open === 1 ? "is" : "are"} open. Decide about each, now or later.`;
}

interface StepProps {
  title: string;
  text: string;
  done: boolean;
  children?: ReactNode;
}

function Step({ title, text, done, children }: StepProps) {
  const Icon = done ? CircleCheck : CircleDashed;
  return (
    <li className="flex items-start gap-2">
      <Icon
        aria-hidden
        className={cn("mt-0.5 size-4 shrink-0", done ? "text-good" : "text-muted-foreground")}
      />
      <div className="min-w-0">
        <p className="font-medium">
          {title}
          {done && <span className="sr-only"> (done)</span>}
        </p>
        <p className="text-muted-foreground">{text}</p>
        {children}
      </div>
    </li>
  );
}

interface EndSafeModeProps {
  mayOperate: boolean;
  /** Why it cannot end yet; null when it can. */
  waitingReason: string | null;
  onEnded: () => void;
}

function EndSafeMode({ mayOperate, waitingReason, onEnded }: EndSafeModeProps) {
  const { can } = useViewer();
  const end = useEndSafeMode(onEnded);
  if (!mayOperate || !can("managed_accounts:manage") || !can("phone_numbers:release")) {
    return <p className="text-muted-foreground">An admin of whoever runs this installation ends it.</p>;
  }
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <Button
        aria-description={waitingReason ?? undefined}
        disabled={waitingReason !== null}
        onClick={() => end.mutate()}
        pending={end.isPending}
        variant="primary"
      >
        End safe mode
      </Button>
      {end.error && <Alert tone="danger">{describeProblem(end.error)}</Alert>}
    </div>
  );
}
