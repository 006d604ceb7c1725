"use client";

import { lazy, Suspense } from "react";
import { cn } from "./cn";

const FlagSvg = lazy(() => import("./flag-svg"));

const countryNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

export type FlagProps = {
  /** ISO 3166-1 alpha-2, such as "US". */
  country: string;
  /** Set where the country is written beside the flag, so that it is not read twice. */
  decorative?: boolean;
  className?: string;
};

export function Flag({ country, decorative = false, className }: FlagProps) {
  const code = country.toUpperCase();
  const name = /^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? code) : code;
  const naming = decorative ? { "aria-hidden": true } : { role: "img", "aria-label": name, title: name };
  return (
    <span
      className={cn(
        "bg-muted outline-foreground/10 inline-block h-3 w-[18px] shrink-0 overflow-hidden rounded-[2px] align-middle outline outline-1 -outline-offset-1",
        className,
      )}
      {...naming}
    >
      <Suspense>
        <FlagSvg code={code} />
      </Suspense>
    </span>
  );
}
