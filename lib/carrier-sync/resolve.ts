import type { Ctx } from "../context";
import { database } from "../db/client";
import type { DriftResolution } from "../db/generated/enums";
import { AppError } from "../errors";
import { requireScope } from "../permissions";
import { acceptDifference } from "./accept";
import { adoptNumber } from "./adopt";
import { detachMissing } from "./detach";
import { fittingActions, isLocked, lockedSentence, scopesOfAction } from "./fitting-actions";
import { giveBack } from "./give-back";
import { rewireNumber } from "./rewire";
import type { Drift, DriftAction } from "./schema";
import { serializeDrift } from "./serialize";
import { type DriftRow, getDriftOrThrow, isOnItsWayBack, settledAlready } from "./store";

const acts: Record<DriftAction, (ctx: Ctx, drift: DriftRow) => Promise<void>> = {
  adopt: adoptNumber,
  give_back: giveBack,
  rewire: rewireNumber,
  accept: acceptDifference,
  detach: detachMissing,
};

const resolutions: Record<DriftAction, DriftResolution> = {
  adopt: "adopted",
  give_back: "given_back",
  rewire: "rewired",
  accept: "accepted",
  detach: "detached",
};

/**
 * Does one of a difference's actions and returns how it stands then: settled, accepted, or still open while a number is
 * on its way back to the carrier. Repeating it finishes what was begun and changes nothing once it is done. Throws
 * `missing_scope`, `not_found`, `drift_settled`, `drift_action_unfit`, `safe_mode`, `buying_stopped`,
 * `releasing_stopped`, `number_locked`, `number_limit_reached`, `number_already_owned`, `purchase_in_progress`,
 * `number_unavailable`, and the carrier's failures.
 */
export async function resolveDrift(
  ctx: Ctx,
  { driftId, action }: { driftId: string; action: DriftAction },
): Promise<Drift> {
  for (const scope of scopesOfAction[action]) requireScope(ctx, scope);
  const drift = await getDriftOrThrow(database(), ctx, driftId);
  if (drift.resolution !== resolutions[action]) {
    requireFit(drift, action);
    await acts[action](ctx, drift);
  }
  return serializeDrift(await getDriftOrThrow(database(), ctx, driftId), ctx.scopes);
}

function requireFit(drift: DriftRow, action: DriftAction): void {
  if (drift.status === "settled") throw settledAlready();
  if (action === "give_back" && isOnItsWayBack(drift)) return;
  const actions = fittingActions(drift);
  if (actions.includes(action)) return;
  if (action === "give_back" && isLocked(drift)) throw new AppError("number_locked", lockedSentence);
  throw new AppError(
    "drift_action_unfit",
    actions.length === 0
      ? "Nothing can be done about this difference right now."
      : `This cannot be done about this difference. What can: ${actions.join(", ")}.`,
    { actions },
  );
}
