import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import type { Drift } from "@/lib/carrier-sync/schema";

type Side = NonNullable<Drift["expected"]>;

/** What is expected here and what the carrier says, side by side. */
export function DriftSides({ drift: { expected, observed } }: { drift: Drift }) {
  return (
    <div className="grid gap-px overflow-hidden rounded border sm:grid-cols-2">
      <SideBox title="Expected here">
        {expected ? <Expected side={expected} /> : <p>Nothing here knows this number.</p>}
      </SideBox>
      <SideBox title="The carrier says">
        {observed ? (
          <Observed expected={expected} side={observed} />
        ) : (
          <p>The carrier does not list this number.</p>
        )}
      </SideBox>
    </div>
  );
}

function SideBox({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="outline-border flex min-w-0 flex-col gap-2 p-3 outline outline-1">
      <h4 className="text-muted-foreground text-xs font-medium">{title}</h4>
      {children}
    </section>
  );
}

/** Of what it says nothing about, nothing is expected. */
function Expected({ side: { voice_url, tag } }: { side: Side }) {
  return (
    <Facts>
      {voice_url !== null && (
        <Fact name="Calls go to">
          <Url url={voice_url} />
        </Fact>
      )}
      {tag !== null && <Fact name="Tag">{tag}</Fact>}
    </Facts>
  );
}

function Observed({ side, expected }: { side: Side; expected: Side | null }) {
  const differs = (fact: keyof Side) =>
    (expected?.[fact] ?? null) !== null && expected?.[fact] !== side[fact];
  return (
    <Facts>
      <Fact differs={differs("voice_url")} name="Calls go to">
        {side.voice_url ? <Url url={side.voice_url} /> : "Nowhere"}
      </Fact>
      <Fact differs={differs("tag")} name="Tag">
        {side.tag || "None"}
      </Fact>
      {differs("carrier_number_id") && (
        <Fact differs name="Carrier's id">
          {side.carrier_number_id ?? "None"}
        </Fact>
      )}
    </Facts>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col gap-2">{children}</dl>;
}

function Fact({ name, differs = false, children }: { name: string; differs?: boolean; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted-foreground flex items-center gap-2 text-xs">
        {name}
        {differs && <Badge tone="careful">Differs</Badge>}
      </dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}

function Url({ url }: { url: string }) {
  return <span className="font-mono text-xs">{url}</span>;
}
