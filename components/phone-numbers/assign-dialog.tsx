"use client";

import { PhoneOff } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SheetContent } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/api/client";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { useAgents } from "../agents/use-agents";
import { leavingWords } from "./leaving-words";
import type { NumberDialogProps } from "./number-dialogs";
import { NumberFacts } from "./number-facts";
import { NumberSwitches } from "./number-switches";
import { ReadOnlyNumber } from "./read-only-number";
import { changedDirections, describeSlot, type SlotDrafts, takenDirections, toDrafts } from "./slot-draft";
import { SlotFields } from "./slot-fields";
import { describeProblem, isStale, useReloadNumber, useSaveAssignment } from "./use-phone-numbers";

/** The panel of one number: its two slots, label, sharing, lock, and the way to its release. */
export function AssignDialog(props: NumberDialogProps) {
  const { number, permissions, open, onOpenChange } = props;
  const name = number.formatted.international;
  const editable = permissions.manage && number.status === "active";
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <SheetContent
        size="lg"
        title={<span className="tabular">{name}</span>}
        titleAction={<CopyButton className="-my-1.5" label={name} value={number.phone_number} />}
      >
        {editable ? <AssignForm {...props} /> : <ReadOnlyNumber {...props} />}
      </SheetContent>
    </Dialog>
  );
}

function AssignForm({ number, permissions, onOpenChange, onAction }: NumberDialogProps) {
  const name = number.formatted.international;
  const leaving = leavingWords(number);
  const form = useAssignForm(number, () => onOpenChange(false));
  const formId = useId();

  return (
    <>
      <DialogBody className="flex flex-col gap-6">
        <NumberFacts number={number} />
        <form className="flex flex-col gap-6" id={formId} onSubmit={form.submit}>
          <SlotFields
            both={form.both}
            drafts={form.drafts}
            holders={form.base}
            onBothChange={form.setBoth}
            onChange={form.changeDrafts}
            name={name}
          />
          <Field error={form.labelError} label="Label" optional>
            <Input
              aria-label={`Label for ${name}`}
              maxLength={80}
              onChange={(event) => form.setLabel(event.target.value)}
              value={form.label}
            />
          </Field>
        </form>
        <NumberSwitches number={number} permissions={permissions} />
        {form.notice && (
          <Alert announce tone="careful">
            {form.notice}
          </Alert>
        )}
        <div className="border-t pt-4">
          {permissions.release ? (
            <Button aria-label={`${leaving.verb} number ${name}`} onClick={() => onAction("release", number)}>
              <PhoneOff aria-hidden className="text-danger" />
              {leaving.verb} number
            </Button>
          ) : (
            <p className="text-muted-foreground">Ask an admin to {leaving.verb.toLowerCase()} this number.</p>
          )}
        </div>
      </DialogBody>
      {form.asking ? (
        <ReplaceQuestion
          base={form.base}
          drafts={form.drafts}
          onKeep={form.keep}
          onReplace={form.replace}
          pending={form.pending}
        />
      ) : (
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button disabled={!form.dirty} form={formId} pending={form.pending} type="submit" variant="primary">
            Save
          </Button>
        </DialogFooter>
      )}
    </>
  );
}

/** `base` is the number as the person saw it; what differs from it is saved, and only that. */
function useAssignForm(number: PhoneNumber, onSaved: () => void) {
  const [base, setBase] = useState(number);
  const [drafts, setDrafts] = useState<SlotDrafts>(() => toDrafts(number));
  const [both, setBoth] = useState(false);
  const [label, setLabel] = useState(number.label ?? "");
  const [asking, setAsking] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  const save = useSaveAssignment();
  const reload = useReloadNumber();
  const nextLabel = label.trim() || null;
  const dirty = changedDirections(base, drafts).length > 0 || nextLabel !== base.label;

  const handleProblem = async (problem: Error) => {
    // Part of it may have been saved, or somebody else was faster: go on from what is true now.
    const fresh = await reload(number.phone_number).catch(() => null);
    if (fresh) setBase(fresh);
    const occupied = problem instanceof ApiProblem && problem.code === "slot_occupied";
    setAsking(occupied && fresh !== null && takenDirections(fresh, drafts).length > 0);
    setNotice(isStale(problem) && fresh ? describeStale(fresh) : describeProblem(problem));
  };

  const send = (replace: boolean) => {
    setNotice(null);
    // A switch in this panel saves at once and moves the version on; that is no stale edit.
    const seen = {
      ...base,
      version: Math.max(base.version, isOnlySwitched(base, number) ? number.version : 0),
    };
    save.mutate(
      { number: seen, drafts, label: nextLabel, replace },
      {
        onSuccess: () => {
          toast.success(`Saved ${number.formatted.international}`);
          onSaved();
        },
        onError: handleProblem,
      },
    );
  };

  const fieldIssue =
    save.error instanceof ApiProblem && save.error.errors.find((issue) => issue.path === "label");
  return {
    base,
    drafts,
    changeDrafts: (next: SlotDrafts) => {
      setDrafts(next);
      setAsking(false);
    },
    both,
    setBoth,
    label,
    setLabel,
    labelError: fieldIssue ? fieldIssue.message : undefined,
    notice,
    dirty,
    asking,
    pending: save.isPending,
    submit: (event: FormEvent) => {
      event.preventDefault();
      if (!dirty || save.isPending) return;
      if (takenDirections(base, drafts).length > 0) setAsking(true);
      else send(false);
    },
    replace: () => send(true),
    keep: () => {
      setDrafts(toDrafts(base));
      setBoth(false);
      setAsking(false);
    },
  };
}

/** Whether nothing but the switches differs. */
function isOnlySwitched(a: PhoneNumber, b: PhoneNumber): boolean {
  return changedDirections(a, toDrafts(b)).length === 0 && a.label === b.label;
}

function describeStale(fresh: PhoneNumber): string {
  const inbound = fresh.inbound ? describeSlot(fresh.inbound) : "no agent";
  const outbound = fresh.outbound ? describeSlot(fresh.outbound) : "no agent";
  return `Somebody changed this number meanwhile. Inbound is now ${inbound}, outbound ${outbound}. Save again to apply your choice.`;
}

function ReplaceQuestion({
  base,
  drafts,
  onReplace,
  onKeep,
  pending,
}: {
  base: PhoneNumber;
  drafts: SlotDrafts;
  onReplace: () => void;
  onKeep: () => void;
  pending: boolean;
}) {
  const agents = useAgents();
  const known = agents.data?.pages.flatMap((page) => page.data) ?? [];
  const swaps = takenDirections(base, drafts).map((direction) => {
    const newcomer = known.find((agent) => agent.id === drafts[direction].agentId)?.name ?? "the new agent";
    return `Replace ${base[direction]?.agent_name} with ${newcomer} for ${direction} calls?`;
  });
  return (
    <DialogFooter className="sm:flex-wrap">
      <div className="order-last w-full font-medium sm:order-none" role="alert">
        {swaps.map((swap) => (
          <p key={swap}>{swap}</p>
        ))}
      </div>
      <Button autoFocus onClick={onKeep}>
        Keep as it is
      </Button>
      <Button onClick={onReplace} pending={pending} variant="primary">
        Replace
      </Button>
    </DialogFooter>
  );
}
