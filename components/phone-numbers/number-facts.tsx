import type { ReactNode } from "react";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { Countdown } from "./countdown";
import { countryName } from "./country-name";
import { DriftBadge, describeDrift } from "./drift-badge";
import { formatDay } from "./format-date";
import { leavingWords } from "./leaving-words";
import { Moment } from "./moment";
import { NumberStatus, readStatus } from "./number-status";
import { typeNames } from "./number-types";
import { MonthlyCost } from "./phone-number-columns";

/** What a number is, in the panel that opens from its row. */
export function NumberFacts({ number }: { number: PhoneNumber }) {
  const capabilities = (["voice", "sms", "mms"] as const).filter((name) => number.capabilities[name]);
  return (
    <dl className="grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1.5">
      <Fact name="Status">
        <NumberStatus full number={number} />
        <span className="text-muted-foreground block">{readStatus(number).reason}</span>
      </Fact>
      {number.drift && (
        <Fact name="At the carrier">
          <DriftBadge drift={number.drift} name={number.formatted.international} />
          <span className="text-muted-foreground block">{describeDrift(number.drift)}</span>
        </Fact>
      )}
      {number.release && <ReleaseFacts number={number} release={number.release} />}
      <Fact name="Monthly cost">
        <MonthlyCost number={number} />
        {number.renews_on && (
          <span className="text-muted-foreground"> · renews {formatDay(number.renews_on)}</span>
        )}
      </Fact>
      <Fact name="Type">
        {typeNames[number.phone_number_type]} · {describePlace(number)}
      </Fact>
      <Fact name="Can do">
        {capabilities.map((name) => (name === "voice" ? "Voice" : name.toUpperCase())).join(", ")}
      </Fact>
      {number.purchased_at && (
        <Fact name="Bought">
          <Moment className="tabular" iso={number.purchased_at} />
        </Fact>
      )}
      {number.released_at && (
        <Fact name={leavingWords(number).past}>
          <Moment className="tabular" iso={number.released_at} />
        </Fact>
      )}
    </dl>
  );
}

interface ReleaseFactsProps {
  number: PhoneNumber;
  release: NonNullable<PhoneNumber["release"]>;
}

function ReleaseFacts({ number, release }: ReleaseFactsProps) {
  return (
    <>
      {number.status === "held" && (
        <Fact name="Released">
          <Countdown number={number} />
        </Fact>
      )}
      <Fact name="Asked for">
        <Moment className="tabular" iso={release.requested_at} />
        <span className="text-muted-foreground"> · {release.requested_by}</span>
      </Fact>
    </>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

export function describePlace(place: {
  locality: string | null;
  region: string | null;
  country_code: string;
}): string {
  const local = [place.locality, place.region].filter(Boolean).join(", ");
  return local || countryName(place.country_code);
}
