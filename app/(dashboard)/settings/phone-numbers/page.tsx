import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { loadFilters, releasingQuery, toListQuery } from "@/components/phone-numbers/phone-number-filters";
import { type ListQuery, pageSize, phoneNumberKeys } from "@/components/phone-numbers/phone-number-keys";
import { PhoneNumbersView } from "@/components/phone-numbers/phone-numbers-view";
import { requireSession } from "@/lib/auth";
import { listPhoneNumbers } from "@/lib/phone-numbers";
import { type ListPhoneNumbersQuery, listPhoneNumbersQuery } from "@/lib/phone-numbers/schema";

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
  const prefetchList = (listQuery: ListQuery, data: ListPhoneNumbersQuery) =>
    client.prefetchInfiniteQuery({
      queryKey: phoneNumberKeys.list(listQuery),
      queryFn: () => listPhoneNumbers(ctx, data),
      initialPageParam: null,
    });
  await Promise.all([
    parsed.success && prefetchList(query, parsed.data),
    prefetchList(releasingQuery, listPhoneNumbersQuery.parse({ ...releasingQuery, limit: pageSize })),
  ]);

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PhoneNumbersView />
    </HydrationBoundary>
  );
}
