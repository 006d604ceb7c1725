import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { carrierSyncKeys, driftPageSize, driftStatuses } from "@/components/carrier-sync/carrier-sync-keys";
import { CarrierSyncNotAllowed } from "@/components/carrier-sync/carrier-sync-not-allowed";
import { CarrierSyncView } from "@/components/carrier-sync/carrier-sync-view";
import { killSwitchesKey } from "@/components/kill-switches/kill-switch-keys";
import { organizationKey } from "@/components/phone-numbers/phone-number-keys";
import { requireSession } from "@/lib/auth";
import { getSyncOverview, listDrifts } from "@/lib/carrier-sync";
import { listKillSwitches } from "@/lib/kill-switches";
import { getOrganization } from "@/lib/organizations";
import { hasScope } from "@/lib/permissions";

export const metadata: Metadata = { title: "Carrier sync" };

interface CarrierSyncPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const loadFilters = createLoader({ status: parseAsStringLiteral(driftStatuses).withDefault("open") });

export default async function CarrierSyncPage({ searchParams }: CarrierSyncPageProps) {
  const { ctx } = await requireSession();
  if (!hasScope(ctx.scopes, "phone_numbers:read")) return <CarrierSyncNotAllowed />;
  const { status } = await loadFilters(searchParams);
  const client = new QueryClient();
  await Promise.all([
    client.prefetchQuery({ queryKey: organizationKey, queryFn: () => getOrganization(ctx) }),
    client.prefetchQuery({ queryKey: carrierSyncKeys.overview, queryFn: () => getSyncOverview(ctx) }),
    client.prefetchInfiniteQuery({
      queryKey: carrierSyncKeys.driftList(status),
      queryFn: () => listDrifts(ctx, { status, limit: driftPageSize }),
      initialPageParam: null,
    }),
    hasScope(ctx.scopes, "managed_accounts:manage") &&
      client.prefetchQuery({
        queryKey: killSwitchesKey,
        queryFn: async () => (await listKillSwitches(ctx)).data,
      }),
  ]);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CarrierSyncView />
    </HydrationBoundary>
  );
}
