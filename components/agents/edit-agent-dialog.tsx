"use client";

import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { Agent } from "@/lib/agents/schema";
import { isStale } from "../phone-numbers/use-phone-numbers";
import { type AgentWords, agentWords } from "./agent-form-schema";
import { AgentWordsFields } from "./agent-words-fields";
import { showProblem } from "./show-problem";
import { useEditAgent } from "./use-agents";

export interface EditAgentDialogProps {
  agent: Agent;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function EditAgentDialog({ agent, open, onOpenChange }: EditAgentDialogProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent description="Its versions and numbers stay as they are." title={`Edit ${agent.name}`}>
        <EditAgentForm agent={agent} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function EditAgentForm({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const form = useForm<AgentWords>({
    resolver: standardSchemaResolver(agentWords),
    defaultValues: { name: agent.name, description: agent.description ?? "" },
  });
  const edit = useEditAgent();
  const [refusal, setRefusal] = useState<string | null>(null);

  const submit = form.handleSubmit((words) => {
    if (edit.isPending) return;
    setRefusal(null);
    edit.mutate(
      { agent, words },
      {
        onSuccess: () => {
          toast.success(`Saved ${words.name}`);
          onClose();
        },
        onError: (problem) =>
          setRefusal(
            isStale(problem)
              ? "Somebody changed this agent meanwhile. Save again to set your words."
              : showProblem<AgentWords>(problem, ["name", "description"], form.setError),
          ),
      },
    );
  });

  return (
    <FormProvider {...form}>
      <form className="contents" noValidate onSubmit={submit}>
        <DialogBody className="flex flex-col gap-4">
          <AgentWordsFields />
          {refusal && <Alert tone="danger">{refusal}</Alert>}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button pending={edit.isPending} type="submit" variant="primary">
            Save agent
          </Button>
        </DialogFooter>
      </form>
    </FormProvider>
  );
}
