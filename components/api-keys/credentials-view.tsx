"use client";

import { KeyRound, Plus } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useCallback, useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { usePaletteCommands } from "@/components/layout/commands";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { useShortcut } from "@/components/layout/shortcuts";
import { useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import { CredentialCard } from "./credential-card";
import { type ColumnOptions, createCredentialColumns } from "./credential-columns";
import type { CredentialKind } from "./credential-keys";
import { type CredentialRow, toRows } from "./credential-state";
import { credentialWords } from "./credential-words";
import { CredentialsFooter } from "./credentials-footer";
import { allScopes } from "./scope-words";
import { useCredentials } from "./use-credentials";

const loadCreateDialog = () => import("./create-dialog");
const CreateDialog = loadOnDemand(() => loadCreateDialog().then((module) => module.CreateDialog));
const loadRevokeDialog = () => import("./revoke-dialog");
const RevokeDialog = loadOnDemand(() => loadRevokeDialog().then((module) => module.RevokeDialog));

/** So that what is pointed at or focused opens at once. */
const preloadCreateDialog = () => void loadCreateDialog();
const preloadRevokeDialog = () => void loadRevokeDialog();

const readId = (row: CredentialRow) => row.id;
const readName = (row: CredentialRow) => row.name;

/** The keys of the organization, or the tokens of whoever looks. */
export function CredentialsView({ kind }: { kind: CredentialKind }) {
  const words = credentialWords[kind];
  const { can } = useViewer();
  const canManage = kind === "token" || can("members:manage");
  const credentials = useCredentials(kind);
  const rows = useMemo(
    () => credentials.data && toRows(credentials.data, credentials.dataUpdatedAt),
    [credentials.data, credentials.dataUpdatedAt],
  );
  const [showsEnded, setShowsEnded] = useQueryState("ended", parseAsBoolean.withDefault(false));
  const shown = useMemo(
    () => (showsEnded ? rows : rows?.filter(({ state }) => state === "active")),
    [rows, showsEnded],
  );
  const create = useCreateDialog(kind, canManage);
  const [revoking, setRevoking] = useState<{ row: CredentialRow; open: boolean } | null>(null);

  const options = useMemo<ColumnOptions>(
    () => ({
      kind,
      most: kind === "key" ? allScopes : allScopes.filter((scope) => can(scope)),
      onRevoke: canManage ? (row) => setRevoking({ row, open: true }) : undefined,
    }),
    [kind, can, canManage],
  );
  const columns = useMemo(() => createCredentialColumns(options), [options]);

  return (
    <Page fill>
      <PageHeader
        actions={
          canManage && (
            <Button
              aria-keyshortcuts="c"
              onClick={create.open}
              onFocus={preloadCreateDialog}
              onPointerEnter={preloadCreateDialog}
              variant="primary"
            >
              <Plus aria-hidden />
              Create {words.name}
            </Button>
          )
        }
        description={
          <>
            {words.about}{" "}
            <a className="text-accent-text whitespace-nowrap underline underline-offset-4" href="/docs">
              API reference
            </a>
          </>
        }
        title={words.title}
      />
      <DataTable
        columns={columns}
        empty={
          <NoCredentials
            kind={kind}
            onCreate={canManage ? create.open : undefined}
            someEnded={rows !== undefined && rows.length > 0}
          />
        }
        error={
          credentials.isError ? (
            <ErrorState
              description={describeProblem(credentials.error)}
              onRetry={() => credentials.refetch()}
              retryPending={credentials.isFetching}
              title={`The ${words.noun}s could not be loaded`}
            />
          ) : undefined
        }
        fetching={credentials.isFetching}
        footer={
          rows &&
          rows.length > 0 && (
            <CredentialsFooter
              kind={kind}
              onShowsEndedChange={setShowsEnded}
              rows={rows}
              showsEnded={showsEnded}
            />
          )
        }
        getRowId={readId}
        getRowLabel={readName}
        label={words.title}
        minWidth="60rem"
        onApproach={preloadRevokeDialog}
        renderCard={(row) => <CredentialCard options={options} row={row} />}
        rows={shown}
        skeletonRows={3}
      />
      {create.element}
      {revoking && (
        <RevokeDialog
          key={revoking.row.id}
          kind={kind}
          onOpenChange={(open) => setRevoking({ ...revoking, open })}
          open={revoking.open}
          row={revoking.row}
        />
      )}
    </Page>
  );
}

/** The dialog, anew at each opening, with its key and its command. */
function useCreateDialog(kind: CredentialKind, enabled: boolean) {
  const label = `Create ${credentialWords[kind].name}`;
  const [{ serial, isOpen }, setState] = useState({ serial: 0, isOpen: false });
  const open = useCallback(() => setState(({ serial }) => ({ serial: serial + 1, isOpen: true })), []);

  useShortcut("c", label, open, { enabled });
  usePaletteCommands(
    useMemo(
      () => (enabled ? [{ id: "create-credential", label, icon: Plus, shortcut: "c", run: open }] : []),
      [enabled, label, open],
    ),
  );

  const element = serial > 0 && (
    <CreateDialog
      key={serial}
      kind={kind}
      onOpenChange={(next) => setState((state) => ({ ...state, isOpen: next }))}
      open={isOpen}
    />
  );
  return { open, element };
}

function NoCredentials({
  kind,
  someEnded,
  onCreate,
}: {
  kind: CredentialKind;
  someEnded: boolean;
  onCreate: (() => void) | undefined;
}) {
  const words = credentialWords[kind];
  if (someEnded) return <EmptyState title={`No ${words.noun} is active`} />;
  return (
    <EmptyState
      actions={
        onCreate && (
          <Button onClick={onCreate} variant="primary">
            Create your first {words.name}
          </Button>
        )
      }
      description={
        onCreate
          ? "You choose what it may do and for how long, and can revoke it at any time."
          : "Ask an owner or admin to create one."
      }
      icon={<KeyRound />}
      title={words.purpose}
    />
  );
}
