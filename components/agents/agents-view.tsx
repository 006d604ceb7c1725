"use client";

import { Bot, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { DataTableColumn } from "@/components/data-table/columns";
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
import { LoadMore } from "@/components/ui/pagination";
import type { Agent } from "@/lib/agents/schema";
import { Moment } from "../phone-numbers/moment";
import { describeProblem } from "../phone-numbers/use-phone-numbers";
import { useAgents } from "./use-agents";

const CreateAgentDialog = loadOnDemand(() =>
  import("./create-agent-dialog").then((module) => module.CreateAgentDialog),
);

const columns: DataTableColumn<Agent>[] = [
  { id: "name", header: "Name", cell: (agent) => <AgentLink agent={agent} /> },
  {
    id: "latest_version",
    header: "Newest version",
    width: "10rem",
    cell: (agent) => <NewestVersion agent={agent} />,
  },
  {
    id: "inbound_numbers",
    header: "Inbound numbers",
    width: "9rem",
    align: "end",
    cell: (agent) => <span className="tabular">{agent.inbound_numbers}</span>,
  },
  {
    id: "outbound_numbers",
    header: "Outbound numbers",
    width: "9.5rem",
    align: "end",
    cell: (agent) => <span className="tabular">{agent.outbound_numbers}</span>,
  },
  {
    id: "created_at",
    header: "Created At",
    width: "9rem",
    cell: (agent) => <Moment className="tabular" iso={agent.created_at} show="short" />,
  },
];

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
        minWidth="44rem"
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
      className="inline-block max-w-full truncate py-0.5 align-middle font-medium underline-offset-4 hover:underline"
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
