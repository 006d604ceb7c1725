import type { ReactNode } from "react";

interface CardFactProps {
  name: string;
  children: ReactNode;
  /** Takes a line of its own and is shown whole. */
  wide?: boolean;
}

/** A named fact on the card that stands for a row on a phone; inside a `<dl>`. */
export function CardFact({ name, children, wide = false }: CardFactProps) {
  return (
    <div className={wide ? "col-span-full min-w-0" : "min-w-0"}>
      <dt className="text-muted-foreground text-xs">{name}</dt>
      <dd className={wide ? undefined : "truncate"}>{children}</dd>
    </div>
  );
}
