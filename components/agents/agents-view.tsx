"use client";

import { Bot, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { createDataTableColumns } from "@/components/data-table/features";
import { usePaletteCommands } from "@/components/layout/commands";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { useShortcut } from "@/components/layout/shortcuts";
import { useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/pagination";
import type { Agent } from "@/lib/agents/schema";
import { Moment } from "../phone-numbers/moment";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import { useAgents } from "./use-agents";

// Without it there is no boundary around the dialog, and the whole page makes room for its skeleton meanwhile.
const loading = () => null;

const CreateAgentDialog = dynamic(
  () => import("./create-agent-dialog").then((module) => module.CreateAgentDialog),
  { loading },
);

const column = createDataTableColumns<Agent>();

const columns = column.columns([
  column.accessor("name", {
    header: "Name",
    cell: ({ row }) => <AgentLink agent={row.original} />,
  }),
  column.accessor("latest_version", {
    header: "Newest version",
    meta: { width: "9rem" },
    cell: ({ row }) => <NewestVersion agent={row.original} />,
  }),
  column.accessor("inbound_numbers", {
    header: "Inbound numbers",
    meta: { width: "9rem", align: "end" },
    cell: ({ row }) => <span className="tabular">{row.original.inbound_numbers}</span>,
  }),
  column.accessor("outbound_numbers", {
    header: "Outbound numbers",
    meta: { width: "9.5rem", align: "end" },
    cell: ({ row }) => <span className="tabular">{row.original.outbound_numbers}</span>,
  }),
  column.accessor("created_at", {
    header: "Created At",
    meta: { width: "9rem" },
    cell: ({ row }) => <Moment className="tabular" iso={row.original.created_at} show="short" />,
  }),
]);

const readId = (agent: Agent) => agent.id;
const readName = (agent: Agent) => agent.name;

export function AgentsView() {
  const { can } = useViewer();
  const canManage = can("agents:manage");
  const router = useRouter();
  const agents = useAgents();
  const rows = useMemo(() => agents.data?.pages.flatMap((page) => page.data), [agents.data]);
  const [creating, setCreating] = useState<"never" | "open" | "closed">("never");

  useShortcut("c", "Create agent", () => setCreating("open"), { enabled: canManage });
  usePaletteCommands(
    useMemo(
      () =>
        canManage
          ? [
              {
                id: "create-agent",
                label: "Create agent",
                icon: Plus,
                shortcut: "c",
                run: () => setCreating("open"),
              },
            ]
          : [],
      [canManage],
    ),
  );

  return (
    <Page fill>
      <PageHeader
        actions={
          canManage && (
            <Button aria-keyshortcuts="c" onClick={() => setCreating("open")} variant="primary">
              <Plus aria-hidden />
              Create agent
            </Button>
          )
        }
        description="An agent answers calls to its inbound numbers and places calls from its outbound numbers."
        title="Agents"
      />
      <DataTable
        columns={columns}
        empty={<NoAgents onCreate={canManage ? () => setCreating("open") : undefined} />}
        error={
          agents.isError ? (
            <ErrorState
              description={describeProblem(agents.error)}
              onRetry={() => agents.refetch()}
              retryPending={agents.isFetching}
              title="The agents could not be loaded"
            />
          ) : undefined
        }
        fetching={agents.isFetching && !agents.isFetchingNextPage}
        footer={
          rows &&
          rows.length > 0 && (
            <LoadMore
              hasMore={agents.hasNextPage}
              onLoadMore={() => agents.fetchNextPage()}
              pending={agents.isFetchingNextPage}
              summary={rows.length === 1 ? "1 agent" : `${rows.length} agents`}
            />
          )
        }
        getRowId={readId}
        getRowLabel={readName}
        label="Agents"
        minWidth="48rem"
        onOpenRow={(agent) => router.push(`/agents/${agent.id}`)}
        renderCard={(agent) => <AgentCard agent={agent} />}
        rows={rows}
      />
      {creating !== "never" && (
        <CreateAgentDialog
          onOpenChange={(open) => setCreating(open ? "open" : "closed")}
          open={creating === "open"}
        />
      )}
    </Page>
  );
}

function AgentLink({ agent }: { agent: Agent }) {
  return (
    <Link
      className="font-medium underline-offset-4 hover:underline"
      href={`/agents/${agent.id}`}
      title={agent.description ?? undefined}
    >
      {agent.name}
    </Link>
  );
}

function NewestVersion({ agent }: { agent: Agent }) {
  if (agent.latest_version === null) return <span className="text-muted-foreground">Nothing published</span>;
  return <span className="tabular">v{agent.latest_version}</span>;
}

function AgentCard({ agent }: { agent: Agent }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="flex justify-between gap-4">
        <AgentLink agent={agent} />
        <NewestVersion agent={agent} />
      </p>
      {agent.description && <p className="text-muted-foreground truncate">{agent.description}</p>}
      <p className="tabular text-muted-foreground">
        {agent.inbound_numbers} inbound · {agent.outbound_numbers} outbound
      </p>
    </div>
  );
}

function NoAgents({ onCreate }: { onCreate: (() => void) | undefined }) {
  return (
    <EmptyState
      actions={
        onCreate && (
          <Button onClick={onCreate} variant="primary">
            Create your first agent
          </Button>
        )
      }
      description="It needs a name and the address where its calls go."
      icon={<Bot />}
      title="An agent answers the calls of your numbers"
    />
  );
}
