import { expect, test } from "vitest";
import { countFoldedFilters, isFiltered, isNarrowed, loadFilters, toListQuery } from "./phone-number-filters";

test.each([
  ["", { sort: "-created_at" }],
  ["?status=idle", { status: "active", assigned: "false", sort: "-created_at" }],
  ["?status=assigned&sort=monthly_cost", { assigned: "true", sort: "monthly_cost" }],
  ["?status=released&q=%20desk%20", { status: "released,detached,gone", q: "desk", sort: "-created_at" }],
  ["?status=releasing", { status: "held,releasing", sort: "-created_at" }],
  ["?status=nonsense&phone_number_type=fax", { sort: "-created_at" }],
  [
    "?agent_id=agt_1&country_code=GB&phone_number_type=toll_free",
    { agent_id: "agt_1", country_code: "GB", phone_number_type: "toll_free", sort: "-created_at" },
  ],
])("%s", (search, query) => {
  expect(toListQuery(loadFilters(search))).toEqual(query);
});

test("a sort is no filter", () => {
  expect(isFiltered(loadFilters("?sort=phone_number"))).toBe(false);
  expect(isFiltered(loadFilters("?q=4"))).toBe(true);
  expect(isFiltered(loadFilters("?status=releasing"))).toBe(true);
  expect(isNarrowed(loadFilters("?status=releasing"))).toBe(false);
  expect(isNarrowed(loadFilters("?status=releasing&q=4"))).toBe(true);
  expect(countFoldedFilters(loadFilters("?agent_id=a&country_code=US"))).toBe(2);
});
