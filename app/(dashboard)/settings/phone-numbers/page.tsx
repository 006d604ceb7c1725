import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { loadFilters, toListQuery } from "@/components/phone-numbers/phone-number-filters";
import { organizationKey, pageSize, phoneNumberKeys } from "@/components/phone-numbers/phone-number-keys";
import { PhoneNumbersView } from "@/components/phone-numbers/phone-numbers-view";
import { requireSession } from "@/lib/auth";
import { getOrganization } from "@/lib/organizations";
import { listPhoneNumbers } from "@/lib/phone-numbers";
import { listPhoneNumbersQuery } from "@/lib/phone-numbers/schema";

export const metadata: Metadata = { title: "Phone numbers" };

interface PhoneNumbersPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PhoneNumbersPage({ searchParams }: PhoneNumbersPageProps) {
  const { ctx } = await requireSession();
  const query = toListQuery(await loadFilters(searchParams));
  // A filter in a link may be nonsense; then the browser asks and shows the API's own sentence.
  const parsed = listPhoneNumbersQuery.safeParse({ ...query, limit: pageSize });

  const client = new QueryClient();
  await Promise.all([
    parsed.success &&
      client.prefetchInfiniteQuery({
        queryKey: phoneNumberKeys.list(query),
        queryFn: () => listPhoneNumbers(ctx, parsed.data),
        initialPageParam: null,
      }),
    client.prefetchQuery({ queryKey: organizationKey, queryFn: () => getOrganization(ctx) }),
  ]);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PhoneNumbersView />
    </HydrationBoundary>
  );
}
