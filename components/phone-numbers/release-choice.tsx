"use client";

import { useId } from "react";
import { ChoiceCard, ChoiceCards } from "@/components/ui/choice-cards";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ReleasePlan } from "@/lib/phone-numbers/schema";
import { Moment } from "./moment";
import { describeCost, mostDays, type When } from "./release-when";

interface ReleaseChoiceProps {
  plan: ReleasePlan;
  when: When;
  onWhenChange: (when: When) => void;
  days: string;
  daysIssue: string | undefined;
  onDaysChange: (days: string) => void;
  /** Null while the server works out what these days come to. */
  releaseAt: string | null;
  offersRenewal: boolean;
}

/** When it is released, and what that costs still. */
export function ReleaseChoice(props: ReleaseChoiceProps) {
  const { plan, when, days, releaseAt } = props;
  const headingId = useId();
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium" id={headingId}>
        When
      </h3>
      <ChoiceCards
        aria-labelledby={headingId}
        onValueChange={(value) => props.onWhenChange(value as When)}
        value={when}
      >
        <ChoiceCard
          description={
            releaseAt && (
              <>
                On <Moment className="tabular" iso={releaseAt} />. Until then you can undo it.{" "}
                {describeCost(plan, releaseAt)}
              </>
            )
          }
          label={`After ${days === "1" ? "1 day" : `${days || "…"} days`}`}
          value="days"
        >
          {when === "days" && (
            <Field error={props.daysIssue} label="Days to wait">
              <Input
                autoComplete="off"
                className="tabular max-w-20"
                inputMode="numeric"
                maxLength={2}
                onChange={(event) => props.onDaysChange(event.target.value)}
                value={days}
              />
            </Field>
          )}
        </ChoiceCard>
        {props.offersRenewal && plan.before_renewal_at && (
          <ChoiceCard
            description={
              <>
                On <Moment className="tabular" iso={plan.before_renewal_at} />. Until then you can undo it.{" "}
                {describeCost(plan, plan.before_renewal_at)}
              </>
            }
            label="Before the next renewal"
            value="before_renewal"
          />
        )}
        <ChoiceCard
          description={`At once and for good. ${describeCost(plan, null)}`}
          label="Now"
          value="now"
        />
      </ChoiceCards>
    </section>
  );
}

export const daysIssue = `Write a number of days from 1 to ${mostDays}.`;
