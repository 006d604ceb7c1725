import { accessEndpoints } from "./core/access";
import { agentEndpoints } from "./core/agents";
import { carrierSyncEndpoints } from "./core/carrier-sync";
import { killSwitchEndpoints } from "./core/kill-switches";
import { managedAccountEndpoints } from "./core/managed-accounts";
import { phoneNumberEndpoints } from "./core/phone-numbers";
import type { Endpoint } from "./endpoint";
import { publicAgentEndpoints } from "./public-v1/agents";
import { publicNumberEndpoints } from "./public-v1/numbers";

/** Every operation of the native API. */
export const coreEndpoints = [
  ...managedAccountEndpoints,
  ...phoneNumberEndpoints,
  ...agentEndpoints,
  ...carrierSyncEndpoints,
  ...accessEndpoints,
  ...killSwitchEndpoints,
] as const;

/** Every operation of the compatible API. */
export const publicEndpoints = [...publicNumberEndpoints, ...publicAgentEndpoints] as const;

/** Both. Routes, the server in front of Next, the browser client and the reference all read these lists. */
export const endpoints: readonly Endpoint[] = [...coreEndpoints, ...publicEndpoints];

type Declared = (typeof coreEndpoints)[number];

type ByName<E> =
  E extends Endpoint<infer M, infer P, infer B, infer R>
    ? { [K in `${M} ${P}`]: { body: B; response: R } }
    : never;

type Merge<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer I) => void ? I : never;

/** What each operation takes and answers, by name: `"GET /core/phone-numbers"`. For the browser client, types only. */
export type Operations = Merge<ByName<Declared>>;
