import { cn } from "./cn";

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
  return (
    // biome-ignore lint/performance/noImgElement: a few hundred bytes of SVG, for which no size would be better.
    <img
      alt={decorative ? "" : name}
      className={cn(
        "bg-muted outline-foreground/10 inline-block h-3 w-[18px] shrink-0 rounded-[2px] align-middle outline outline-1 -outline-offset-1",
        className,
      )}
      decoding="async"
      height={12}
      loading="lazy"
      src={`/flags/${encodeURIComponent(code)}`}
      title={decorative ? undefined : name}
      width={18}
    />
  );
}
