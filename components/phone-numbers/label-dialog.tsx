"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { ApiProblem } from "@/lib/api/client";
import type { NumberDialogProps } from "./number-dialogs";
import { describeProblem, isStale, useEditNumber } from "./use-phone-numbers";

export function LabelDialog({ number, open, onOpenChange }: NumberDialogProps) {
  const name = number.formatted.international;
  const [label, setLabel] = useState(number.label ?? "");
  const edit = useEditNumber();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (edit.isPending) return;
    edit.mutate(
      { number, body: { label: label.trim() || null } },
      {
        onSuccess: () => {
          toast.success(`Saved ${name}`);
          onOpenChange(false);
        },
      },
    );
  };

  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent size="sm" title={`Label ${name}`}>
        <form className="contents" onSubmit={submit}>
          <DialogBody>
            <Field error={edit.error && describeError(edit.error)} label="Label" optional>
              <Input
                aria-label={`Label for ${name}`}
                maxLength={80}
                onChange={(event) => setLabel(event.target.value)}
                placeholder="Support line"
                value={label}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button pending={edit.isPending} type="submit" variant="primary">
              Save label
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function describeError(problem: Error): string {
  if (isStale(problem)) return "Somebody changed this number meanwhile. Save again to set your label.";
  const issue = problem instanceof ApiProblem && problem.errors.find(({ path }) => path === "label");
  return issue ? issue.message : describeProblem(problem);
}
