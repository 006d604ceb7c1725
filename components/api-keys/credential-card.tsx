"use client";

import { CardFact } from "@/components/data-table/card-fact";
import { cn } from "@/components/ui/cn";
import { Moment } from "../phone-numbers/moment";
import { type ColumnOptions, RevokeButton } from "./credential-columns";
import { CredentialId, CredentialStatus, describeScopes, MomentOrNever } from "./credential-facts";
import type { CredentialRow } from "./credential-state";

/** A key or token on a narrow screen. */
export function CredentialCard({ row, options }: { row: CredentialRow; options: ColumnOptions }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <p
            className={cn(
              "truncate text-base font-medium",
              row.state !== "active" && "text-muted-foreground",
            )}
          >
            {row.name}
          </p>
          <CredentialId id={row.id} />
        </div>
        {options.onRevoke && (
          <div className="-mt-1 -mr-2">
            <RevokeButton onRevoke={options.onRevoke} row={row} />
          </div>
        )}
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        <div className="col-span-2">
          <dt className="text-muted-foreground text-xs">Scopes</dt>
          {describeScopes(row.scopes, options.most).map((line) => (
            <dd key={line}>{line}</dd>
          ))}
        </div>
        <CardFact name="Status">
          <CredentialStatus row={row} />
        </CardFact>
        <CardFact name="Expires">
          <MomentOrNever iso={row.expires_at} show="day" />
        </CardFact>
        <CardFact name="Last used">
          <MomentOrNever iso={row.last_used_at} show="short" />
        </CardFact>
        <CardFact name="Created">
          <Moment className="tabular" iso={row.created_at} show="day" />
          {row.created_by && <span className="text-muted-foreground"> by {row.created_by.name}</span>}
        </CardFact>
      </dl>
    </div>
  );
}
