"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { Moment } from "../phone-numbers/moment";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import { CredentialId } from "./credential-facts";
import type { CredentialKind } from "./credential-keys";
import type { CredentialRow } from "./credential-state";
import { credentialWords } from "./credential-words";
import { useRevokeCredential } from "./use-credentials";

export interface RevokeDialogProps {
  kind: CredentialKind;
  row: CredentialRow;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RevokeDialog({ kind, row, open, onOpenChange }: RevokeDialogProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent size="sm" title={<span className="wrap-anywhere">Revoke {row.name}</span>}>
        <RevokeConfirm kind={kind} onClose={() => onOpenChange(false)} row={row} />
      </DialogContent>
    </Dialog>
  );
}

/** Gone with the dialog, so that an old refusal is not there when it opens again. */
function RevokeConfirm({
  kind,
  row,
  onClose,
}: Pick<RevokeDialogProps, "kind" | "row"> & { onClose: () => void }) {
  const { noun, label } = credentialWords[kind];
  const revoke = useRevokeCredential(kind);
  const confirm = () =>
    revoke.mutate(row.id, {
      onSuccess: () => {
        toast.success(`Revoked ${row.name}`, { description: "It stays under revoked or expired." });
        onClose();
      },
    });

  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <p>Whatever uses it is refused from the next request. This cannot be undone.</p>
        <dl className="grid grid-cols-[6rem_1fr] gap-y-1">
          <dt className="text-muted-foreground">{label}</dt>
          <dd>
            <CredentialId id={row.id} />
          </dd>
          <dt className="text-muted-foreground">Last used</dt>
          <dd>{row.last_used_at ? <Moment className="tabular" iso={row.last_used_at} /> : "Never"}</dd>
        </dl>
        {revoke.error && <Alert tone="danger">{describeProblem(revoke.error)}</Alert>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep {noun}</Button>
        <Button className="min-w-0 shrink" onClick={confirm} pending={revoke.isPending} variant="danger">
          <span className="truncate">Revoke {row.name}</span>
        </Button>
      </DialogFooter>
    </>
  );
}
