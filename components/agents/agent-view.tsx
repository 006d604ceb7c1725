"use client";

import { Pencil, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useMemo, useState } from "react";
import type { DataTableColumn } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { useViewer } from "@/components/layout/viewer";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import { LoadMore } from "@/components/ui/pagination";
import { Skeleton } from "@/components/ui/skeleton";
import type { Agent, AgentVersion } from "@/lib/agents/schema";
import { Moment } from "../phone-numbers/moment";
import { countNumbers } from "../phone-numbers/numbers-summary";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import { endpointWords } from "./endpoint-words";
import { useAgent, useVersions } from "./use-agents";

const PublishDialog = loadOnDemand(() => import("./publish-dialog").then((module) => module.PublishDialog));
const EditAgentDialog = loadOnDemand(() =>
  import("./edit-agent-dialog").then((module) => module.EditAgentDialog),
);
const DeleteAgentDialog = loadOnDemand(() =>
  import("./delete-agent-dialog").then((module) => module.DeleteAgentDialog),
);

type DialogName = "publish" | "edit" | "delete";

interface VersionRow extends AgentVersion {
  isNewest: boolean;
}

const columns: DataTableColumn<VersionRow>[] = [
  { id: "version", header: "Version", width: "9rem", cell: (row) => <VersionName row={row} /> },
  {
    id: "kind",
    header: "Endpoint",
    width: "9rem",
    cell: (row) => endpointWords[row.config.endpoint.type].name,
  },
  {
    id: "url",
    header: "Address",
    cell: (row) => (
      <span className="font-mono text-xs" title={row.config.endpoint.url}>
        {row.config.endpoint.url}
      </span>
    ),
  },
  {
    id: "published_at",
    header: "Published At",
    width: "11rem",
    cell: (row) => <PublishedAt version={row} />,
  },
];

const readId = (row: VersionRow) => row.id;
const readName = (row: VersionRow) => `Version ${row.version}`;

export function AgentView({ agentId }: { agentId: string }) {
  const agent = useAgent(agentId);
  const { can } = useViewer();
  const [dialog, setDialog] = useState<{ name: DialogName; serial: number; open: boolean } | null>(null);
  const versions = useVersions(agentId);
  const rows = useMemo(() => {
    const all = versions.data?.pages.flatMap((page) => page.data);
    const newest = all?.find((version) => version.published)?.version;
    return all?.map((version) => ({ ...version, isNewest: version.version === newest }));
  }, [versions.data]);

  if (!agent.data) return <AgentUnavailable error={agent.error} onRetry={() => agent.refetch()} />;
  const newest = rows?.find((row) => row.isNewest) ?? rows?.[0];
  const openDialog = (name: DialogName) =>
    setDialog((last) => ({ name, serial: (last?.serial ?? 0) + 1, open: true }));
  const dialogProps = {
    agent: agent.data,
    open: dialog?.open ?? false,
    onOpenChange: (open: boolean) => setDialog((last) => last && { ...last, open }),
  };

  return (
    <Page>
      <nav aria-label="Breadcrumb">
        <Link className="text-muted-foreground underline-offset-4 hover:underline" href="/agents">
          Agents
        </Link>
      </nav>
      <PageHeader
        actions={
          can("agents:manage") && (
            <>
              <Button onClick={() => openDialog("delete")}>
                <Trash2 aria-hidden className="text-danger" />
                Delete agent
              </Button>
              <Button onClick={() => openDialog("edit")}>
                <Pencil aria-hidden />
                Edit agent
              </Button>
              <Button onClick={() => openDialog("publish")} variant="primary">
                <Plus aria-hidden />
                Publish a new version
              </Button>
            </>
          )
        }
        description={agent.data.description}
        title={agent.data.name}
      />
      <NumbersHeld agent={agent.data} />
      <h2 className="text-base font-semibold">Versions</h2>
      <DataTable
        columns={columns}
        empty={<EmptyState title="No version yet" />}
        error={
          versions.isError ? (
            <ErrorState
              description={describeProblem(versions.error)}
              onRetry={() => versions.refetch()}
              retryPending={versions.isFetching}
              title="The versions could not be loaded"
            />
          ) : undefined
        }
        fetching={versions.isFetching && !versions.isFetchingNextPage}
        footer={
          versions.hasNextPage && (
            <LoadMore
              hasMore
              onLoadMore={() => versions.fetchNextPage()}
              pending={versions.isFetchingNextPage}
              summary={`${rows?.length ?? 0} versions`}
            />
          )
        }
        getRowId={readId}
        getRowLabel={readName}
        label={`Versions of ${agent.data.name}`}
        minWidth="44rem"
        renderCard={(row) => <VersionCard row={row} />}
        rows={rows}
        skeletonRows={3}
      />
      {dialog?.name === "publish" && (
        <PublishDialog key={dialog.serial} {...dialogProps} newest={newest ?? null} />
      )}
      {dialog?.name === "edit" && <EditAgentDialog key={dialog.serial} {...dialogProps} />}
      {dialog?.name === "delete" && <DeleteAgentDialog key={dialog.serial} {...dialogProps} />}
    </Page>
  );
}

function AgentUnavailable({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  return (
    <Page>
      {error ? (
        <ErrorState
          description={describeProblem(error)}
          onRetry={onRetry}
          title="The agent could not be shown"
        />
      ) : (
        <Skeleton className="h-6! w-48" />
      )}
    </Page>
  );
}

/** What the agent does on the telephone, with links into the filtered directory. */
function NumbersHeld({ agent }: { agent: Agent }) {
  const held = agent.inbound_numbers + agent.outbound_numbers;
  return (
    <section aria-label="Numbers" className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <p className="tabular">
        Answers {countNumbers(agent.inbound_numbers)} · calls from {countNumbers(agent.outbound_numbers)}
      </p>
      <Link
        className="text-accent-text underline-offset-4 hover:underline"
        href={
          held > 0
            ? `/settings/phone-numbers?agent_id=${encodeURIComponent(agent.id)}`
            : "/settings/phone-numbers?status=idle"
        }
      >
        {held > 0 ? `Show numbers of ${agent.name}` : "Show idle numbers to assign"}
      </Link>
    </section>
  );
}

function VersionName({ row }: { row: VersionRow }) {
  return (
    <span className="flex items-center gap-2">
      <span className="tabular font-medium">v{row.version}</span>
      {row.isNewest && <Badge tone="good">Latest</Badge>}
      {!row.published && <Badge>Draft</Badge>}
    </span>
  );
}

function PublishedAt({ version }: { version: AgentVersion }) {
  if (!version.published_at) return <span className="text-muted-foreground">-</span>;
  return <Moment className="tabular" iso={version.published_at} />;
}

function VersionCard({ row }: { row: VersionRow }) {
  return (
    <div className="flex flex-col gap-1">
      <VersionName row={row} />
      <p className="font-mono text-xs break-all">{row.config.endpoint.url}</p>
      <PublishedAt version={row} />
    </div>
  );
}
