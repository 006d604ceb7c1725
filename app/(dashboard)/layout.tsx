import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { Unavailable } from "@/components/layout/unavailable";
import { organizationKey } from "@/components/phone-numbers/phone-number-keys";
import { isDatabaseUnavailable, requireSession } from "@/lib/auth";
import { getOrganization } from "@/lib/organizations";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await requireSession().catch((error: unknown) => {
    if (isDatabaseUnavailable(error)) return null;
    throw error;
  });
  if (!session) return <Unavailable />;
  const { user, organization, role, scopes, ctx } = session;
  // In the first HTML, or notices and badges would push the page about when they come.
  const client = new QueryClient();
  await client.prefetchQuery({ queryKey: organizationKey, queryFn: () => getOrganization(ctx) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AppShell viewer={{ user, organization, role, scopes: [...scopes] }}>{children}</AppShell>
    </HydrationBoundary>
  );
}
