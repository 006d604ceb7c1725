"use client";

import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { Agent, AgentBody, AgentConfig } from "@/lib/agents/schema";
import { call } from "@/lib/api/client";
import { phoneNumberKeys } from "../phone-numbers/phone-number-keys";
import type { AgentWords } from "./agent-form-schema";
import { agentKeys, agentPageSize } from "./agent-keys";

const agentsQuery = infiniteQueryOptions({
  queryKey: agentKeys.lists(),
  queryFn: ({ pageParam, signal }) =>
    call("GET /core/agents", { query: { limit: agentPageSize, cursor: pageParam }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

const agentQuery = (id: string) =>
  queryOptions({
    queryKey: agentKeys.detail(id),
    queryFn: ({ signal }) => call("GET /core/agents/{agent_id}", { path: { agent_id: id }, signal }),
  });

const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: agentKeys.versions(id),
    queryFn: ({ pageParam, signal }) =>
      call("GET /core/agents/{agent_id}/versions", {
        path: { agent_id: id },
        query: { limit: agentPageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export function useAgents({ enabled = true }: { enabled?: boolean } = {}) {
  return useInfiniteQuery({ ...agentsQuery, enabled });
}

export function useAgent(id: string) {
  return useQuery(agentQuery(id));
}

export function useVersions(id: string | null) {
  return useInfiniteQuery({ ...versionsQuery(id ?? ""), enabled: id !== null });
}

/** Sets name and description of an agent as it was seen; all else of it stays. */
export function useEditAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ agent, words }: { agent: Agent; words: AgentWords }) => {
      const { id, active, is_demo, metadata, revision } = agent;
      return call("PUT /core/agents/{agent_id}", {
        path: { agent_id: id },
        body: { ...words, active, is_demo, metadata },
        ifMatch: revision,
      });
    },
    // Numbers tell the names of their agents. After a stale edit the agent is read anew, so that the next try fits.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: agentKeys.all }),
        client.invalidateQueries({ queryKey: phoneNumberKeys.all }),
      ]),
  });
}

export function useDeleteAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id }: Agent) => {
      await call("DELETE /core/agents/{agent_id}", { path: { agent_id: id } });
    },
    // Not its own page, which would ask for what is gone until it is left.
    onSuccess: () => client.invalidateQueries({ queryKey: agentKeys.lists() }),
    onError: (_problem, { id }) => client.invalidateQueries({ queryKey: agentKeys.detail(id) }),
  });
}

export interface NewAgent extends Pick<AgentBody, "name" | "description"> {
  config: AgentConfig;
}

/** A failure after the agent exists must not create a second one when the form is sent again. */
export interface StartedAgent {
  id?: string;
  version?: number;
}

/** Creates the agent, its version 1, and publishes it. Pass the same `started` again to go on after a failure. */
export function useCreateAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ agent, started }: { agent: NewAgent; started: StartedAgent }) => {
      const { config, ...body } = agent;
      const id = started.id ?? (await call("POST /core/agents", { body })).id;
      started.id = id;
      await publishConfig(id, config, started);
      return { id, name: body.name };
    },
    onSettled: () => client.invalidateQueries({ queryKey: agentKeys.all }),
  });
}

export interface Publication {
  config: AgentConfig;
  phoneNumbers: string[];
  direction: "inbound" | "outbound" | "both";
}

export function usePublishVersion(agentId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ publication, started }: { publication: Publication; started: StartedAgent }) =>
      publishConfig(agentId, publication.config, started, publication),
    // Numbers that follow the latest version answer with another version now.
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: agentKeys.all }),
        client.invalidateQueries({ queryKey: phoneNumberKeys.all }),
      ]),
  });
}

async function publishConfig(
  agentId: string,
  config: AgentConfig,
  started: StartedAgent,
  { phoneNumbers, direction }: Pick<Publication, "phoneNumbers" | "direction"> = {
    phoneNumbers: [],
    direction: "inbound",
  },
) {
  const path = { agent_id: agentId };
  const version =
    started.version ??
    (await call("POST /core/agents/{agent_id}/versions", { path, body: { config } })).version;
  started.version = version;
  await call("POST /core/agents/{agent_id}/versions/{version}/publish", {
    path: { ...path, version: String(version) },
    body: phoneNumbers.length > 0 ? { phone_numbers: phoneNumbers, direction } : { direction },
  });
  return version;
}
