import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { NumberSort } from "@/lib/phone-numbers/schema";
import type { ListQuery } from "./phone-number-keys";

export const statusTabs = ["all", "assigned", "idle", "releasing", "released"] as const;
export type StatusTab = (typeof statusTabs)[number];

const sorts = [
  "created_at",
  "-created_at",
  "updated_at",
  "-updated_at",
  "phone_number",
  "-phone_number",
  "monthly_cost",
  "-monthly_cost",
] as const satisfies readonly NumberSort[];

/** The filters in the URL: `?status=idle&q=support` can be shared as a link. */
export const filterParsers = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(statusTabs).withDefault("all"),
  agent_id: parseAsString,
  country_code: parseAsString,
  phone_number_type: parseAsStringLiteral(["local", "toll_free", "mobile"]),
  sort: parseAsStringLiteral(sorts).withDefault("-created_at"),
};

export type NumberFilters = inferParserType<typeof filterParsers>;

export const loadFilters = createLoader(filterParsers);

/** The tab of what is on its way out, as it stands without other filters: its rows are counted on every tab. */
export const releasingQuery = { status: "held,releasing", sort: "-created_at" } as const satisfies ListQuery;

const tabQueries: Record<StatusTab, ListQuery> = {
  all: {},
  assigned: { assigned: "true" },
  idle: { status: "active", assigned: "false" },
  releasing: { status: releasingQuery.status },
  released: { status: "released,detached,gone" },
};

/** What the API is asked for. Both server page and browser build it here, so that their cache keys agree. */
export function toListQuery(filters: NumberFilters): ListQuery {
  const query: ListQuery = { ...tabQueries[filters.status], sort: filters.sort };
  const text = filters.q.trim().slice(0, 100);
  if (text) query.q = text;
  if (filters.agent_id) query.agent_id = filters.agent_id;
  if (filters.country_code) query.country_code = filters.country_code;
  if (filters.phone_number_type) query.phone_number_type = filters.phone_number_type;
  return query;
}

export function countFoldedFilters(filters: NumberFilters): number {
  return [filters.agent_id, filters.country_code, filters.phone_number_type].filter(Boolean).length;
}

/** Whether anything but the tab leaves numbers out. */
export function isNarrowed(filters: NumberFilters): boolean {
  return filters.q.trim() !== "" || countFoldedFilters(filters) > 0;
}

export function isFiltered(filters: NumberFilters): boolean {
  return filters.status !== "all" || isNarrowed(filters);
}
