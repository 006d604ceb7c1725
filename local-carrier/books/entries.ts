import type { AddressRequirements, NumberType } from "../inventory/number-block";
import type { Capabilities } from "../inventory/stocked-number";
import type { Settings } from "./settings";

export interface Account {
  account_sid: string;
  auth_token: string;
  friendly_name: string;
  status: "active" | "suspended" | "closed";
  type: "Trial" | "Full";
  opened_at: string;
}

/** What the account holder can set, in the wire's own names. */
export interface NumberAttributes {
  friendly_name: string;
  api_version: string;
  voice_url: string;
  voice_method: string;
  voice_fallback_url: string;
  voice_fallback_method: string;
  voice_caller_id_lookup: boolean;
  voice_receive_mode: string;
  voice_application_sid: string;
  sms_url: string;
  sms_method: string;
  sms_fallback_url: string;
  sms_fallback_method: string;
  sms_application_sid: string;
  status_callback: string;
  status_callback_method: string;
  trunk_sid: string | null;
  address_sid: string | null;
  identity_sid: string | null;
  bundle_sid: string | null;
  emergency_status: string;
  emergency_address_sid: string | null;
}

export interface OwnedNumber extends NumberAttributes {
  sid: string;
  /** Order of purchase. Lists run from the highest down and page by it. */
  sequence: number;
  account_sid: string;
  phone_number: string;
  country: string;
  type: NumberType;
  address_requirements: AddressRequirements;
  beta: boolean;
  capabilities: Capabilities;
  bought_at: string;
  updated_at: string;
}

export interface Charge {
  account_sid: string;
  phone_number: string;
  sid: string;
  amount: string;
  currency: string;
  kind: "purchase" | "console_purchase";
  at: string;
  request_id: string | null;
}

export interface Release {
  account_sid: string;
  phone_number: string;
  sid: string;
  by: "api" | "console";
  at: string;
  request_id: string | null;
}

export interface Address {
  sid: string;
  sequence: number;
  account_sid: string;
  customer_name: string;
  friendly_name: string;
  street: string;
  street_secondary: string | null;
  city: string;
  region: string;
  postal_code: string;
  iso_country: string;
  emergency_enabled: boolean;
  created_at: string;
  updated_at: string;
}

export interface SeenRequest {
  sequence: number;
  request_id: string;
  at: string;
  method: string;
  /** Host and path as the client meant them, without the query. */
  path: string;
  query: Record<string, string>;
  form: Record<string, string>;
  operation: string | null;
  /** Null when no status ever left: the connection was cut or kept waiting. */
  status: number | null;
  fault: string | null;
}

export type Entry =
  | { entry: "account_opened"; account: Account }
  | { entry: "number_bought"; number: OwnedNumber; charge: Charge }
  | { entry: "number_changed"; number: OwnedNumber }
  | { entry: "number_released"; release: Release }
  | { entry: "number_sold"; phone_number: string }
  | { entry: "address_saved"; address: Address }
  | { entry: "address_deleted"; sid: string }
  | { entry: "magic_spent"; phone_number: string }
  | { entry: "settings_changed"; settings: Settings }
  | { entry: "request_seen"; request: SeenRequest }
  | { entry: "reset" };
