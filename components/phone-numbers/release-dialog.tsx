"use client";

import { type FormEvent, useId, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { SheetContent } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { PhoneNumber, ReleasePlan } from "@/lib/phone-numbers/schema";
import { formatDay } from "./format-date";
import { formatMoney } from "./format-money";
import { leavingWords } from "./leaving-words";
import type { NumberDialogProps } from "./number-dialogs";
import { describeSlot } from "./slot-draft";
import { describeProblem, useReleaseNumber, useReleasePlan } from "./use-phone-numbers";

export function ReleaseDialog({ number, open, onOpenChange }: NumberDialogProps) {
  const name = number.formatted.international;
  const plan = useReleasePlan(open ? number.phone_number : null);
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <SheetContent description={number.label ?? undefined} title={`${leavingWords(number).verb} ${name}`}>
        {plan.data ? (
          <ReleaseForm number={number} onClose={() => onOpenChange(false)} plan={plan.data} />
        ) : (
          <DialogBody>
            {plan.isError ? (
              <ErrorState
                description={describeProblem(plan.error)}
                onRetry={() => plan.refetch()}
                retryPending={plan.isFetching}
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

interface ReleaseFormProps {
  number: PhoneNumber;
  plan: ReleasePlan;
  onClose: () => void;
}

function ReleaseForm({ number, plan, onClose }: ReleaseFormProps) {
  const name = number.formatted.international;
  const words = leavingWords(number);
  const inUse = plan.inbound !== null || plan.outbound !== null;
  const blocked = !plan.can_release;
  const [unassign, setUnassign] = useState(false);
  const [digits, setDigits] = useState("");
  const release = useReleaseNumber();
  const confirmed = !inUse || (unassign && digits.trim() === number.phone_number.slice(-4));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!confirmed || release.isPending) return;
    release.mutate(
      { phoneNumber: number.phone_number, unassign: inUse },
      {
        onSuccess: (answer) => {
          if (answer.status === "releasing") {
            toast.info(`Releasing ${name}`, { description: "The carrier is taking it back." });
          } else {
            toast.success(`${words.past} ${name}`, { description: "Its record stays under Released." });
          }
          onClose();
        },
      },
    );
  };

  return (
    <form className="contents" onSubmit={submit}>
      <DialogBody className="flex flex-col gap-6">
        <Alert
          announce={false}
          title={words.warning.title}
          tone={plan.action === "detach" ? "careful" : "danger"}
        >
          {words.warning.text}
        </Alert>
        <WhatStops callers={words.callers} plan={plan} />
        {plan.action === "release" && <WhatItSaves plan={plan} />}
        {blocked && <Alert tone="careful">{plan.reason ?? "This cannot be done now."}</Alert>}
        {inUse && (
          <ConfirmInUse
            digits={digits}
            name={name}
            onDigitsChange={setDigits}
            onUnassignChange={setUnassign}
            unassign={unassign}
            verb={words.verb}
          />
        )}
        {release.error && <Alert tone="danger">{describeProblem(release.error)}</Alert>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep number</Button>
        {!blocked && (
          <Button disabled={!confirmed} pending={release.isPending} type="submit" variant="danger">
            {words.verb} {name}
          </Button>
        )}
      </DialogFooter>
    </form>
  );
}

function WhatStops({ plan, callers }: { plan: ReleasePlan; callers: string }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium">What stops</h3>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {plan.inbound && <li>{describeSlot(plan.inbound)} no longer answers this number.</li>}
        <li>{callers}</li>
        {plan.outbound ? (
          <li>{describeSlot(plan.outbound)} can no longer call from this number.</li>
        ) : (
          <li>No agent can call from this number any more.</li>
        )}
      </ul>
    </section>
  );
}

function WhatItSaves({ plan }: { plan: ReleasePlan }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium">What it saves</h3>
      <p className="tabular">
        {plan.monthly_saving
          ? `${formatMoney(plan.monthly_saving)} a month from the next renewal on.`
          : "The carrier publishes no price for this number."}
        {plan.paid_until && ` It is paid until ${formatDay(plan.paid_until)}; the rest is not refunded.`}
      </p>
    </section>
  );
}

function ConfirmInUse({
  verb,
  name,
  unassign,
  onUnassignChange,
  digits,
  onDigitsChange,
}: {
  verb: string;
  name: string;
  unassign: boolean;
  onUnassignChange: (unassign: boolean) => void;
  digits: string;
  onDigitsChange: (digits: string) => void;
}) {
  const id = useId();
  return (
    <section className="flex flex-col gap-4 border-t pt-4">
      <div className="flex items-start gap-2">
        <Checkbox checked={unassign} id={id} onChange={(event) => onUnassignChange(event.target.checked)} />
        <div className="pt-0.5">
          <Label htmlFor={id}>Unassign and {verb.toLowerCase()}</Label>
          <p className="text-muted-foreground">The number is in use. Its slots are emptied first.</p>
        </div>
      </div>
      <Field hint={`To be sure it is the right one: ${name}`} label="Last four digits">
        <Input
          autoComplete="off"
          className="tabular max-w-24"
          inputMode="numeric"
          maxLength={4}
          onChange={(event) => onDigitsChange(event.target.value)}
          value={digits}
        />
      </Field>
    </section>
  );
}
