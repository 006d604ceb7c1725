import type { NumberType } from "../inventory/number-block";
import type { Account, Address, Charge, Entry, OwnedNumber, Release, SeenRequest } from "./entries";
import { openJournal } from "./journal";
import { formatMoney, parseMoney } from "./money";
import { DEFAULT_SETTINGS, type Settings } from "./settings";

/** Enough to look back over any test run; money is in the journal regardless. */
const REQUESTS_REMEMBERED = 20_000;

/** What a search or lookup answered was true when it was told and is not kept on disk. */
interface Violation {
  request_id: string;
  operation: string;
  direction: "request" | "response";
  problems: string[];
}

interface Pages {
  accounts: Map<string, Account>;
  owned: Map<string, OwnedNumber>;
  sidByPhoneNumber: Map<string, string>;
  soldElsewhere: Set<string>;
  released: Set<string>;
  spentMagic: Set<string>;
  addresses: Map<string, Address>;
  charges: Charge[];
  releases: Release[];
  requests: SeenRequest[];
  chargedByAccount: Map<string, number>;
  settings: Settings;
  lastSequence: number;
}

export type Books = Awaited<ReturnType<typeof openBooks>>;

/**
 * The carrier's whole memory. `record` changes it at once and queues the entry for disk; whoever answers
 * a request awaits `flushed` first, so no reply admits what a crash could still undo.
 */
export async function openBooks(file: string, firstAccount: Account) {
  let pages = openEmptyPages(firstAccount);
  const violations: Violation[] = [];

  function apply(entry: Entry): void {
    if (entry.entry !== "reset") applyEntry(pages, entry);
    // The counter goes on, so a position someone remembered in the request log stays behind them.
    else pages = { ...openEmptyPages(firstAccount), lastSequence: pages.lastSequence };
  }

  const journal = await openJournal<Entry>(file, apply);
  // The process owner decides the first account's credentials, whatever an older journal says.
  pages.accounts.set(firstAccount.account_sid, firstAccount);

  return {
    record(entry: Entry): void {
      apply(entry);
      journal.append(entry);
      if (entry.entry === "reset") violations.length = 0;
    },
    /** Every request is remembered as it arrives, so one that hangs can be seen hanging. */
    remember: (request: SeenRequest) => rememberRequest(pages, request),
    /** Requests that may have moved money are also journalled, once their end is known. */
    keep: (request: SeenRequest) => journal.append({ entry: "request_seen", request }),
    flushed: () => journal.flushed(),
    close: () => journal.close(),
    nextSequence: () => ++pages.lastSequence,

    account: (accountSid: string) => pages.accounts.get(accountSid),
    accounts: () => [...pages.accounts.values()],
    settings: () => pages.settings,
    violations,

    number: (sid: string) => pages.owned.get(sid),
    numberByPhoneNumber: (phoneNumber: string) =>
      pages.owned.get(pages.sidByPhoneNumber.get(phoneNumber) ?? ""),
    numbers: () => [...pages.owned.values()],
    addresses: () => [...pages.addresses.values()],
    address: (sid: string) => pages.addresses.get(sid),
    charges: () => pages.charges,
    releases: () => pages.releases,
    requests: () => pages.requests,
    isMagicSpent: (phoneNumber: string) => pages.spentMagic.has(phoneNumber),

    isOffSale: (phoneNumber: string) =>
      pages.sidByPhoneNumber.has(phoneNumber) ||
      pages.soldElsewhere.has(phoneNumber) ||
      (pages.settings.released_numbers === "held" && pages.released.has(phoneNumber)),

    balance: (accountSid: string) =>
      formatMoney(parseMoney(pages.settings.opening_balance) - (pages.chargedByAccount.get(accountSid) ?? 0)),
    priceOverride: (country: string, type: NumberType) => pages.settings.prices[country]?.[type],
  };
}

function openEmptyPages(firstAccount: Account): Pages {
  return {
    accounts: new Map([[firstAccount.account_sid, firstAccount]]),
    owned: new Map(),
    sidByPhoneNumber: new Map(),
    soldElsewhere: new Set(),
    released: new Set(),
    spentMagic: new Set(),
    addresses: new Map(),
    charges: [],
    releases: [],
    requests: [],
    chargedByAccount: new Map(),
    settings: DEFAULT_SETTINGS,
    lastSequence: 0,
  };
}

function applyEntry(pages: Pages, entry: Exclude<Entry, { entry: "reset" }>): void {
  switch (entry.entry) {
    case "account_opened":
      pages.accounts.set(entry.account.account_sid, entry.account);
      return;
    case "number_bought": {
      const { number, charge } = entry;
      saveNumber(pages, number);
      pages.released.delete(number.phone_number);
      pages.soldElsewhere.delete(number.phone_number);
      pages.charges.push(charge);
      const charged = pages.chargedByAccount.get(charge.account_sid) ?? 0;
      pages.chargedByAccount.set(charge.account_sid, charged + parseMoney(charge.amount));
      return;
    }
    case "number_changed":
      saveNumber(pages, entry.number);
      return;
    case "number_released":
      pages.owned.delete(entry.release.sid);
      pages.sidByPhoneNumber.delete(entry.release.phone_number);
      pages.released.add(entry.release.phone_number);
      pages.releases.push(entry.release);
      return;
    case "number_sold":
      pages.soldElsewhere.add(entry.phone_number);
      return;
    case "address_saved":
      pages.addresses.set(entry.address.sid, entry.address);
      noteSequence(pages, entry.address.sequence);
      return;
    case "address_deleted":
      pages.addresses.delete(entry.sid);
      return;
    case "magic_spent":
      pages.spentMagic.add(entry.phone_number);
      return;
    case "settings_changed":
      // Settings added since the journal was written keep their defaults.
      pages.settings = { ...DEFAULT_SETTINGS, ...entry.settings };
      return;
    case "request_seen":
      rememberRequest(pages, entry.request);
      return;
  }
}

function saveNumber(pages: Pages, number: OwnedNumber): void {
  pages.owned.set(number.sid, number);
  pages.sidByPhoneNumber.set(number.phone_number, number.sid);
  noteSequence(pages, number.sequence);
}

function rememberRequest(pages: Pages, request: SeenRequest): void {
  pages.requests.push(request);
  if (pages.requests.length > 2 * REQUESTS_REMEMBERED) pages.requests.splice(0, REQUESTS_REMEMBERED);
  noteSequence(pages, request.sequence);
}

/** One counter numbers everything, so it continues after a restart where the journal ended. */
function noteSequence(pages: Pages, sequence: number): void {
  pages.lastSequence = Math.max(pages.lastSequence, sequence);
}
