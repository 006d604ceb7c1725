"use client";

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem } from "@/lib/api/client";
import type { AvailableNumber, Money, PurchaseNumberBody, PurchasePlan } from "@/lib/phone-numbers/schema";
import { formatDay } from "./format-date";
import { formatMoney, isZero } from "./format-money";
import { describePlace, Fact } from "./number-facts";
import { typeNames } from "./number-types";
import { isFinalRefusal, RefusalAlert } from "./refusal-alert";
import { describePaperwork } from "./search-results";
import { emptyDraft, type SlotDraft, type SlotDrafts } from "./slot-draft";
import { SlotFields } from "./slot-fields";
import { describeProblem, useManagedAccounts } from "./use-phone-numbers";
import { usePurchasePlan } from "./use-purchase";

export interface PurchaseConfirmProps {
  offer: AvailableNumber;
  /** Why the last attempt was refused. */
  problem: ApiProblem | null;
  /** What the last attempt asked for, so that a refusal costs nobody what they had filled in. */
  sent: PurchaseNumberBody | null;
  onBuy: (body: PurchaseNumberBody) => void;
  onBack: () => void;
  onNoPaperwork: () => void;
  onSold: () => void;
}

export function PurchaseConfirm(props: PurchaseConfirmProps) {
  const { offer, onBack, onSold } = props;
  const plan = usePurchasePlan(offer);
  const planProblem = plan.error instanceof ApiProblem ? plan.error : null;
  if (plan.data) return <ConfirmForm {...props} plan={plan.data} />;

  return (
    <Stage
      footer={<Button onClick={onBack}>Back to results</Button>}
      label={`Order summary of ${offer.formatted.international}`}
    >
      {planProblem?.code === "number_unavailable" ? (
        <Alert
          action={
            <Button onClick={onSold} size="sm">
              Show numbers that are still there
            </Button>
          }
          title={planProblem.detail}
          tone="danger"
        />
      ) : planProblem && isFinalRefusal(planProblem) ? (
        <RefusalAlert onNoPaperwork={props.onNoPaperwork} problem={planProblem} />
      ) : plan.isError ? (
        <ErrorState
          description={describeProblem(plan.error)}
          onRetry={() => plan.refetch()}
          retryPending={plan.isFetching}
          title="The order could not be prepared"
        />
      ) : (
        <div aria-busy className="flex flex-col gap-4 py-2">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/3" />
        </div>
      )}
    </Stage>
  );
}

function ConfirmForm({
  offer,
  plan,
  problem,
  sent,
  onBuy,
  onBack,
  onNoPaperwork,
}: PurchaseConfirmProps & { plan: PurchasePlan }) {
  const [drafts, setDrafts] = useState<SlotDrafts>({
    inbound: fromWish(sent?.inbound),
    outbound: fromWish(sent?.outbound),
  });
  const [both, setBoth] = useState(false);
  const [label, setLabel] = useState(sent?.label ?? "");
  const name = offer.formatted.international;
  const changed = problem?.code === "price_changed" ? readNewPrice(problem) : null;
  const monthly = changed ?? plan.monthly_cost;
  const blocked = problem !== null && isFinalRefusal(problem);
  const labelIssue = problem?.errors.find((issue) => issue.path === "label");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onBuy({
      phone_number: offer.phone_number,
      ...(monthly ? { expected_monthly_cost: monthly.amount } : {}),
      ...(label.trim() ? { label: label.trim() } : {}),
      ...toWishes(drafts),
    });
  };

  return (
    <form className="contents" onSubmit={submit}>
      <Stage
        footer={
          <>
            <Button onClick={onBack}>Back to results</Button>
            {!blocked && (
              <Button className="tabular" type="submit" variant="primary">
                Buy {name}
                {monthly && ` · ${formatMoney(monthly)}/month`}
              </Button>
            )}
          </>
        }
        label={`Order summary of ${name}`}
      >
        {problem && (
          <RefusalAlert
            newPrice={changed}
            oldPrice={readOldPrice(plan, sent)}
            onNoPaperwork={onNoPaperwork}
            problem={problem}
          />
        )}
        {!problem && <PriceNotice listed={offer.cost_information?.monthly_cost} now={plan.monthly_cost} />}
        <OrderSummary monthly={monthly} offer={offer} plan={plan} />
        <section className="flex flex-col gap-4 border-t pt-4">
          <h3 className="font-medium">
            Agents and label <span className="text-muted-foreground font-normal">· optional, can wait</span>
          </h3>
          <SlotFields both={both} drafts={drafts} onBothChange={setBoth} onChange={setDrafts} name={name} />
          <Field error={labelIssue?.message} label="Label">
            <Input
              aria-label={`Label for ${name}`}
              maxLength={80}
              onChange={(event) => setLabel(event.target.value)}
              placeholder="Support line"
              value={label}
            />
          </Field>
        </section>
      </Stage>
    </form>
  );
}

/** The price may have moved between the list and this step; who clicks fast must see it. */
function PriceNotice({ listed, now }: { listed: string | undefined; now: Money | null }) {
  if (!listed || !now || Number(listed) === Number(now.amount)) return null;
  return (
    <Alert announce title="The price has changed" tone="careful">
      {`The list said ${formatMoney({ ...now, amount: listed })} a month. It is now ${formatMoney(now)} a month.`}
    </Alert>
  );
}

/** The frame of a stage. It takes the focus, because the control that led here is gone. */
export function Stage({
  label,
  children,
  footer,
}: {
  label: string;
  children: ReactNode;
  footer: ReactNode;
}) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <DialogBody>
        <section aria-label={label} className="flex flex-col gap-4 outline-none" ref={ref} tabIndex={-1}>
          {children}
        </section>
      </DialogBody>
      <DialogFooter>{footer}</DialogFooter>
    </>
  );
}

function OrderSummary({
  offer,
  plan,
  monthly,
}: {
  offer: AvailableNumber;
  plan: PurchasePlan;
  monthly: Money | null;
}) {
  return (
    <dl className="tabular grid grid-cols-[9rem_1fr] gap-x-4 gap-y-2">
      <Fact name="Number">
        <span className="font-medium">{offer.formatted.international}</span>
        <span className="text-muted-foreground">
          {" "}
          · {typeNames[offer.phone_number_type]} · {describePlace(offer)}
        </span>
      </Fact>
      <Fact name="First charge today">
        {plan.first_charge ? formatMoney(plan.first_charge) : "Not published"}
      </Fact>
      <Fact name="Monthly cost">
        {monthly ? formatMoney(monthly) : "Not published"}
        <SetUpFee offer={offer} />
      </Fact>
      <Fact name="Renews on">{formatDay(plan.renews_on)}, then every month on this day</Fact>
      <Fact name="Plan">
        {plan.numbers_after} of {plan.number_limit} numbers after this purchase
      </Fact>
      <Fact name="Account">
        <AccountLine />
      </Fact>
      <Fact name="Paperwork">{describePaperwork(offer)}</Fact>
      <Fact name="Charged apart">Calls, per minute. They are not part of the monthly cost.</Fact>
    </dl>
  );
}

function SetUpFee({ offer }: { offer: AvailableNumber }) {
  if (!offer.cost_information) return null;
  const fee = { amount: offer.cost_information.upfront_cost, currency: offer.cost_information.currency };
  if (isZero(fee)) return null;
  return <span className="text-muted-foreground"> · {formatMoney(fee)} set-up fee, once</span>;
}

const carrierNames = { twilio: "Twilio", telnyx: "Telnyx" };

function AccountLine() {
  const accounts = useManagedAccounts({ enabled: true });
  const account = accounts.data?.data.find((candidate) => candidate.is_default) ?? accounts.data?.data[0];
  if (!account) return accounts.isPending ? <Skeleton className="my-1 w-40" /> : "Managed account";
  if (account.is_local) return "Local carrier, no real money";
  return `${account.name} · ${carrierNames[account.carrier]}`;
}

function fromWish(wish: PurchaseNumberBody["inbound"]): SlotDraft {
  return wish ? { agentId: wish.agent_id, version: wish.version } : emptyDraft;
}

/** The plan is read anew after a refusal and may know the new price already; what was agreed to is what was sent. */
function readOldPrice(plan: PurchasePlan, sent: PurchaseNumberBody | null): Money | null {
  if (!plan.monthly_cost || !sent?.expected_monthly_cost) return plan.monthly_cost;
  return { amount: sent.expected_monthly_cost, currency: plan.monthly_cost.currency };
}

function toWishes(drafts: SlotDrafts) {
  const toWish = ({ agentId, version }: SlotDraft) =>
    agentId === null ? null : { agent_id: agentId, version };
  const inbound = toWish(drafts.inbound);
  const outbound = toWish(drafts.outbound);
  return { ...(inbound ? { inbound } : {}), ...(outbound ? { outbound } : {}) };
}

/** The price the carrier asks now, from the body of a `price_changed` answer. */
function readNewPrice({ body }: ApiProblem): Money | null {
  const cost = body.cost_information;
  if (typeof cost !== "object" || cost === null) return null;
  if (!("monthly_cost" in cost) || !("currency" in cost)) return null;
  const { monthly_cost: amount, currency } = cost;
  return typeof amount === "string" && typeof currency === "string" ? { amount, currency } : null;
}
