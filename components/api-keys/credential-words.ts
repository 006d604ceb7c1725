import type { CredentialKind } from "./credential-keys";

interface CredentialWords {
  /** Of the page and its table. */
  title: string;
  name: string;
  /** Where it is said already which kind: in a sentence, and over a column. */
  noun: string;
  label: string;
  about: string;
  /** What to know before making one. */
  validity: string;
  /** What one is for, to somebody who has none. */
  purpose: string;
}

export const credentialWords: Record<CredentialKind, CredentialWords> = {
  key: {
    title: "API keys",
    name: "API key",
    noun: "key",
    label: "Key",
    about: "A key lets a program work for your organization.",
    validity: "It works for your organization, also after you have left it, until it expires or is revoked.",
    purpose: "An API key lets a program do what you do here",
  },
  token: {
    title: "Personal tokens",
    name: "personal token",
    noun: "token",
    label: "Token",
    about: "A token lets a program work in your name.",
    validity: "It works in every organization you belong to, and never does more than you may there.",
    purpose: "A personal token lets a program do what you do here",
  },
};

/** "1 key", "12 tokens" */
export function countCredentials(kind: CredentialKind, count: number): string {
  const { noun } = credentialWords[kind];
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
