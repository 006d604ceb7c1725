import type { ListPhoneNumbersQuery } from "@/lib/phone-numbers/schema";

/** Query parameters of a list as they travel in a URL. */
export type ListQuery = Partial<
  Record<Exclude<keyof ListPhoneNumbersQuery, "cursor" | "limit">, string | boolean>
>;

/** Shared by server pages, which prefetch under these keys, and by the browser. */
export const phoneNumberKeys = {
  all: ["phone-numbers"] as const,
  lists: () => [...phoneNumberKeys.all, "list"] as const,
  list: (query: ListQuery) => [...phoneNumberKeys.lists(), query] as const,
  detail: (phoneNumber: string) => [...phoneNumberKeys.all, "detail", phoneNumber] as const,
  search: (query: Record<string, string>) => [...phoneNumberKeys.all, "search", query] as const,
  purchasePlan: (phoneNumber: string) => [...phoneNumberKeys.all, "purchase-plan", phoneNumber] as const,
  watch: (phoneNumbers: string[]) => [...phoneNumberKeys.all, "watch", phoneNumbers] as const,
  order: (id: string) => [...phoneNumberKeys.all, "order", id] as const,
  releasePlan: (phoneNumber: string, holdDays: number | undefined) =>
    [...phoneNumberKeys.all, "release-plan", phoneNumber, holdDays] as const,
};

export const organizationKey = ["organization"] as const;

export const managedAccountKeys = {
  all: ["managed-accounts"] as const,
  countries: () => [...managedAccountKeys.all, "countries"] as const,
};

/** Rows of a page: enough to fill a tall screen, small enough for the first HTML. */
export const pageSize = 50;

/** Whoever asks for more wants to scroll; the API answers no more than this at once. */
export const nextPageSize = 200;
