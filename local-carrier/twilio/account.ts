import { type Answer, accountPath, type Call, formatDate, ok } from "./call";

const SUBRESOURCES = {
  addresses: "Addresses",
  applications: "Applications",
  authorized_connect_apps: "AuthorizedConnectApps",
  available_phone_numbers: "AvailablePhoneNumbers",
  balance: "Balance",
  calls: "Calls",
  conferences: "Conferences",
  connect_apps: "ConnectApps",
  incoming_phone_numbers: "IncomingPhoneNumbers",
  keys: "Keys",
  messages: "Messages",
  notifications: "Notifications",
  outgoing_caller_ids: "OutgoingCallerIds",
  queues: "Queues",
  recordings: "Recordings",
  short_codes: "SMS/ShortCodes",
  signing_keys: "SigningKeys",
  sip: "SIP",
  transcriptions: "Transcriptions",
  usage: "Usage",
} as const;

export function fetchAccount(call: Call): Answer {
  const { account } = call;
  const path = accountPath(call);
  return ok({
    sid: account.account_sid,
    owner_account_sid: account.account_sid,
    auth_token: account.auth_token,
    friendly_name: account.friendly_name,
    status: account.status,
    type: account.type,
    date_created: formatDate(account.opened_at),
    date_updated: formatDate(account.opened_at),
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([name, segment]) => [name, `${path}/${segment}.json`]),
    ),
  });
}

export function fetchBalance(call: Call): Answer {
  const { account_sid } = call.account;
  return ok({ account_sid, balance: call.carrier.books.balance(account_sid), currency: "USD" });
}
