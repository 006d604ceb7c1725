import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ApiKeysNotAllowed } from "@/components/api-keys/api-keys-not-allowed";
import { credentialKeys } from "@/components/api-keys/credential-keys";
import { CredentialsView } from "@/components/api-keys/credentials-view";
import { listApiKeys } from "@/lib/api-keys";
import { requireSession } from "@/lib/auth";
import { hasScope } from "@/lib/permissions";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const { ctx } = await requireSession();
  if (!hasScope(ctx.scopes, "members:read")) return <ApiKeysNotAllowed />;
  const client = new QueryClient();
  await client.prefetchQuery({ queryKey: credentialKeys.key, queryFn: () => listApiKeys(ctx) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CredentialsView kind="key" />
    </HydrationBoundary>
  );
}
