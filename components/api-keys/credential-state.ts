import type { ApiKey, PersonalToken } from "@/lib/api-keys/schema";

export type Credential = PersonalToken & Partial<Pick<ApiKey, "created_by">>;

export type CredentialState = "active" | "expired" | "revoked";

export interface CredentialRow extends Credential {
  state: CredentialState;
}

/** What a credential was at the moment it was read; a revoked one stays revoked after it would have expired. */
export function readState(
  { revoked_at, expires_at }: Pick<Credential, "revoked_at" | "expires_at">,
  at: number,
): CredentialState {
  if (revoked_at !== null) return "revoked";
  return expires_at !== null && Date.parse(expires_at) <= at ? "expired" : "active";
}

/** Those that work first, each group in the order it came in. */
export function toRows(credentials: readonly Credential[], at: number): CredentialRow[] {
  const rows = credentials.map((credential) => ({ ...credential, state: readState(credential, at) }));
  return [
    ...rows.filter(({ state }) => state === "active"),
    ...rows.filter(({ state }) => state !== "active"),
  ];
}

/** "ak_0Qx5…7yZ2k": ids made about the same time begin alike, so their end tells them apart. */
export function shortenId(id: string): string {
  const start = id.indexOf("_") + 5;
  return `${id.slice(0, start)}…${id.slice(-5)}`;
}
