import type { Books } from "../books/books";
import type { ArmedFault } from "../faults/armed-faults";

/** What a test asks at the end: how much was spent, and what is owned. */
export function describeBooks(books: Books, faults: readonly ArmedFault[], accountSid: string): object {
  const charges = books.charges();
  const purchases = charges.filter((charge) => charge.kind === "purchase").length;
  return {
    account_sid: accountSid,
    accounts: books.accounts().map(({ auth_token: _secret, ...account }) => ({
      ...account,
      balance: books.balance(account.account_sid),
      currency: "USD",
    })),
    balance: books.balance(accountSid),
    currency: "USD",
    owned: books.numbers(),
    charges,
    deletes: books.releases(),
    addresses: books.addresses(),
    counts: {
      owned: books.numbers().length,
      purchases,
      console_purchases: charges.length - purchases,
      deletes: books.releases().length,
      violations: books.violations.length,
    },
    violations: books.violations,
    settings: books.settings(),
    faults,
  };
}
