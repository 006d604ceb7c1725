import type { OwnedNumber } from "../carriers/carrier";
import { CarrierError } from "../carriers/errors";
import { AppError } from "../errors";
import { asAppError, carrierOf, type ManagedAccountRow } from "../managed-accounts";
import { type NumberRow, tagFor, voiceUrlOf } from "../phone-numbers";

/**
 * Writes our tag on the carrier's number of a row, sends its calls to us, and returns it as read
 * back. Repeating it changes nothing. Throws `drift_action_unfit` when the carrier has no such number,
 * and the carrier's failures.
 */
export async function markAsOurs(account: ManagedAccountRow, row: NumberRow): Promise<OwnedNumber> {
  const carrier = carrierOf(account);
  const carrierNumberId = row.carrier_number_id ?? "";
  const mark = { tag: await tagFor(row.organization_id, row.id), voiceUrl: voiceUrlOf(row.id) };
  const before = await asAppError(carrier.getNumber(carrierNumberId));
  if (before?.phoneNumber !== row.phone_number) throw notThere();
  const marking = carrier.markNumber(carrierNumberId, mark).catch((error: unknown) => {
    // An answer that was lost is settled by the read that follows.
    if (!(error instanceof CarrierError && error.kind === "unknown")) throw error;
  });
  await asAppError(marking);
  const after = await asAppError(carrier.getNumber(carrierNumberId));
  if (!after) throw notThere();
  if (after.tag === mark.tag && after.voiceUrl === mark.voiceUrl) return after;
  throw new AppError(
    "carrier_unreachable",
    "The carrier has not taken over the tag and the voice URL. Try again in a moment.",
  );
}

function notThere(): AppError {
  return new AppError(
    "drift_action_unfit",
    "The carrier does not have this number any more. Compare again to see how it stands.",
  );
}
