"use client";

import { Skeleton } from "@/components/ui/skeleton";
import { formatMoney } from "./format-money";
import { useOrganization } from "./use-phone-numbers";

/** "42 numbers · $61.40 a month · limit 50" */
export function NumbersSummary() {
  const { data, isError } = useOrganization();
  if (isError && !data) return null;
  if (!data) return <Skeleton className="my-1 w-64" />;

  const monthly = data.monthly_cost.map(formatMoney).join(" + ") || "$0.00";
  return (
    <p className="tabular">
      {countNumbers(data.numbers)} · {monthly} a month · limit {data.number_limit}
    </p>
  );
}

export function countNumbers(count: number): string {
  return count === 1 ? "1 number" : `${count.toLocaleString("en-US")} numbers`;
}
