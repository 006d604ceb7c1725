import type { Ctx } from "../context";
import { database } from "../db/client";
import { notFound } from "../errors";
import { requireScope } from "../permissions";
import { carrierOf, isLocal, type ManagedAccountRow } from "./carrier";
import { asAppError } from "./carrier-failure";
import type { ManagedAccount, ManagedAccountCountry } from "./schema";

export { carrierOf, ensureManagedAccount, hasCredentials, type ManagedAccountRow } from "./carrier";
export { asAppError, explainFailure, listCarrierFailures } from "./carrier-failure";

const selection = { id: true, carrier: true, carrierAccountId: true, name: true, isDefault: true } as const;

/** Every managed account of the installation, the default one first. */
export async function listManagedAccounts(ctx: Ctx): Promise<ManagedAccount[]> {
  requireScope(ctx, "managed_accounts:read", "phone_numbers:manage");
  const rows = await database().managedAccount.findMany({
    select: selection,
    orderBy: [{ isDefault: "desc" }, { id: "asc" }],
  });
  return rows.map(serializeAccount);
}

/** One managed account by id, or the default one for the literal `default`. Throws `not_found`. */
export async function getManagedAccount(ctx: Ctx, id: string): Promise<ManagedAccount> {
  requireScope(ctx, "managed_accounts:read", "phone_numbers:manage");
  return serializeAccount(await getManagedAccountOrThrow(id));
}

function serializeAccount(row: ManagedAccountRow): ManagedAccount {
  return {
    id: row.id,
    name: row.name,
    carrier: row.carrier,
    is_default: row.isDefault,
    is_local: isLocal(row),
  };
}

/** The row of one, for other verbs, by id or `default`. Throws `not_found`. */
export async function getManagedAccountOrThrow(id: string): Promise<ManagedAccountRow> {
  const where = id === "default" ? { isDefault: true } : { id };
  const row = await database().managedAccount.findFirst({ where, select: selection });
  if (!row) throw notFound("managed account");
  return row;
}

/** Countries the account sells in, with the kinds of numbers each has, by name. Throws the carrier's failures. */
export async function listCountries(ctx: Ctx, managedAccountId: string): Promise<ManagedAccountCountry[]> {
  requireScope(ctx, "managed_accounts:read", "phone_numbers:manage");
  const carrier = carrierOf(await getManagedAccountOrThrow(managedAccountId));
  const countries = await asAppError(carrier.listCountries());
  return countries
    .map(({ countryCode, name, types }) => ({ country_code: countryCode, name, phone_number_types: types }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
