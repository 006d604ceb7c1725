"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { announce } from "@/components/ui/live-region";
import { CreateForm } from "./create-form";
import type { CredentialKind } from "./credential-keys";
import { credentialWords } from "./credential-words";
import { SecretStep } from "./secret-step";
import { type NewCredential, useCreateCredential } from "./use-credentials";

export interface CreateDialogProps {
  kind: CredentialKind;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/**
 * What it is to be, and then its secret, which is in this state and nowhere else. Leaving without a copy has to be
 * confirmed, also with Done: the second click of a double click may land there.
 */
export function CreateDialog({ kind, open, onOpenChange }: CreateDialogProps) {
  const { name, noun, validity } = credentialWords[kind];
  const [made, setMade] = useState<NewCredential | null>(null);
  const [isCopied, setCopied] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const create = useCreateCredential(kind, (next) => {
    setMade(next);
    announce(`Created. Copy the ${noun} now; it is not shown again.`);
  });

  const close = () => {
    // Gone at once, not only after the dialog has faded; dots, so that nothing moves meanwhile.
    setMade(made && { ...made, secret: "•".repeat(made.secret.length) });
    onOpenChange(false);
  };
  const requestClose = () => {
    if (!made && create.isPending) return;
    if (made && !isCopied) setWarned(true);
    else close();
  };

  return (
    <Dialog onOpenChange={requestClose} open={open}>
      <DialogContent
        description={made ? "It will not be shown again. Keep it like a password." : validity}
        size="lg"
        title={made ? `Copy your ${name}` : `Create ${name}`}
      >
        {made ? (
          <SecretStep
            isWarned={isWarned && !isCopied}
            kind={kind}
            made={made}
            onCopied={() => setCopied(true)}
            onDone={requestClose}
            onLeave={close}
          />
        ) : (
          <CreateForm create={create} kind={kind} onCancel={requestClose} />
        )}
      </DialogContent>
    </Dialog>
  );
}
