import type { Account } from "../books/entries";
import type { Carrier } from "../carrier";

/** One authenticated request to one operation. */
export interface Call {
  carrier: Carrier;
  account: Account;
  requestId: string;
  /** As the client meant it: without the host that stands in front of it here. */
  path: string;
  /** Where this carrier answers for the host the request was meant for. */
  origin: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  form: URLSearchParams;
}

export interface Answer {
  status: number;
  body: object | null;
}

export function ok(body: object): Answer {
  return { status: 200, body };
}

export function created(body: object): Answer {
  return { status: 201, body };
}

export const NO_CONTENT: Answer = { status: 204, body: null };

export function accountPath(call: Call): string {
  return `/2010-04-01/Accounts/${call.account.account_sid}`;
}

/** RFC 2822, as the 2010 API writes times: "Thu, 30 Jul 2015 23:19:04 +0000". */
export function formatDate(instant: string): string {
  return new Date(instant).toUTCString().replace("GMT", "+0000");
}
