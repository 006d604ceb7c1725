import type { ReactNode } from "react";

/** A named fact on the card that stands for a row on a phone; inside a `<dl>`. */
export function CardFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted-foreground text-xs">{name}</dt>
      <dd className="truncate">{children}</dd>
    </div>
  );
}
