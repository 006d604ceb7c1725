"use client";

import { useEffect, useRef } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { CopyField } from "./copy-field";
import type { CredentialKind } from "./credential-keys";
import { credentialWords } from "./credential-words";
import { curlLine } from "./curl-line";
import type { NewCredential } from "./use-credentials";

export interface SecretStepProps {
  kind: CredentialKind;
  made: NewCredential;
  isWarned: boolean;
  onCopied: () => void;
  onDone: () => void;
  /** Without a copy. */
  onLeave: () => void;
}

/** The secret, this once, and a line to try it. */
export function SecretStep({ kind, made, isWarned, onCopied, onDone, onLeave }: SecretStepProps) {
  const { name, noun, label } = credentialWords[kind];
  const { organization } = useViewer();
  const copyRef = useRef<HTMLButtonElement>(null);
  // The button that made it is gone, and with it the focus.
  useEffect(() => copyRef.current?.focus(), []);

  return (
    <>
      <DialogBody className="flex flex-col gap-5">
        <CopyField
          buttonRef={copyRef}
          label={`${label} of ${made.credential.name}`}
          onCopied={onCopied}
          text={made.secret}
          what={name}
        />
        <CopyField
          hint={
            kind === "token"
              ? `X-Organization-Id says which organization it acts for; this one is ${organization.name}.`
              : undefined
          }
          label="Try it in a terminal"
          onCopied={onCopied}
          text={curlLine({
            origin: window.location.origin,
            secret: made.secret,
            organizationId: kind === "token" ? organization.id : undefined,
          })}
          what="command"
        />
        {isWarned && (
          <Alert
            action={
              <Button onClick={onLeave} size="sm">
                Close anyway
              </Button>
            }
            announce
            title={`The ${noun} has not been copied`}
            tone="careful"
          >
            Copy it first, or close anyway. It will not be shown again.
          </Alert>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone} variant="primary">
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
