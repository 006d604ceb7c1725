"use client";

import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useState } from "react";
import { Controller, FormProvider, useForm, useFormContext } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { Organization } from "@/lib/organizations/schema";
import { showProblem } from "../agents/show-problem";
import { useManagedAccounts } from "../phone-numbers/use-phone-numbers";
import { actNames } from "./kill-switch-words";
import { type StopForm, stopForm, toSetBody } from "./stop-form-schema";
import { useSetKillSwitch } from "./use-kill-switches";

export interface StopDialogProps {
  organization: Organization;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What to stop, how far, and why. */
export function StopDialog({ organization, open, onOpenChange }: StopDialogProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent
        description="From the next purchase or release on, until it is lifted. Calls go on."
        title="Stop buying or releasing"
      >
        <StopFormFields onClose={() => onOpenChange(false)} organization={organization} />
      </DialogContent>
    </Dialog>
  );
}

function StopFormFields({
  organization,
  onClose,
}: Pick<StopDialogProps, "organization"> & { onClose: () => void }) {
  const form = useForm<StopForm>({
    resolver: standardSchemaResolver(stopForm),
    defaultValues: { act: "buying", reach: "organization", managed_account_id: "", reason: "" },
  });
  const set = useSetKillSwitch();
  const [refusal, setRefusal] = useState<string | null>(null);
  const act = form.watch("act");

  const submit = form.handleSubmit((values) => {
    if (set.isPending) return;
    setRefusal(null);
    set.mutate(toSetBody(values), {
      onSuccess: () => {
        toast.success(`${actNames[values.act]} is stopped`, { description: values.reason });
        onClose();
      },
      onError: (problem) =>
        setRefusal(showProblem<StopForm>(problem, ["managed_account_id", "reason"], form.setError)),
    });
  });

  return (
    <FormProvider {...form}>
      <form className="contents" noValidate onSubmit={submit}>
        <DialogBody className="flex flex-col gap-5">
          <Field label="What to stop">
            <Controller
              control={form.control}
              name="act"
              render={({ field }) => (
                <RadioGroup onValueChange={field.onChange} value={field.value}>
                  <RadioGroupItem
                    description="No number is bought or adopted."
                    label="Buying"
                    value="buying"
                  />
                  <RadioGroupItem
                    description="No number is released or given back. Numbers on hold wait longer and are charged for."
                    label="Releasing"
                    value="releasing"
                  />
                </RadioGroup>
              )}
            />
          </Field>
          {organization.operates_installation && <ReachFields organization={organization} />}
          <Field
            error={form.formState.errors.reason?.message}
            hint="Shown on every page and to whoever is refused."
            label="Reason"
            required
          >
            <Input
              autoComplete="off"
              maxLength={200}
              placeholder="Prices are under review."
              {...form.register("reason")}
            />
          </Field>
          {refusal && <Alert tone="danger">{refusal}</Alert>}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button pending={set.isPending} type="submit" variant="danger">
            Stop {act}
          </Button>
        </DialogFooter>
      </form>
    </FormProvider>
  );
}

/** For those who run the installation: how far it reaches. */
function ReachFields({ organization }: Pick<StopDialogProps, "organization">) {
  const { control, watch, formState } = useFormContext<StopForm>();
  const accounts = useManagedAccounts({ enabled: true });
  return (
    <>
      <Field label="Where">
        <Controller
          control={control}
          name="reach"
          render={({ field }) => (
            <RadioGroup onValueChange={field.onChange} value={field.value}>
              <RadioGroupItem label={organization.name} value="organization" />
              <RadioGroupItem
                description="Every organization that uses it."
                label="One carrier account"
                value="managed_account"
              />
              <RadioGroupItem
                description="Every organization of this installation."
                label="Everywhere"
                value="installation"
              />
            </RadioGroup>
          )}
        />
      </Field>
      {watch("reach") === "managed_account" && (
        <Field error={formState.errors.managed_account_id?.message} label="Carrier account" required>
          <Controller
            control={control}
            name="managed_account_id"
            render={({ field }) => (
              <Select
                onValueChange={field.onChange}
                options={accounts.data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? []}
                placeholder={accounts.isError ? "The accounts could not be loaded" : "Choose an account"}
                value={field.value}
              />
            )}
          />
        </Field>
      )}
    </>
  );
}
