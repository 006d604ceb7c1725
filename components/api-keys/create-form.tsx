"use client";

import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useRef, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useViewer } from "@/components/layout/viewer";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showProblem } from "../agents/show-problem";
import { type CredentialForm, credentialForm, toCreateBody } from "./credential-form-schema";
import type { CredentialKind } from "./credential-keys";
import { credentialWords } from "./credential-words";
import { ExpiryFields } from "./expiry-fields";
import { ReachFields } from "./reach-fields";
import { allScopes } from "./scope-words";
import type { useCreateCredential } from "./use-credentials";

export interface CreateFormProps {
  kind: CredentialKind;
  create: ReturnType<typeof useCreateCredential>;
  onCancel: () => void;
}

export function CreateForm({ kind, create, onCancel }: CreateFormProps) {
  const { can } = useViewer();
  const held = allScopes.filter((scope) => can(scope));
  const form = useForm<CredentialForm>({
    resolver: standardSchemaResolver(credentialForm),
    defaultValues: { name: "", expiry: "90", date: "", reach: "read", scopes: [] },
  });
  // Clicks may come faster than renderings.
  const sentRef = useRef(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const submit = form.handleSubmit((values) => {
    if (sentRef.current) return;
    sentRef.current = true;
    setRefusal(null);
    create.mutate(toCreateBody(values, held, new Date()), {
      onError: (problem) => {
        sentRef.current = false;
        setRefusal(showProblem<CredentialForm>(problem, ["name", "scopes"], form.setError));
      },
    });
  });

  return (
    <FormProvider {...form}>
      <form className="contents" noValidate onSubmit={submit}>
        <DialogBody className="flex flex-col gap-5">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              error={form.formState.errors.name?.message}
              hint="What will use it, so that you recognize it later."
              label="Name"
              required
            >
              <Input autoComplete="off" placeholder="Nightly import" {...form.register("name")} />
            </Field>
            <ExpiryFields />
          </div>
          <ReachFields held={held} />
          {refusal && <Alert tone="danger">{refusal}</Alert>}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onCancel}>Cancel</Button>
          <Button pending={create.isPending} type="submit" variant="primary">
            Create {credentialWords[kind].noun}
          </Button>
        </DialogFooter>
      </form>
    </FormProvider>
  );
}
