"use client";

import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useRef, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { Agent, AgentVersion } from "@/lib/agents/schema";
import { type VersionForm, versionForm } from "./agent-form-schema";
import { AssignIdleNumbers } from "./assign-idle-numbers";
import { EndpointFields } from "./endpoint-fields";
import { showProblem } from "./show-problem";
import { type Publication, type StartedAgent, usePublishVersion } from "./use-agents";

export interface PublishDialogProps {
  agent: Agent;
  newest: AgentVersion | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function PublishDialog({ agent, newest, open, onOpenChange }: PublishDialogProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent
        description={`Numbers that follow the latest version of ${agent.name} use it at once; pinned numbers stay as they are.`}
        title="Publish a new version"
      >
        <PublishForm agent={agent} newest={newest} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function PublishForm({
  agent,
  newest,
  onClose,
}: Pick<PublishDialogProps, "agent" | "newest"> & { onClose: () => void }) {
  const form = useForm<VersionForm>({
    resolver: standardSchemaResolver(versionForm),
    defaultValues: { endpoint: newest?.config.endpoint ?? { type: "sip", url: "" } },
  });
  const publish = usePublishVersion(agent.id);
  const startedRef = useRef<StartedAgent>({});
  const [numbers, setNumbers] = useState<Pick<Publication, "phoneNumbers" | "direction">>({
    phoneNumbers: [],
    direction: "inbound",
  });
  const [refusal, setRefusal] = useState<string | null>(null);

  const submit = form.handleSubmit(({ endpoint }) => {
    if (publish.isPending) return;
    setRefusal(null);
    publish.mutate(
      { publication: { config: { endpoint }, ...numbers }, started: startedRef.current },
      {
        onSuccess: (version) => {
          toast.success(`Published v${version} of ${agent.name}`);
          onClose();
        },
        onError: (problem) =>
          setRefusal(showProblem<VersionForm>(problem, ["endpoint.type", "endpoint.url"], form.setError)),
      },
    );
  });

  return (
    <FormProvider {...form}>
      <form className="contents" noValidate onSubmit={submit}>
        <DialogBody className="flex flex-col gap-4">
          <EndpointFields />
          <AssignIdleNumbers agent={agent} onChange={setNumbers} value={numbers} />
          {refusal && <Alert tone="danger">{refusal}</Alert>}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button pending={publish.isPending} type="submit" variant="primary">
            Publish version
          </Button>
        </DialogFooter>
      </form>
    </FormProvider>
  );
}
