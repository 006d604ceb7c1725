"use client";

import { LockOpen } from "lucide-react";
import type { FormEvent } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SheetContent } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { PhoneNumber, ReleasePlan } from "@/lib/phone-numbers/schema";
import { formatShortDay } from "./format-date";
import { formatMoney } from "./format-money";
import { leavingWords } from "./leaving-words";
import { useTimeZone } from "./moment";
import type { NumberDialogProps } from "./number-dialogs";
import { daysIssue, ReleaseChoice } from "./release-choice";
import { ConfirmDigits, ConfirmUnassign } from "./release-confirm";
import { describeCost } from "./release-when";
import { describeSlot } from "./slot-draft";
import { describeProblem, useEditNumber } from "./use-phone-numbers";
import { useReleaseNumber } from "./use-release";
import { type ReleaseForm as Form, useReleaseForm } from "./use-release-form";

export function ReleaseDialog({ number, permissions, open, onOpenChange, onAction }: NumberDialogProps) {
  const name = number.formatted.international;
  const form = useReleaseForm(number, open);
  const { query } = form;
  const close = () => onOpenChange(false);
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <SheetContent description={number.label ?? undefined} title={`${leavingWords(number).verb} ${name}`}>
        {query.data?.can_release && (
          <ReleaseForm
            form={form}
            number={number}
            onClose={close}
            onUndo={(held) => onAction("undo_release", held)}
            plan={query.data}
          />
        )}
        {query.data?.can_release === false && (
          <Blocked
            canUnlock={permissions.release}
            number={number}
            onClose={close}
            query={query}
            reason={query.data.reason}
          />
        )}
        {!query.data && (
          <DialogBody>
            {query.isError ? (
              <ErrorState
                description={describeProblem(query.error)}
                onRetry={() => query.refetch()}
                retryPending={query.isFetching}
                title={`This number cannot be ${leavingWords(number).past.toLowerCase()} now`}
              />
            ) : (
              <PlanSkeleton />
            )}
          </DialogBody>
        )}
      </SheetContent>
    </Dialog>
  );
}

function PlanSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4 py-2">
      <Skeleton className="w-3/4" />
      <Skeleton className="w-full" />
      <Skeleton className="w-2/3" />
    </div>
  );
}

interface BlockedProps {
  number: PhoneNumber;
  reason: string | null;
  query: Form["query"];
  canUnlock: boolean;
  onClose: () => void;
}

/** Why it cannot be released; a lock is taken off right here. */
function Blocked({ number, reason, query, canUnlock, onClose }: BlockedProps) {
  const edit = useEditNumber();
  const unlock = () =>
    edit.mutate({ number, body: { locked: false } }, { onSuccess: () => void query.refetch() });
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <Alert
          action={
            number.locked &&
            canUnlock && (
              <Button onClick={unlock} pending={edit.isPending || query.isFetching} size="sm">
                <LockOpen aria-hidden />
                Unlock
              </Button>
            )
          }
          tone="careful"
        >
          {reason ?? "This cannot be done now."}
        </Alert>
        {edit.error && <Alert tone="danger">{describeProblem(edit.error)}</Alert>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep number</Button>
      </DialogFooter>
    </>
  );
}

interface ReleaseFormProps {
  form: Form;
  number: PhoneNumber;
  plan: ReleasePlan;
  onClose: () => void;
  onUndo: (number: PhoneNumber) => void;
}

function ReleaseForm({ form, number, plan, onClose, onUndo }: ReleaseFormProps) {
  const name = number.formatted.international;
  const words = leavingWords(number);
  const timeZone = useTimeZone();
  const release = useReleaseNumber();
  const { when, needs } = form;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!form.confirmed || release.isPending) return;
    release.mutate(
      { phoneNumber: number.phone_number, unassign: needs.unassign, hold: form.hold },
      {
        onSuccess: (answer) => {
          tellOutcome(answer, timeZone, () => onUndo(answer));
          onClose();
        },
      },
    );
  };

  return (
    <form className="contents" noValidate onSubmit={submit}>
      <DialogBody className="flex flex-col gap-6">
        {form.canWait && (
          <ReleaseChoice
            days={form.days}
            daysIssue={form.daysValid ? undefined : daysIssue}
            offersRenewal={form.offersRenewal}
            onDaysChange={form.setDays}
            onWhenChange={form.setWhen}
            plan={plan}
            releaseAt={form.daysReleaseAt}
            when={when}
          />
        )}
        {when === "now" && (
          <Alert
            announce={false}
            title={words.warning.title}
            tone={plan.action === "detach" ? "careful" : "danger"}
          >
            {words.warning.text}
            {number.status === "held" && ` ${describeCost(plan, null)}`}
          </Alert>
        )}
        <WhatStops callers={words.callers} plan={plan} releaseAt={form.releaseAt} />
        {plan.action === "release" && <WhatItSaves later={when !== "now"} plan={plan} />}
        {(needs.unassign || needs.digits) && (
          <section className="flex flex-col gap-4 border-t pt-4">
            {needs.unassign && (
              <ConfirmUnassign checked={form.unassign} onChange={form.setUnassign} verb={words.verb} />
            )}
            {needs.digits && <ConfirmDigits digits={form.digits} name={name} onChange={form.setDigits} />}
          </section>
        )}
        {release.error && <Alert tone="danger">{describeProblem(release.error)}</Alert>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep number</Button>
        <Button disabled={!form.confirmed} pending={release.isPending} type="submit" variant="danger">
          {words.verb} {name}
          {plan.action === "release" && when === "now" && " now"}
          {form.releaseAt && ` on ${formatShortDay(form.releaseAt, timeZone)}`}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** Says what became of it, with the way back while there is one. */
function tellOutcome(answer: PhoneNumber, timeZone: string, undo: () => void) {
  const name = answer.formatted.international;
  if (answer.status === "held" && answer.release) {
    toast.success(`${name} is released on ${formatShortDay(answer.release.release_at, timeZone)}`, {
      description: "Until then it waits under Releasing.",
      action: { label: "Undo", onClick: undo },
    });
  } else if (answer.status === "releasing") {
    toast.info(`Releasing ${name}`, { description: "The carrier is taking it back." });
  } else {
    toast.success(`${leavingWords(answer).past} ${name}`, {
      description: "Its record stays under Released.",
    });
  }
}

interface WhatStopsProps {
  plan: ReleasePlan;
  callers: string;
  releaseAt: string | null;
}

function WhatStops({ plan: { inbound, outbound }, callers, releaseAt }: WhatStopsProps) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium">What stops{releaseAt && " at once"}</h3>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {inbound && <li>{describeSlot(inbound)} no longer answers this number.</li>}
        {outbound ? (
          <li>{describeSlot(outbound)} can no longer call from this number.</li>
        ) : (
          <li>No agent can call from this number any more.</li>
        )}
        {!releaseAt && <li>{callers}</li>}
      </ul>
      {releaseAt && (
        <p>An undo puts that back. After the release, callers will hear that the number is not in service.</p>
      )}
    </section>
  );
}

function WhatItSaves({ plan: { monthly_saving: saving }, later }: { plan: ReleasePlan; later: boolean }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium">What it saves</h3>
      <p className="tabular">
        {saving
          ? `${formatMoney(saving)} a month ${later ? "once it is released" : "from the next renewal on"}.`
          : "The carrier publishes no price for this number."}
      </p>
    </section>
  );
}
