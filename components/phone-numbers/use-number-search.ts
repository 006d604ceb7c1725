"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem, call } from "@/lib/api/client";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { readLastSearch, rememberSearch } from "./last-search";
import { phoneNumberKeys } from "./phone-number-keys";
import {
  checkSearch,
  type SearchForm,
  type SearchIssues,
  type SearchQuery,
  searchFor,
  toSearchForm,
  toSearchQuery,
} from "./search-query";

/** The most one answer of the API holds. */
export const resultLimit = 50;

/** The search form and the search it last started; the first one, for the number wanted again if any, has started. */
export function useNumberSearch(again?: PhoneNumber) {
  const [form, setForm] = useState(() => (again ? searchFor(again) : readLastSearch()));
  const [query, setQuery] = useState<SearchQuery>(() => toSearchQuery(form));
  const [issues, setIssues] = useState<SearchIssues>({});

  const result = useQuery({
    queryKey: phoneNumberKeys.search(query),
    queryFn: ({ signal }) =>
      call("GET /core/managed-accounts/{managed_account_id}/search-numbers", {
        path: { managed_account_id: "default" },
        query: { ...query, limit: resultLimit },
        signal,
      }),
    // An offer is sold to whoever comes first: never show an old list as a new one.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

  const run = (next: SearchForm) => {
    const nextQuery = toSearchQuery(next);
    const found = checkSearch(nextQuery);
    setForm(next);
    setIssues(found);
    if (Object.keys(found).length > 0) return;
    rememberSearch(next);
    if (JSON.stringify(nextQuery) === JSON.stringify(query)) result.refetch();
    else setQuery(nextQuery);
  };

  const refused: SearchIssues =
    result.error instanceof ApiProblem
      ? Object.fromEntries(result.error.errors.map((issue) => [issue.path, issue.message]))
      : {};

  return {
    form,
    change: (change: Partial<SearchForm>) => {
      setForm({ ...form, ...change });
      setIssues((known) => {
        const rest = { ...known };
        for (const name of Object.keys(change)) delete rest[name];
        return rest;
      });
    },
    run,
    take: (alternative: SearchQuery) => run(toSearchForm(alternative)),
    query,
    issues: { ...refused, ...issues },
    result,
  };
}

export type NumberSearch = ReturnType<typeof useNumberSearch>;
