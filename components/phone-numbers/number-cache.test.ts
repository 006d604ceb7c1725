import { expect, test } from "vitest";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { type NumberListData, placeNumber } from "./number-cache";

const row = (id: string, over: Partial<PhoneNumber> = {}) =>
  ({ id, status: "active", label: null, ...over }) as PhoneNumber;

const list = (...pages: PhoneNumber[][]): NumberListData => ({
  pages: pages.map((data) => ({ data, next_cursor: null })),
  pageParams: pages.map(() => null),
});

const ids = (data: NumberListData) => data.pages.map((page) => page.data.map((number) => number.id));

const held = list([row("a"), row("b")], [row("c")]);

test("a row is replaced where it stands", () => {
  const next = placeNumber(held, row("c", { label: "Desk" }), { sort: "-created_at" });
  expect(ids(next)).toEqual([["a", "b"], ["c"]]);
  expect(next.pages[1]?.data[0]?.label).toBe("Desk");
});

test.each([
  ["released", {}, [["a"], ["c"]]],
  ["released", { status: "released,active" }, [["a", "b"], ["c"]]],
  ["refused", { sort: "phone_number" }, [["a"], ["c"]]],
  ["detached", {}, [["a"], ["c"]]],
  ["gone", {}, [["a"], ["c"]]],
  ["releasing", { status: "active", assigned: "false" }, [["a"], ["c"]]],
  ["held", {}, [["a", "b"], ["c"]]],
  ["held", { status: "active", assigned: "false" }, [["a"], ["c"]]],
  ["active", { status: "held,releasing" }, [["a"], ["c"]]],
] as const)("a row that became %s under %j", (status, query, expected) => {
  expect(ids(placeNumber(held, row("b", { status }), query))).toEqual(expected);
});

test.each([
  [{}, [["new", "a", "b"], ["c"]]],
  [{ sort: "-created_at" }, [["new", "a", "b"], ["c"]]],
  [{ sort: "phone_number" }, [["a", "b"], ["c"]]],
  [{ q: "desk" }, [["a", "b"], ["c"]]],
  [{ status: "released" }, [["a", "b"], ["c"]]],
])("a new row under %j", (query, expected) => {
  expect(ids(placeNumber(held, row("new", { status: "buying" }), query))).toEqual(expected);
});
