/** A key belongs to the organization, a token to a person; everything else about the two is the same. */
export type CredentialKind = "key" | "token";

/** Shared by server pages, which prefetch under these keys, and by the browser. */
export const credentialKeys = {
  key: ["api-keys"],
  token: ["personal-tokens"],
} as const satisfies Record<CredentialKind, readonly string[]>;
