import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { agentKeys, agentPageSize } from "@/components/agents/agent-keys";
import { AgentsView } from "@/components/agents/agents-view";
import { listAgents } from "@/lib/agents";
import { requireSession } from "@/lib/auth";

export const metadata: Metadata = { title: "Agents" };

export default async function AgentsPage() {
  const { ctx } = await requireSession();
  const client = new QueryClient();
  await client.prefetchInfiniteQuery({
    queryKey: agentKeys.lists(),
    queryFn: () => listAgents(ctx, { limit: agentPageSize }),
    initialPageParam: null,
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AgentsView />
    </HydrationBoundary>
  );
}
