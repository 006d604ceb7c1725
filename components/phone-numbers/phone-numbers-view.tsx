"use client";

import { Plus } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo, useRef, useState } from "react";
import type { DataTableSorting } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { usePaletteCommands } from "@/components/layout/commands";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { useShortcut } from "@/components/layout/shortcuts";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/pagination";
import type { NumberSort, PhoneNumber } from "@/lib/phone-numbers/schema";
import { ReleasedCard, ReleasingCard } from "./leaving-card";
import { createReleasedColumns, createReleasingColumns } from "./leaving-columns";
import { NoNumbers } from "./no-numbers";
import { NumberDialogs, preloadNumberDialogs, type RowAction } from "./number-dialogs";
import { countNumbers, NumbersSummary } from "./numbers-summary";
import { PhoneNumberCard } from "./phone-number-card";
import { type ColumnOptions, createPhoneNumberColumns } from "./phone-number-columns";
import { filterParsers, isFiltered, type StatusTab, toListQuery } from "./phone-number-filters";
import type { NumberAction } from "./phone-number-menu";
import { PhoneNumberToolbar } from "./phone-number-toolbar";
import { useBuyDialog } from "./use-buy-dialog";
import { useEditRow } from "./use-edit-row";
import { useNumberPermissions } from "./use-number-permissions";
import { describeProblem, useOrganization, usePhoneNumbers } from "./use-phone-numbers";
import { useUndoRelease } from "./use-release";
import { useSettledToasts } from "./use-settled-toasts";

const readId = (number: PhoneNumber) => number.id;
const readName = (number: PhoneNumber) => number.formatted.international;

const inUse = { createColumns: createPhoneNumberColumns, Card: PhoneNumberCard };

/** What a tab shows of its numbers. */
const layouts = {
  all: inUse,
  assigned: inUse,
  idle: inUse,
  releasing: { createColumns: createReleasingColumns, Card: ReleasingCard },
  released: { createColumns: createReleasedColumns, Card: ReleasedCard },
} as const satisfies Record<StatusTab, unknown>;

export function PhoneNumbersView() {
  const [filters, setFilters] = useQueryStates(filterParsers);
  const permissions = useNumberPermissions();
  const searchRef = useRef<HTMLInputElement>(null);
  const [action, setAction] = useState<RowAction | null>(null);
  const openNumber = useCallback((number: PhoneNumber) => setAction({ type: "open", number }), []);
  const buy = useBuyDialog(openNumber);
  const numbers = usePhoneNumbers(toListQuery(filters));
  const rows = useRows(numbers.data);
  useSettledToasts(rows, buy.shownNumber);

  useShortcut("/", "Filter numbers", () => searchRef.current?.focus());
  useShortcut("b", "Buy number", () => buy.open(), { enabled: permissions.buy });
  usePaletteCommands(
    useMemo(
      () =>
        permissions.buy
          ? [{ id: "buy-number", label: "Buy number", icon: Plus, shortcut: "b", run: () => buy.open() }]
          : [],
      [permissions.buy, buy.open],
    ),
  );

  const loadMore = () => {
    if (numbers.hasNextPage && !numbers.isFetching) numbers.fetchNextPage();
  };

  const edit = useEditRow();
  const { mutate: undoRelease } = useUndoRelease();
  const { open: openBuy } = buy;
  const act = useCallback(
    (type: NumberAction, number: PhoneNumber) => {
      if (type === "undo_release") undoRelease(number);
      else if (type === "lock" || type === "unlock") edit.lock(number, type === "lock");
      else if (type === "buy_again") openBuy(number);
      else setAction({ type, number });
    },
    [undoRelease, edit, openBuy],
  );
  const options = useMemo<ColumnOptions>(
    () => ({ permissions, onShare: edit.share, onAction: act }),
    [permissions, edit, act],
  );
  const { createColumns, Card } = layouts[filters.status];
  const columns = useMemo(() => createColumns(options), [createColumns, options]);

  return (
    <Page fill>
      <PageHeader
        actions={
          permissions.buy && (
            <Button
              aria-keyshortcuts="b"
              onClick={() => buy.open()}
              onFocus={buy.preload}
              onPointerEnter={buy.preload}
              variant="primary"
            >
              <Plus aria-hidden />
              Buy number
            </Button>
          )
        }
        description={<NumbersSummary />}
        title="Phone numbers"
      />
      <PhoneNumberToolbar filters={filters} onChange={setFilters} searchRef={searchRef} />
      <DataTable
        columns={columns}
        empty={
          <NoNumbers
            filters={filters}
            onBuy={permissions.buy ? () => buy.open() : undefined}
            onClear={() =>
              setFilters({
                q: null,
                status: null,
                agent_id: null,
                country_code: null,
                phone_number_type: null,
              })
            }
          />
        }
        error={numbers.isError ? <ListError query={numbers} /> : undefined}
        fetching={numbers.isFetching && !numbers.isFetchingNextPage}
        footer={
          rows &&
          rows.length > 0 && (
            <LoadMore
              hasMore={numbers.hasNextPage}
              onLoadMore={loadMore}
              pending={numbers.isFetchingNextPage}
              summary={<ShownCount filtered={isFiltered(filters)} shown={rows.length} />}
            />
          )
        }
        getRowId={readId}
        getRowLabel={readName}
        label="Phone numbers"
        minWidth="67rem"
        onApproach={preloadNumberDialogs}
        onNearEnd={loadMore}
        onOpenRow={openNumber}
        onSortingChange={(sorting) => setFilters({ sort: toSort(sorting) })}
        openRowId={action?.number.id ?? null}
        renderCard={(number) => <Card number={number} options={options} />}
        rows={rows}
        sorting={toSorting(filters.sort)}
      />
      <NumberDialogs
        action={action}
        onAction={act}
        onClose={() => setAction(null)}
        permissions={permissions}
      />
      {buy.element}
    </Page>
  );
}

function useRows(data: ReturnType<typeof usePhoneNumbers>["data"]): PhoneNumber[] | undefined {
  return useMemo(() => {
    if (!data) return undefined;
    // A row that moved between two fetches may stand on two pages; the table wants each id once.
    const byId = new Map(data.pages.flatMap((page) => page.data).map((number) => [number.id, number]));
    return [...byId.values()];
  }, [data]);
}

function toSorting(sort: NumberSort): DataTableSorting {
  return { id: sort.replace("-", ""), desc: sort.startsWith("-") };
}

function toSort({ id, desc }: DataTableSorting): NumberSort {
  return `${desc ? "-" : ""}${id}` as NumberSort;
}

function ShownCount({ shown, filtered }: { shown: number; filtered: boolean }) {
  const { data } = useOrganization();
  if (filtered || !data || data.numbers <= shown) return countNumbers(shown);
  return `Showing ${shown} of ${countNumbers(data.numbers)}`;
}

function ListError({ query }: { query: ReturnType<typeof usePhoneNumbers> }) {
  const retry = () => query.refetch();
  if (!query.data) {
    return (
      <ErrorState
        description={describeProblem(query.error)}
        onRetry={retry}
        retryPending={query.isFetching}
        title="The numbers could not be loaded"
      />
    );
  }
  return (
    <Alert
      action={
        <Button onClick={retry} pending={query.isFetching} size="sm">
          Try again
        </Button>
      }
      title="These rows may be out of date"
      tone="careful"
    >
      {describeProblem(query.error)}
    </Alert>
  );
}
