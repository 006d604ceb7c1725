"use client";

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api/client";
import type { CreateCredentialBody } from "@/lib/api-keys/schema";
import { type CredentialKind, credentialKeys } from "./credential-keys";
import type { Credential } from "./credential-state";

export interface NewCredential {
  credential: Credential;
  secret: string;
}

interface Calls {
  list: (signal: AbortSignal) => Promise<Credential[]>;
  create: (body: CreateCredentialBody) => Promise<NewCredential>;
  revoke: (id: string) => Promise<Credential>;
}

const calls: Record<CredentialKind, Calls> = {
  key: {
    list: async (signal) => (await call("GET /core/api-keys", { signal })).data,
    create: async (body) => {
      const { key: secret, ...credential } = await call("POST /core/api-keys", { body });
      return { credential, secret };
    },
    revoke: (id) => call("DELETE /core/api-keys/{api_key_id}", { path: { api_key_id: id } }),
  },
  token: {
    list: async (signal) => (await call("GET /core/personal-tokens", { signal })).data,
    create: async (body) => {
      const { token: secret, ...credential } = await call("POST /core/personal-tokens", { body });
      return { credential, secret };
    },
    revoke: (id) =>
      call("DELETE /core/personal-tokens/{personal_token_id}", { path: { personal_token_id: id } }),
  },
};

const credentialsQuery = (kind: CredentialKind) =>
  queryOptions<Credential[]>({
    queryKey: credentialKeys[kind],
    queryFn: ({ signal }) => calls[kind].list(signal),
  });

export function useCredentials(kind: CredentialKind) {
  return useQuery(credentialsQuery(kind));
}

/** Makes one and hands its secret to `onMade` alone: what a mutation returns would stay in the cache. */
export function useCreateCredential(kind: CredentialKind, onMade: (made: NewCredential) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: CreateCredentialBody) => onMade(await calls[kind].create(body)),
    // Without a connection it fails at once; sent later, it would make one whose secret nobody sees.
    networkMode: "always",
    // After a failure too: the answer may have been lost behind a key that exists.
    onSettled: () => client.invalidateQueries({ queryKey: credentialKeys[kind] }),
  });
}

/** Has succeeded once the list says so too. */
export function useRevokeCredential(kind: CredentialKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => calls[kind].revoke(id),
    onSettled: () => client.invalidateQueries({ queryKey: credentialKeys[kind] }),
  });
}
