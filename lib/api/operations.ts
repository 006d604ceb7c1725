import { agentEndpoints } from "./core/agents";
import { managedAccountEndpoints } from "./core/managed-accounts";
import { phoneNumberEndpoints } from "./core/phone-numbers";
import type { Endpoint } from "./endpoint";

/** Every operation of the native API. Routes, the server in front of Next and the browser client all read this list. */
export const coreEndpoints = [
  ...managedAccountEndpoints,
  ...phoneNumberEndpoints,
  ...agentEndpoints,
] as const;

type Declared = (typeof coreEndpoints)[number];

type ByName<E> =
  E extends Endpoint<infer M, infer P, infer B, infer R>
    ? { [K in `${M} ${P}`]: { body: B; response: R } }
    : never;

type Merge<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer I) => void ? I : never;

/** What each operation takes and answers, by name: `"GET /core/phone-numbers"`. For the browser client, types only. */
export type Operations = Merge<ByName<Declared>>;
