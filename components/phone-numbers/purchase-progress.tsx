"use client";

import { Check, Circle } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { LiveRegion } from "@/components/ui/live-region";
import { Spinner } from "@/components/ui/spinner";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { Stage } from "./purchase-confirm";
import type { Purchase } from "./use-purchase";

export interface PurchaseProgressProps {
  /** The number as people write it. */
  name: string;
  purchase: Purchase;
  onClose: () => void;
  onBuyAnother: () => void;
  onAssign: (number: PhoneNumber) => void;
}

/** How far the order is. Ends in "bought"; a refusal leads back to the confirmation. */
export function PurchaseProgress({ name, purchase, onClose, onBuyAnother, onAssign }: PurchaseProgressProps) {
  const bought = purchase.phase === "bought" ? purchase.number : null;
  return (
    <Stage
      footer={
        bought ? (
          <>
            <Button onClick={onBuyAnother}>Buy another</Button>
            {bought.status === "active" && <Button onClick={() => onAssign(bought)}>Assign agents</Button>}
            <Button onClick={onClose} variant="primary">
              Done
            </Button>
          </>
        ) : (
          <>
            <p className="text-muted-foreground sm:mr-auto">Closing does not cancel the order.</p>
            <Button onClick={onClose}>Close</Button>
          </>
        )
      }
      label={`Order of ${name}`}
    >
      <OrderSteps purchase={purchase} />
      <LiveRegion visible>
        <p className="text-base font-medium">{describePhase(purchase, name)}</p>
      </LiveRegion>
    </Stage>
  );
}

const steps = [
  { name: "Claimed", doing: "Writing the order down" },
  { name: "Bought", doing: "Asking the carrier" },
  { name: "Wired", doing: "Pointing its calls at Linedesk" },
  { name: "Live", doing: "Ready for calls" },
];

function countDone(purchase: Purchase): number {
  if (purchase.phase === "checking") return 1;
  if (purchase.phase !== "bought") return 0;
  return purchase.number.status === "active" ? steps.length : 2;
}

function OrderSteps({ purchase }: { purchase: Purchase }) {
  const done = countDone(purchase);
  return (
    <ol aria-label="Steps of the order" className="flex flex-col gap-3">
      {steps.map((step, index) => {
        const state = index < done ? "done" : index === done ? "under way" : "waiting";
        return (
          <li
            aria-current={state === "under way" ? "step" : undefined}
            className={cn("flex items-center gap-3", state === "waiting" && "text-muted-foreground")}
            key={step.name}
          >
            {state === "done" && <Check aria-hidden className="text-good size-4" />}
            {state === "under way" && <Spinner className="text-accent-text" />}
            {state === "waiting" && <Circle aria-hidden className="text-input size-4" />}
            <span>
              <span className="font-medium">{step.name}</span>
              {state === "under way" && <span className="text-muted-foreground"> · {step.doing}</span>}
              <span className="sr-only">, {state}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function describePhase(purchase: Purchase, name: string): string {
  switch (purchase.phase) {
    case "unknown":
      return "We do not know yet whether the order arrived. We are looking it up; you will not be charged twice.";
    case "checking":
      return "We are checking with the carrier. You will not be charged twice.";
    case "bought":
      return purchase.number.status === "active"
        ? `${name} is yours and ready for calls.`
        : `${name} is yours. The carrier waits for documents before it works.`;
    default:
      return `Buying ${name}`;
  }
}
