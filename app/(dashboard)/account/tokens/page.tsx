import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { credentialKeys } from "@/components/api-keys/credential-keys";
import { CredentialsView } from "@/components/api-keys/credentials-view";
import { listPersonalTokens } from "@/lib/api-keys";
import { requireSession } from "@/lib/auth";

export const metadata: Metadata = { title: "Personal tokens" };

export default async function PersonalTokensPage() {
  const { ctx } = await requireSession();
  const client = new QueryClient();
  await client.prefetchQuery({ queryKey: credentialKeys.token, queryFn: () => listPersonalTokens(ctx) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CredentialsView kind="token" />
    </HydrationBoundary>
  );
}
