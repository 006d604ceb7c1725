"use client";

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/api/client";
import type { KillSwitch, SetKillSwitchBody } from "@/lib/kill-switches/schema";
import { organizationKey } from "../phone-numbers/phone-number-keys";
import { killSwitchesKey } from "./kill-switch-keys";

const killSwitchesQuery = queryOptions({
  queryKey: killSwitchesKey,
  queryFn: async ({ signal }) => (await call("GET /core/kill-switches", { signal })).data,
});

export function useKillSwitches({ enabled }: { enabled: boolean }) {
  return useQuery({ ...killSwitchesQuery, enabled });
}

export function useSetKillSwitch() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: SetKillSwitchBody) => call("POST /core/kill-switches", { body }),
    onSettled: refresh,
  });
}

export function useLiftKillSwitch() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async ({ id }: KillSwitch) => {
      await call("DELETE /core/kill-switches/{kill_switch_id}", { path: { kill_switch_id: id } });
    },
    // After a refusal too: somebody else may have lifted it.
    onSettled: refresh,
  });
}

/** The list, and what every page says about being stopped. */
function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: killSwitchesKey }),
      client.invalidateQueries({ queryKey: organizationKey }),
    ]);
}
