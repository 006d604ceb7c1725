import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { PhoneNumber, PhoneNumberPage } from "@/lib/phone-numbers/schema";
import { type ListQuery, phoneNumberKeys } from "./phone-number-keys";

export type NumberListData = InfiniteData<PhoneNumberPage, string | null>;

/** Writes what the server said about one number into every list that is loaded, and into its detail. */
export function putNumber(client: QueryClient, number: PhoneNumber) {
  client.setQueryData(phoneNumberKeys.detail(number.phone_number), number);
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: phoneNumberKeys.lists() })) {
    client.setQueryData<NumberListData>(
      queryKey,
      (data) => data && placeNumber(data, number, queryKey[2] as ListQuery),
    );
  }
}

/** What is known of a number now. By id, because a number that was released and bought again has two records. */
export function findNumber(client: QueryClient, { id, phone_number }: PhoneNumber): PhoneNumber | undefined {
  for (const [, data] of client.getQueriesData<NumberListData>({ queryKey: phoneNumberKeys.lists() })) {
    const found = data?.pages.flatMap((page) => page.data).find((row) => row.id === id);
    if (found) return found;
  }
  const detail = client.getQueryData<PhoneNumber>(phoneNumberKeys.detail(phone_number));
  return detail?.id === id ? detail : undefined;
}

const endedStatuses = new Set(["released", "detached", "refused", "gone"]);

/**
 * A row is replaced where it stands, leaves a list its status no longer fits, and comes first in the plain list when
 * it is new. Other filters are the server's business: a row that stops matching them stays until the next fetch, so
 * that rows do not vanish under the pointer.
 */
export function placeNumber(data: NumberListData, number: PhoneNumber, query: ListQuery): NumberListData {
  const isSame = (row: PhoneNumber) => row.id === number.id;
  const isThere = data.pages.some((page) => page.data.some(isSame));
  const fits =
    typeof query.status === "string"
      ? query.status.split(",").includes(number.status)
      : !endedStatuses.has(number.status);

  if (isThere) {
    return mapPages(data, (rows) =>
      fits ? rows.map((row) => (isSame(row) ? number : row)) : rows.filter((row) => !isSame(row)),
    );
  }
  if (!fits || !isPlain(query)) return data;
  return mapPages(data, (rows, index) => (index === 0 ? [number, ...rows] : rows));
}

function isPlain({ sort, ...filters }: ListQuery): boolean {
  return (sort === undefined || sort === "-created_at") && Object.keys(filters).length === 0;
}

function mapPages(
  data: NumberListData,
  map: (rows: PhoneNumber[], index: number) => PhoneNumber[],
): NumberListData {
  return {
    ...data,
    pages: data.pages.map((page, index) => ({ ...page, data: map(page.data, index) })),
  };
}
