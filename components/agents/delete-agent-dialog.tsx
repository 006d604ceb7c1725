"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { Agent } from "@/lib/agents/schema";
import { countNumbers } from "../phone-numbers/numbers-summary";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import { useDeleteAgent } from "./use-agents";

export interface DeleteAgentDialogProps {
  agent: Agent;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function DeleteAgentDialog({ agent, open, onOpenChange }: DeleteAgentDialogProps) {
  const { id, name, inbound_numbers, outbound_numbers } = agent;
  const router = useRouter();
  const remove = useDeleteAgent();
  const isInUse = inbound_numbers + outbound_numbers > 0;

  const confirm = () => {
    if (remove.isPending) return;
    remove.mutate(agent, {
      onSuccess: () => {
        toast.success(`Deleted ${name}`);
        router.push("/agents");
      },
    });
  };

  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent size="sm" title={`Delete ${name}`}>
        <DialogBody className="flex flex-col gap-4">
          {isInUse ? (
            <>
              <p>
                {name} answers {countNumbers(inbound_numbers)} and calls from {countNumbers(outbound_numbers)}
                . Unassign it there first.
              </p>
              <Link
                className="text-accent-text underline-offset-4 hover:underline"
                href={`/settings/phone-numbers?agent_id=${encodeURIComponent(id)}`}
              >
                Show numbers of {name}
              </Link>
            </>
          ) : (
            <p>Its versions go with it. This cannot be undone; the history of its numbers keeps its name.</p>
          )}
          {remove.error && <Alert tone="danger">{describeProblem(remove.error)}</Alert>}
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Keep agent</Button>
          {!isInUse && (
            <Button onClick={confirm} pending={remove.isPending} variant="danger">
              Delete {name}
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
