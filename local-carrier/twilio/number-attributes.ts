import type { NumberAttributes } from "../books/entries";
import { Refusal, refuseAsInvalid } from "./refusal";
import { readBoolean } from "./search-filters";

const MAX_FRIENDLY_NAME = 64;

const URL_FIELDS = {
  VoiceUrl: "voice_url",
  VoiceFallbackUrl: "voice_fallback_url",
  SmsUrl: "sms_url",
  SmsFallbackUrl: "sms_fallback_url",
  StatusCallback: "status_callback",
} as const;

const CHOICE_FIELDS = {
  VoiceMethod: { attribute: "voice_method", choices: ["GET", "POST"] },
  VoiceFallbackMethod: { attribute: "voice_fallback_method", choices: ["GET", "POST"] },
  SmsMethod: { attribute: "sms_method", choices: ["GET", "POST"] },
  SmsFallbackMethod: { attribute: "sms_fallback_method", choices: ["GET", "POST"] },
  StatusCallbackMethod: { attribute: "status_callback_method", choices: ["GET", "POST"] },
  VoiceReceiveMode: { attribute: "voice_receive_mode", choices: ["voice", "fax"] },
  EmergencyStatus: { attribute: "emergency_status", choices: ["Active", "Inactive"] },
} as const;

const SID_FIELDS = {
  TrunkSid: { attribute: "trunk_sid", prefix: "TK" },
  AddressSid: { attribute: "address_sid", prefix: "AD" },
  IdentitySid: { attribute: "identity_sid", prefix: "RI" },
  BundleSid: { attribute: "bundle_sid", prefix: "BU" },
  EmergencyAddressSid: { attribute: "emergency_address_sid", prefix: "AD" },
} as const;

const APPLICATION_FIELDS = {
  VoiceApplicationSid: "voice_application_sid",
  SmsApplicationSid: "sms_application_sid",
} as const;

/** Only what the form names; an empty value clears. `current` is what the rest will stand beside. */
export function readNumberAttributes(
  form: URLSearchParams,
  current?: NumberAttributes,
): Partial<NumberAttributes> {
  const attributes: Partial<NumberAttributes> = {
    ...readFriendlyName(form),
    ...readUrls(form),
    ...readChoices(form),
    ...readSids(form),
  };
  const apiVersion = form.get("ApiVersion");
  if (apiVersion) attributes.api_version = apiVersion;
  const callerIdLookup = readBoolean(form, "VoiceCallerIdLookup");
  if (callerIdLookup !== undefined) attributes.voice_caller_id_lookup = callerIdLookup;

  // A trunk and an application exclude each other; whichever was named last wins.
  if (attributes.trunk_sid) attributes.voice_application_sid = "";
  else if (attributes.voice_application_sid) attributes.trunk_sid = null;

  refuseFallbackAlone({ ...current, ...attributes });
  return attributes;
}

function readFriendlyName(form: URLSearchParams): Partial<NumberAttributes> {
  const name = form.get("FriendlyName");
  if (name === null) return {};
  if (name.length > MAX_FRIENDLY_NAME) {
    throw refuseAsInvalid(20001, `FriendlyName is longer than ${MAX_FRIENDLY_NAME} characters`);
  }
  return { friendly_name: name };
}

function readUrls(form: URLSearchParams): Partial<NumberAttributes> {
  const attributes: Partial<NumberAttributes> = {};
  for (const [field, attribute] of Object.entries(URL_FIELDS)) {
    const url = form.get(field);
    if (url === null) continue;
    if (url !== "" && !isWebAddress(url)) throw refuseAsInvalid(21402, `${field} is not a valid URL: ${url}`);
    attributes[attribute] = url;
  }
  return attributes;
}

function readChoices(form: URLSearchParams): Partial<NumberAttributes> {
  const attributes: Partial<NumberAttributes> = {};
  for (const [field, { attribute, choices }] of Object.entries(CHOICE_FIELDS)) {
    const choice = form.get(field);
    if (!choice) continue;
    if (!choices.some((candidate) => candidate === choice)) {
      throw refuseAsInvalid(21403, `${field} must be one of ${choices.join(", ")}`);
    }
    attributes[attribute] = choice;
  }
  return attributes;
}

function readSids(form: URLSearchParams): Partial<NumberAttributes> {
  const attributes: Partial<NumberAttributes> = {};
  for (const [field, { attribute, prefix }] of Object.entries(SID_FIELDS)) {
    const sid = form.get(field);
    if (sid === null) continue;
    if (sid !== "" && !isSid(prefix, sid)) throw refuseAsInvalid(20001, `${field} is not a ${prefix} SID`);
    attributes[attribute] = sid === "" ? null : sid;
  }
  for (const [field, attribute] of Object.entries(APPLICATION_FIELDS)) {
    const sid = form.get(field);
    if (sid === null) continue;
    if (sid !== "" && !isSid("AP", sid)) throw refuseAsInvalid(21420, `${field} ${sid} is no application`);
    attributes[attribute] = sid;
  }
  return attributes;
}

function refuseFallbackAlone(merged: Partial<NumberAttributes>): void {
  if (merged.voice_fallback_url && !merged.voice_url) {
    throw new Refusal(400, 21405, "VoiceFallbackUrl needs a VoiceUrl to fall back from");
  }
}

function isSid(prefix: string, sid: string): boolean {
  return sid.startsWith(prefix) && /^[0-9a-fA-F]{32}$/.test(sid.slice(prefix.length));
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}
