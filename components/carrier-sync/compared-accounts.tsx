"use client";

import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle } from "lucide-react";
import { Status } from "@/components/ui/badge";
import type { CarrierSync, CarrierSyncOverview } from "@/lib/carrier-sync/schema";
import { Moment } from "../phone-numbers/moment";
import { countNumbers } from "../phone-numbers/numbers-summary";
import { countDifferences } from "./count-differences";

/** When each carrier account was last compared, how that went, and when the next comparison begins. */
export function ComparedAccounts({ overview }: { overview: CarrierSyncOverview }) {
  return (
    <ul aria-label="Carrier accounts" className="divide-y rounded border">
      {overview.data.map(
        ({ managed_account_id, managed_account_name, latest, last_completed_at, next_at }) => (
          <li
            className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-2 lg:grid-cols-[minmax(8rem,2fr)_minmax(12rem,3fr)_14rem_10rem]"
            key={managed_account_id}
          >
            <p className="truncate font-medium">{managed_account_name}</p>
            <Outcome latest={latest} />
            <p className="tabular">
              <span className="text-muted-foreground">Last compared </span>
              {last_completed_at ? <Moment iso={last_completed_at} show="short" /> : "never"}
            </p>
            <p className="tabular">
              <span className="text-muted-foreground">Next </span>
              <Moment iso={next_at} show="short" />
            </p>
          </li>
        ),
      )}
    </ul>
  );
}

function Outcome({ latest }: { latest: CarrierSync | null }) {
  if (!latest) return <Status icon={<CircleDashed aria-hidden />}>Not compared yet</Status>;
  switch (latest.status) {
    case "running":
      return (
        <Status icon={<LoaderCircle aria-hidden className="text-accent-text animate-spin" />}>
          Comparing…
        </Status>
      );
    case "failed":
      return (
        <Status icon={<CircleAlert aria-hidden className="text-danger" />}>Could not be compared</Status>
      );
    case "completed":
      return (
        <Status icon={<CircleCheck aria-hidden className="text-good" />}>{describeFindings(latest)}</Status>
      );
  }
}

/** Counts are of the whole account and told to those who run the installation. */
function describeFindings({ numbers_seen, drifts_seen }: CarrierSync): string {
  if (numbers_seen === null || drifts_seen === null) return "Compared";
  const differences = drifts_seen === 0 ? "no differences" : countDifferences(drifts_seen);
  return `${countNumbers(numbers_seen)}, ${differences}`;
}
