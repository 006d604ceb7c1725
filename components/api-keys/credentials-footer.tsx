"use client";

import { Button } from "@/components/ui/button";
import type { CredentialKind } from "./credential-keys";
import type { CredentialRow } from "./credential-state";
import { countCredentials } from "./credential-words";

export interface CredentialsFooterProps {
  kind: CredentialKind;
  rows: readonly CredentialRow[];
  showsEnded: boolean;
  onShowsEndedChange: (showsEnded: boolean) => void;
}

/** How many work, and a button for those that no longer do. */
export function CredentialsFooter({ kind, rows, showsEnded, onShowsEndedChange }: CredentialsFooterProps) {
  const active = rows.filter(({ state }) => state === "active").length;
  const ended = rows.length - active;
  return (
    <div className="flex min-h-8 items-center justify-between gap-4">
      <p className="tabular text-muted-foreground">
        {active > 0 && `${countCredentials(kind, active)} active`}
      </p>
      {ended > 0 && (
        <Button onClick={() => onShowsEndedChange(!showsEnded)}>
          {showsEnded ? "Hide" : "Show"} {ended} revoked or expired
        </Button>
      )}
    </div>
  );
}
