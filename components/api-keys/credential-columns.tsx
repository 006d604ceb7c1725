"use client";

import type { DataTableColumn } from "@/components/data-table/columns";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { Scope } from "@/lib/api-keys/schema";
import { Moment } from "../phone-numbers/moment";
import { CredentialId, CredentialStatus, MomentOrNever, ScopesInShort } from "./credential-facts";
import type { CredentialKind } from "./credential-keys";
import type { CredentialRow } from "./credential-state";
import { credentialWords } from "./credential-words";

export interface ColumnOptions {
  kind: CredentialKind;
  /** All that could have been granted. */
  most: readonly Scope[];
  /** Undefined for people who may only look. */
  onRevoke: ((row: CredentialRow) => void) | undefined;
}

/** Columns only ask for a revocation; the view carries it out. */
export function createCredentialColumns({
  kind,
  most,
  onRevoke,
}: ColumnOptions): DataTableColumn<CredentialRow>[] {
  const columns: DataTableColumn<CredentialRow>[] = [
    { id: "name", header: "Name", cell: (row) => <CredentialName row={row} /> },
    {
      id: "id",
      header: credentialWords[kind].label,
      width: "7.75rem",
      cell: (row) => <CredentialId id={row.id} />,
    },
    {
      id: "scopes",
      header: "Scopes",
      cell: (row) => <ScopesInShort most={most} scopes={row.scopes} />,
    },
    {
      id: "created_at",
      header: "Created",
      width: kind === "key" ? "10rem" : "6.5rem",
      cell: (row) => <Created row={row} />,
    },
    {
      id: "last_used_at",
      header: "Last used",
      width: "6.75rem",
      cell: (row) => <MomentOrNever iso={row.last_used_at} show="short" />,
    },
    {
      id: "expires_at",
      header: "Expires",
      width: "6.25rem",
      cell: (row) => <MomentOrNever iso={row.expires_at} show="day" />,
    },
    {
      id: "status",
      header: "Status",
      width: "6rem",
      cell: (row) => <CredentialStatus row={row} />,
    },
  ];
  if (onRevoke) {
    columns.push({
      id: "revoke",
      header: "Actions",
      width: "4.75rem",
      align: "end",
      headerHidden: true,
      bare: true,
      cell: (row) => <RevokeButton onRevoke={onRevoke} row={row} />,
    });
  }
  return columns;
}

function CredentialName({ row }: { row: CredentialRow }) {
  return (
    <span className={cn("font-medium", row.state !== "active" && "text-muted-foreground")} title={row.name}>
      {row.name}
    </span>
  );
}

function Created({ row }: { row: CredentialRow }) {
  return (
    <>
      <Moment className="tabular" iso={row.created_at} show="day" />
      {row.created_by && (
        <span className="text-muted-foreground" title={row.created_by.name}>
          {" "}
          by {row.created_by.name}
        </span>
      )}
    </>
  );
}

/** Nothing for a row that has ended. */
export function RevokeButton({
  row,
  onRevoke,
}: {
  row: CredentialRow;
  onRevoke: (row: CredentialRow) => void;
}) {
  if (row.state !== "active") return null;
  return (
    <Button aria-label={`Revoke ${row.name}`} onClick={() => onRevoke(row)} size="sm" variant="ghost">
      Revoke
    </Button>
  );
}
