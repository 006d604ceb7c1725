"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { Drift } from "@/lib/carrier-sync/schema";
import { formatMoney } from "../phone-numbers/format-money";
import { describeProblem, useOrganization } from "../phone-numbers/use-phone-numbers";
import { useResolveDrift } from "./use-carrier-sync";

export interface DecisionDialogProps {
  drift: Drift;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** With the difference as it is after the decision. */
  onDecided: (drift: Drift) => void;
}

/** What it will cost to keep a number that the carrier bills. */
export function AdoptDialog({ drift, open, onOpenChange, onDecided }: DecisionDialogProps) {
  return (
    <Dialog onOpenChange={onOpenChange} open={open}>
      <DialogContent size="sm" title={`Adopt ${drift.formatted.international}`}>
        <AdoptConfirm drift={drift} onClose={() => onOpenChange(false)} onDecided={onDecided} />
      </DialogContent>
    </Dialog>
  );
}

function AdoptConfirm({
  drift,
  onClose,
  onDecided,
}: Pick<DecisionDialogProps, "drift" | "onDecided"> & { onClose: () => void }) {
  const adopt = useResolveDrift();
  const { data: organization } = useOrganization();
  const confirm = () =>
    adopt.mutate(
      { drift, action: "adopt" },
      {
        onSuccess: (after) => {
          onDecided(after);
          onClose();
        },
      },
    );

  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <p>
          It becomes a number of {organization?.name ?? "your organization"} and gets our tag at the carrier.
          Its calls are sent here from then on.
        </p>
        <dl className="tabular grid grid-cols-[8rem_1fr] gap-y-1">
          <dt className="text-muted-foreground">Monthly cost</dt>
          <dd>{drift.monthly_cost ? formatMoney(drift.monthly_cost) : "What the carrier asks for it now"}</dd>
          <dt className="text-muted-foreground">Charged from</dt>
          <dd>Today</dd>
          {organization && (
            <>
              <dt className="text-muted-foreground">Numbers then</dt>
              {/* A number with a record here counts already. */}
              <dd>
                {organization.numbers + (drift.phone_number_id ? 0 : 1)} of {organization.number_limit}
              </dd>
            </>
          )}
        </dl>
        {adopt.error && <Alert tone="danger">{describeProblem(adopt.error)}</Alert>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Not now</Button>
        <Button onClick={confirm} pending={adopt.isPending} variant="primary">
          Adopt {drift.formatted.international}
        </Button>
      </DialogFooter>
    </>
  );
}
