import { Hourglass, Phone, PhoneOff } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { isNarrowed, type NumberFilters } from "./phone-number-filters";

interface NoNumbersProps {
  filters: NumberFilters;
  onBuy: (() => void) | undefined;
  onClear: () => void;
}

/** Why there are no rows, and what to do about it. */
export function NoNumbers({ filters, onBuy, onClear }: NoNumbersProps) {
  if (filters.status === "releasing" && !isNarrowed(filters)) {
    return (
      <EmptyState
        description="A number that you release after some days waits here, and can be taken back until then."
        icon={<Hourglass />}
        title="No number is being released"
      />
    );
  }
  if (filters.status === "released" && !isNarrowed(filters)) {
    return (
      <EmptyState
        description="Numbers that were given back stay here with what they were used in, and can be bought again while they are for sale."
        icon={<PhoneOff />}
        title="No number has been released"
      />
    );
  }
  if (filters.status !== "all" || isNarrowed(filters)) {
    return (
      <EmptyState
        actions={<Button onClick={onClear}>Clear filters</Button>}
        title="No number matches these filters"
      />
    );
  }
  return (
    <EmptyState
      actions={
        onBuy && (
          <Button onClick={onBuy} variant="primary">
            Buy your first number
          </Button>
        )
      }
      description={
        onBuy
          ? "People call it to reach one of your agents, and your agents call from it."
          : "Ask an operator or admin to buy the first number."
      }
      icon={<Phone />}
      title="A phone number connects your agents to the telephone network"
    />
  );
}
