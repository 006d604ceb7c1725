import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { ApiProblem } from "@/lib/api/client";
import type { Money } from "@/lib/phone-numbers/schema";
import { formatMoney } from "./format-money";

/** Refusals that the same order would meet again. */
const finalCodes = new Set([
  "number_limit_reached",
  "number_already_owned",
  "number_unavailable",
  "purchase_in_progress",
  "paperwork_required",
  "missing_scope",
]);

export function isFinalRefusal(problem: ApiProblem): boolean {
  return finalCodes.has(problem.code);
}

const nextSteps: Record<string, string> = {
  number_limit_reached:
    "Release a number you no longer need, or ask whoever runs this installation for a higher limit.",
  number_already_owned: "You will find it in your list.",
  number_unavailable: "Go back to the results and choose another number.",
  purchase_in_progress: "Its row in the list shows how it ends.",
  paperwork_required: "Choose a number that needs no paperwork.",
  carrier_refused: "Nothing is charged. Go back to the results and choose another number.",
  carrier_unreachable: "Nothing was bought. Try again in a moment.",
  carrier_busy: "Nothing was bought. Try again in a moment.",
  service_unavailable: "Try again in a moment.",
  nothing_ordered: "Try again.",
};

export interface RefusalAlertProps {
  problem: ApiProblem;
  onNoPaperwork: () => void;
  oldPrice?: Money | null;
  newPrice?: Money | null;
}

/** Why a purchase was refused and what to do next. */
export function RefusalAlert({ problem, onNoPaperwork, oldPrice, newPrice }: RefusalAlertProps) {
  if (problem.code === "price_changed" && newPrice) {
    return (
      <Alert announce title="The price has changed" tone="careful">
        {oldPrice && `It was ${formatMoney(oldPrice)} a month. `}
        It is now {formatMoney(newPrice)} a month. Nothing was bought; buy again to agree to the new price.
      </Alert>
    );
  }
  const carrierCode = problem.body.carrier_code;
  return (
    <Alert
      action={
        problem.code === "paperwork_required" && (
          <Button onClick={onNoPaperwork} size="sm">
            Show numbers without paperwork
          </Button>
        )
      }
      title={problem.detail}
      tone="danger"
    >
      {nextSteps[problem.code]}
      {typeof carrierCode === "string" && (
        <span className="text-muted-foreground block">Carrier code {carrierCode}</span>
      )}
    </Alert>
  );
}
