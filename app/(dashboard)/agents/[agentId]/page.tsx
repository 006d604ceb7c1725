import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { agentKeys, agentPageSize } from "@/components/agents/agent-keys";
import { AgentView } from "@/components/agents/agent-view";
import { getAgent, listVersions } from "@/lib/agents";
import { requireSession } from "@/lib/auth";
import { AppError } from "@/lib/errors";

export const metadata: Metadata = { title: "Agent" };

export default async function AgentPage({ params }: { params: Promise<{ agentId: string }> }) {
  const [{ ctx }, { agentId }] = await Promise.all([requireSession(), params]);
  const agent = await getAgent(ctx, agentId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const client = new QueryClient();
  client.setQueryData(agentKeys.detail(agentId), agent);
  await client.prefetchInfiniteQuery({
    queryKey: agentKeys.versions(agentId),
    queryFn: () => listVersions(ctx, agentId, { limit: agentPageSize }),
    initialPageParam: null,
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AgentView agentId={agentId} />
    </HydrationBoundary>
  );
}
