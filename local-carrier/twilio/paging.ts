import type { Call } from "./call";
import { Refusal, refuseAsInvalid } from "./refusal";

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;

interface Page<Item> {
  items: Item[];
  size: number;
  index: number;
  previous: string | null;
  next: string | null;
}

export function readPageSize(query: URLSearchParams): number {
  const text = query.get("PageSize");
  if (text === null) return DEFAULT_PAGE_SIZE;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE_SIZE) {
    throw refuseAsInvalid(20001, `PageSize must be between 1 and ${MAX_PAGE_SIZE}`);
  }
  return size;
}

/** Items come in list order, their positions falling: tokens name positions, so pages survive changes. */
function slicePage<Item>(call: Call, items: readonly Item[], positionOf: (item: Item) => number): Page<Item> {
  const size = readPageSize(call.query);
  const index = Math.max(0, Number.parseInt(call.query.get("Page") ?? "0", 10) || 0);
  const start = findStart(call.query.get("PageToken"), { items, positionOf, size, index });
  const page = items.slice(start, start + size);
  const first = page[0];
  const last = page.at(-1);
  return {
    items: page,
    size,
    index,
    previous: start > 0 && first !== undefined ? `Page=${index - 1}&PageToken=PB${positionOf(first)}` : null,
    next:
      start + size < items.length && last !== undefined
        ? `Page=${index + 1}&PageToken=PA${positionOf(last)}`
        : null,
  };
}

function findStart<Item>(
  token: string | null,
  list: { items: readonly Item[]; positionOf: (item: Item) => number; size: number; index: number },
): number {
  const { items, positionOf, size, index } = list;
  if (!token) return index * size;
  const parts = /^P(?<direction>[AB])(?<position>\d{1,15})$/.exec(token)?.groups;
  if (parts === undefined) throw new Refusal(400, 21481);
  const position = Number(parts.position);
  if (parts.direction === "A") {
    const start = items.findIndex((item) => positionOf(item) < position);
    return start === -1 ? items.length : start;
  }
  const end = items.findIndex((item) => positionOf(item) <= position);
  return Math.max(0, (end === -1 ? items.length : end) - size);
}

/** The 2010 API's envelope, with addresses relative to the host. */
export function answerList2010<Item>(
  call: Call,
  list: {
    key: string;
    items: readonly Item[];
    positionOf: (item: Item) => number;
    describe: (item: Item) => object;
  },
): object {
  const page = slicePage(call, list.items, list.positionOf);
  const at = (place: string) => `${call.path}?${filtersOf(call)}PageSize=${page.size}&${place}`;
  const start = page.index * page.size;
  return {
    [list.key]: page.items.map(list.describe),
    first_page_uri: at("Page=0"),
    next_page_uri: page.next && at(page.next),
    previous_page_uri: page.previous && at(page.previous),
    uri: at(`Page=${page.index}`),
    page: page.index,
    page_size: page.size,
    start,
    end: Math.max(start, start + page.items.length - 1),
  };
}

/** The v1 products' envelope, with absolute addresses: this server's own, or clients would leave for the real one. */
export function answerListV1<Item>(
  call: Call,
  list: {
    key: string;
    items: readonly Item[];
    positionOf: (item: Item) => number;
    describe: (item: Item) => object;
  },
): object {
  const page = slicePage(call, list.items, list.positionOf);
  const at = (place: string) => `${call.origin}${call.path}?${filtersOf(call)}PageSize=${page.size}&${place}`;
  return {
    [list.key]: page.items.map(list.describe),
    meta: {
      key: list.key,
      page: page.index,
      page_size: page.size,
      first_page_url: at("Page=0"),
      previous_page_url: page.previous && at(page.previous),
      url: at(`Page=${page.index}`),
      next_page_url: page.next && at(page.next),
    },
  };
}

function filtersOf(call: Call): string {
  const filters = new URLSearchParams(call.query);
  for (const name of ["PageSize", "Page", "PageToken"]) filters.delete(name);
  const text = filters.toString();
  return text === "" ? "" : `${text}&`;
}
