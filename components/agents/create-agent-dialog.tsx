"use client";

import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useRef, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { type AgentForm, agentForm } from "./agent-form-schema";
import { AgentWordsFields } from "./agent-words-fields";
import { EndpointFields } from "./endpoint-fields";
import { showProblem } from "./show-problem";
import { type StartedAgent, useCreateAgent } from "./use-agents";

export interface CreateAgentDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CreateAgentDialog({ open, onOpenChange }: CreateAgentDialogProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent
        description="It gets version 1, published at once, so that numbers can be assigned to it."
        title="Create agent"
      >
        <CreateAgentForm onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function CreateAgentForm({ onClose }: { onClose: () => void }) {
  const form = useForm<AgentForm>({
    resolver: standardSchemaResolver(agentForm),
    defaultValues: { name: "", description: "", endpoint: { type: "sip", url: "" } },
  });
  const create = useCreateAgent();
  const startedRef = useRef<StartedAgent>({});
  const [refusal, setRefusal] = useState<string | null>(null);

  const submit = form.handleSubmit(({ name, description, endpoint }) => {
    if (create.isPending) return;
    setRefusal(null);
    const agent = { name, description, config: { endpoint } };
    create.mutate(
      { agent, started: startedRef.current },
      {
        onSuccess: () => {
          toast.success(`Created ${name}`, { description: "Version 1 is published." });
          onClose();
        },
        onError: (problem) =>
          setRefusal(
            showProblem<AgentForm>(
              problem,
              ["name", "description", "endpoint.type", "endpoint.url"],
              form.setError,
            ),
          ),
      },
    );
  });

  return (
    <FormProvider {...form}>
      <form className="contents" noValidate onSubmit={submit}>
        <DialogBody className="flex flex-col gap-4">
          <AgentWordsFields />
          <EndpointFields />
          {refusal && <Alert tone="danger">{refusal}</Alert>}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button pending={create.isPending} type="submit" variant="primary">
            Create agent
          </Button>
        </DialogFooter>
      </form>
    </FormProvider>
  );
}
