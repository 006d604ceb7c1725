import type { Carrier } from "../carriers/carrier";
import { createCarrier } from "../carriers/registry";
import { database } from "../db/client";
import type { CarrierName } from "../db/generated/enums";
import { env } from "../env";
import { AppError } from "../errors";
import { newId } from "../ids";
import { log } from "../log";
import { countCarrierRequest } from "../metrics/count";

export interface ManagedAccountRow {
  id: string;
  carrier: CarrierName;
  carrierAccountId: string;
  name: string;
  isDefault: boolean;
}

const carriers = new Map<string, Carrier>();

/**
 * The carrier behind an account, with the installation's credentials. One per process and account. Throws
 * `carrier_unreachable` when there are none.
 */
export function carrierOf(account: ManagedAccountRow): Carrier {
  const known = carriers.get(account.id);
  if (known) return known;
  const settings = env();
  if (!hasCredentials(account)) {
    throw new AppError(
      "carrier_unreachable",
      "There are no credentials for this carrier account. Nothing was done.",
    );
  }
  const carrier = createCarrier(
    {
      carrier: "twilio",
      accountSid: settings.TWILIO_ACCOUNT_SID,
      authToken: settings.TWILIO_AUTH_TOKEN,
      ...(settings.TWILIO_BASE_URL ? { baseUrl: settings.TWILIO_BASE_URL } : {}),
      readTimeoutMs: settings.LINEDESK_CARRIER_READ_TIMEOUT_SECONDS * 1000,
      writeTimeoutMs: settings.LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS * 1000,
    },
    ({ method, ms, error }) => {
      countCarrierRequest({ carrier: account.carrier, method, outcome: error?.kind ?? "ok", ms });
      if (!error) return;
      const { kind, carrierCode } = error;
      log.warn({ managedAccount: account.id, method, kind, carrierCode }, error.message);
    },
  );
  carriers.set(account.id, carrier);
  return carrier;
}

/** Whether the carrier can be asked about the account; one that was used in the past may have no credentials any more. */
export function hasCredentials(account: Pick<ManagedAccountRow, "carrier" | "carrierAccountId">): boolean {
  return account.carrier === "twilio" && account.carrierAccountId === env().TWILIO_ACCOUNT_SID;
}

export function isLocal(account: ManagedAccountRow): boolean {
  return env().LINEDESK_LOCAL_CARRIER && account.carrierAccountId === env().TWILIO_ACCOUNT_SID;
}

/** Makes the row of the account the environment names, and makes it the default. Repeating it changes nothing. */
export async function ensureManagedAccount(): Promise<ManagedAccountRow> {
  const carrierAccountId = env().TWILIO_ACCOUNT_SID;
  const name = env().LINEDESK_LOCAL_CARRIER ? "Local carrier" : "Twilio";
  return await database().$transaction(async (tx) => {
    const others = { isDefault: true, NOT: { carrier: "twilio" as const, carrierAccountId } };
    await tx.managedAccount.updateMany({ where: others, data: { isDefault: false } });
    return await tx.managedAccount.upsert({
      where: { carrier_carrierAccountId: { carrier: "twilio", carrierAccountId } },
      create: { id: newId("mac"), carrier: "twilio", carrierAccountId, name, isDefault: true },
      update: { isDefault: true },
    });
  });
}
