import { hasScope, type Scope } from "../permissions";
import type { DriftAction, DriftKind } from "./schema";
import { type DriftRow, isOnItsWayBack } from "./store";

/** What may be done about a difference, by its kind, how its row stands now, and the rights of who asks. */

const takingOver: readonly DriftAction[] = ["adopt", "give_back", "accept"];

const actionsOfKind: Record<DriftKind, readonly DriftAction[]> = {
  unknown_number: takingOver,
  lost_purchase: takingOver,
  quarantined: takingOver,
  missing: ["detach"],
  rewired: ["rewire", "accept"],
  duplicate: ["give_back", "accept"],
};

/** Rights beside those that open the operation itself. */
export const scopesOfAction: Record<DriftAction, readonly Scope[]> = {
  adopt: ["managed_accounts:manage"],
  give_back: ["managed_accounts:manage", "phone_numbers:release"],
  rewire: ["managed_accounts:manage"],
  accept: ["managed_accounts:manage"],
  detach: ["managed_accounts:manage"],
};

export function fittingActions(drift: DriftRow): DriftAction[] {
  if (drift.status === "settled" || isOnItsWayBack(drift)) return [];
  return actionsOfKind[drift.kind].filter((action) => fits(action, drift));
}

export function permittedActions(drift: DriftRow, scopes: ReadonlySet<Scope>): DriftAction[] {
  return fittingActions(drift).filter((action) =>
    scopesOfAction[action].every((scope) => hasScope(scopes, scope)),
  );
}

export const lockedSentence =
  "This number is locked. Adopt it instead; then it can be unlocked and released.";

/** Whether somebody locked the very number it is about, so that it is not given back by mistake. */
export function isLocked({ carrierNumberId, phoneNumberRow: row }: DriftRow): boolean {
  return row?.carrierNumberId === carrierNumberId && row?.locked === true;
}

function fits(action: DriftAction, drift: DriftRow): boolean {
  const { kind, status, phoneNumber, phoneNumberRow: row } = drift;
  switch (action) {
    case "accept":
      return status === "open";
    case "rewire":
      return row?.state === "active" || row?.state === "held";
    case "give_back":
      // Two of the same digits cannot both have a row, and without one nothing is given back.
      return (
        !isLocked(drift) &&
        (kind !== "duplicate" || row?.phoneNumber !== phoneNumber || row.state === "quarantined")
      );
    default:
      return true;
  }
}
