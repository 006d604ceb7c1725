"use client";

import { SearchX } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Flag } from "@/components/ui/flag";
import { LiveRegion } from "@/components/ui/live-region";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem } from "@/lib/api/client";
import type { AvailableNumber, PhoneNumber, SearchAlternative } from "@/lib/phone-numbers/schema";
import { countryName } from "./country-name";
import { formatClock } from "./format-date";
import { formatMoney, isZero } from "./format-money";
import { type DigitWish, markDigits } from "./mark-digits";
import { describePlace } from "./number-facts";
import { typeNames } from "./number-types";
import { countNumbers } from "./numbers-summary";
import { type SearchQuery, searchFor } from "./search-query";
import { type NumberSearch, resultLimit } from "./use-number-search";
import { describeProblem } from "./use-phone-numbers";

export interface SearchResultsProps {
  search: NumberSearch;
  /** The number the first search was for. */
  again: PhoneNumber | undefined;
  /** Numbers sold meanwhile, to us or to others, which the list may still hold. */
  gone: ReadonlySet<string>;
  onChoose: (offer: AvailableNumber) => void;
  /** The number whose confirmation was left: its button gets the focus back. */
  returnTo: string | null;
}

export function SearchResults({ search, again, gone, onChoose, returnTo }: SearchResultsProps) {
  const { result, query } = search;
  const offers = result.data?.data.filter((offer) => !gone.has(offer.phone_number)) ?? [];
  const hasFieldIssues = result.error instanceof ApiProblem && result.error.errors.length > 0;

  return (
    <section aria-busy={result.isFetching} aria-label="Search results" className="flex flex-col gap-2">
      <LiveRegion>{describeOutcome(result.isFetching, offers.length)}</LiveRegion>
      {result.isPending && <ResultSkeletons />}
      {result.isError && !hasFieldIssues && (
        <ErrorState
          description={describeProblem(result.error)}
          onRetry={() => result.refetch()}
          retryPending={result.isFetching}
          title="The search did not work"
        />
      )}
      {result.data && offers.length > 0 && (
        <>
          <p className="tabular text-muted-foreground">
            Prices and availability as of {formatClock(result.dataUpdatedAt)}. A number is yours only once
            bought.
          </p>
          <ul aria-label="Available numbers" className="flex flex-col rounded border">
            {offers.map((offer) => (
              <Offer
                focused={offer.phone_number === returnTo}
                key={offer.phone_number}
                offer={offer}
                onChoose={onChoose}
                wish={{ areaCode: query.area_code, contains: query.contains, match: query.match }}
              />
            ))}
          </ul>
        </>
      )}
      {result.data && offers.length === 0 && (
        <NothingFound
          again={again && searchFor(again).contains === query.contains ? again : undefined}
          alternatives={result.data.alternatives}
          onTake={search.take}
          query={query}
        />
      )}
    </section>
  );
}

function describeOutcome(isFetching: boolean, count: number): string {
  if (isFetching) return "Searching";
  return count > 0 ? `${countNumbers(count)} found` : "No number found";
}

const skeletonKeys = ["a", "b", "c", "d", "e", "f"];

function ResultSkeletons() {
  return (
    <div aria-hidden>
      <Skeleton className="my-1 w-80 max-w-full" />
      <ul className="mt-2 flex flex-col rounded border">
        {skeletonKeys.map((key) => (
          <li className="flex min-h-14 items-center gap-4 border-b px-3 last:border-b-0" key={key}>
            <Skeleton className="w-1/3" />
            <Skeleton className="w-1/4" />
            <Skeleton className="ml-auto w-16" />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface OfferProps {
  offer: AvailableNumber;
  wish: DigitWish;
  onChoose: (offer: AvailableNumber) => void;
  focused: boolean;
}

function Offer({ offer, wish, onChoose, focused }: OfferProps) {
  const name = offer.formatted.international;
  const buttonRef = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) buttonRef.current?.focus();
  }, [focused]);
  return (
    <li className="grid min-h-14 grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 border-b px-3 py-2 last:border-b-0 md:grid-cols-[minmax(0,4fr)_minmax(0,4fr)_minmax(0,3fr)_auto]">
      <div className="min-w-0">
        <p className="flex items-center gap-2 font-medium">
          <Flag country={offer.country_code} />
          <span className="tabular">
            {markDigits(offer.formatted, wish).map((part, index) => {
              const key = `${index} ${part.text}`;
              return part.marked ? (
                <mark className="text-accent-text bg-transparent font-bold" key={key}>
                  {part.text}
                </mark>
              ) : (
                <span key={key}>{part.text}</span>
              );
            })}
          </span>
        </p>
        <p className="text-muted-foreground truncate">{describePlace(offer)}</p>
      </div>
      <div className="min-w-0 max-md:col-start-1">
        <p className="truncate">
          {typeNames[offer.phone_number_type]} · {describeCapabilities(offer)}
        </p>
        <p className="text-muted-foreground truncate">{describePaperwork(offer)}</p>
      </div>
      <OfferPrice offer={offer} />
      <Button
        aria-label={`Buy ${name}`}
        className="max-md:col-start-2 max-md:row-span-3 max-md:row-start-1"
        onClick={() => onChoose(offer)}
        ref={buttonRef}
        size="sm"
      >
        Buy
      </Button>
    </li>
  );
}

function OfferPrice({ offer }: { offer: AvailableNumber }) {
  const cost = offer.cost_information;
  if (!cost) return <p className="text-muted-foreground max-md:col-start-1">No published price</p>;
  const setUp = { amount: cost.upfront_cost, currency: cost.currency };
  return (
    <div className="tabular max-md:col-start-1 md:text-right">
      <p>{formatMoney({ amount: cost.monthly_cost, currency: cost.currency })} a month</p>
      <p className="text-muted-foreground">
        {isZero(setUp) ? "No set-up fee" : `${formatMoney(setUp)} set-up fee`}
      </p>
    </div>
  );
}

function describeCapabilities({ capabilities }: AvailableNumber): string {
  const words = [capabilities.voice && "Voice", capabilities.sms && "SMS", capabilities.mms && "MMS"];
  return words.filter(Boolean).join(", ");
}

/** What the carrier asks for before it hands the number over, in words. */
export function describePaperwork(offer: AvailableNumber): string {
  const country = countryName(offer.country_code);
  switch (offer.address_requirement) {
    case "none":
      return "No paperwork";
    case "any":
      return "Address needed";
    case "local":
      return `Address in ${country} needed`;
    case "foreign":
      return `Address outside ${country} needed`;
  }
}

interface NothingFoundProps {
  again: PhoneNumber | undefined;
  query: SearchQuery;
  alternatives: SearchAlternative[];
  onTake: (query: SearchQuery) => void;
}

function NothingFound({ again, query, alternatives, onTake }: NothingFoundProps) {
  const advice =
    alternatives.length > 0
      ? "These searches have numbers:"
      : "Try another type or country, or fewer filters.";
  return (
    <EmptyState
      actions={alternatives.map((alternative) => (
        <Button key={alternative.label} onClick={() => onTake(alternative.query)}>
          {alternative.label} · {countAtLeast(alternative.results)}
        </Button>
      ))}
      description={
        again
          ? `Carriers keep a number that was given back off sale for a while. Try again later. ${advice}`
          : advice
      }
      icon={<SearchX />}
      title={again ? `${again.formatted.international} is not for sale right now` : describeNothing(query)}
    />
  );
}

/** An alternative is counted up to the size of one answer. */
function countAtLeast(results: number): string {
  return results >= resultLimit ? `${resultLimit}+ numbers` : countNumbers(results);
}

function describeNothing(query: SearchQuery): string {
  const where = query.area_code
    ? `in area code ${query.area_code}`
    : `in ${query.in_locality ?? query.in_region ?? countryName(query.country_code ?? "")}`;
  const what = query.contains ? `No number with ${query.contains.toUpperCase()}` : "No number";
  return `${what} ${where} is for sale right now`;
}
