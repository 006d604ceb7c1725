/** Guards of a purchase: what is sent, how often, and whose word counts afterwards. */

const buy = "lib/phone-numbers/buy.ts";
const verdict = "lib/phone-numbers/verdict.ts";
const recover = "lib/phone-numbers/recover.ts";
const carrierErrors = "lib/carriers/twilio/errors.ts";
const faulty = (test) => ({ file: "lib/phone-numbers/buy-faults.integration.test.ts", test });
const strangers = (test) => ({ file: "lib/phone-numbers/strangers.integration.test.ts", test });
const quarantine = (test) => ({ file: "lib/phone-numbers/quarantine.integration.test.ts", test });
const recovery = (test) => ({ file: "lib/phone-numbers/recover.integration.test.ts", test });
const late = (test) => ({ file: "lib/phone-numbers/late-calls.integration.test.ts", test });

export const purchaseMutants = [
  {
    name: "a 5xx is a refusal",
    breaks: "What the carrier did before it stumbled is forgotten, and billed.",
    edits: [
      {
        file: carrierErrors,
        find: "status >= 400 && status < 500 && status",
        replace: "status >= 400 && status",
      },
    ],
    killedBy: faulty("500 before"),
  },
  {
    name: "a timeout is a refusal",
    breaks: "A purchase that was carried out unheard is told as not made.",
    edits: [
      {
        file: carrierErrors,
        find: 'neverSent.has(code) ? "unreachable" : "unknown"',
        replace: 'neverSent.has(code) ? "unreachable" : "refused"',
      },
    ],
    killedBy: faulty("hangs, not done"),
  },
  {
    name: "writes are tried twice",
    breaks: "A purchase whose answer was lost is sent again.",
    edits: [
      {
        file: "lib/carriers/registry.ts",
        find: "withTries(send, 1, report(method))",
        replace: "withTries(send, 2, report(method))",
      },
    ],
    killedBy: faulty("500 before"),
  },
  {
    name: "the SDK repeats by itself",
    breaks: "Below us, a money call is sent again without anybody knowing.",
    edits: [
      {
        file: "lib/carriers/twilio/client.ts",
        find: "super({ autoRetry: false, keepAlive: true });",
        replace: "super({ autoRetry: true, maxRetries: 1, keepAlive: true });",
      },
    ],
    killedBy: faulty("too busy"),
  },
  {
    name: "no quiet window",
    breaks: "A carrier that acts late bills a number we have given up.",
    edits: [
      {
        file: recover,
        find: "row.waited_seconds >= env().LINEDESK_QUIET_WINDOW_SECONDS",
        replace: "row.waited_seconds >= 0",
      },
    ],
    killedBy: recovery("counts as not made only after the whole quiet window and six looks"),
  },
  {
    name: "one look is enough",
    breaks: "A list that lags behind decides that nothing was bought.",
    edits: [
      { file: recover, find: "row.lookups + 1 >= lookAgainSeconds.length", replace: "row.lookups >= 0" },
    ],
    killedBy: recovery("counts as not made only after the whole quiet window and six looks"),
  },
  {
    name: "a purchase is sent however late",
    breaks: "A process that was frozen buys what recovery has already given up.",
    edits: [
      {
        file: buy,
        find: "if (performance.now() - started > sendWithinMs()) return checking;",
        replace: "void started;",
      },
    ],
    killedBy: late("sends no purchase"),
  },
  {
    name: "a lost race gives the number back",
    breaks: "The loser's clean-up releases the winner's number, for ever.",
    edits: [
      {
        file: buy,
        find: "    if (present.length === 0) return;\n",
        replace:
          "    if (present.length === 0) return;\n" +
          "    for (const number of present) await carrier.releaseNumber(number.carrierNumberId);\n",
      },
    ],
    killedBy: strangers("is not bought, even where the carrier answers"),
  },
  {
    name: "quarantine gives the number back",
    breaks: "What the account had before is released because somebody tried to buy it.",
    edits: [
      {
        file: buy,
        find: "  await settleByVerdict(ctx, open, owned, judge(owned, purchase));",
        replace:
          '  if (judge(owned, purchase) === "foreign") await carrier.releaseNumber(owned.carrierNumberId);\n' +
          "  await settleByVerdict(ctx, open, owned, judge(owned, purchase));",
      },
    ],
    killedBy: quarantine("refused, quarantined, neither charged nor given back"),
  },
  {
    name: "a purchase inside a transaction",
    breaks: "A failure after the call rolls back the record of what was bought.",
    edits: [
      {
        file: buy,
        find: "    owned = await carrier.buyNumber({ ...purchase, addressId, voiceUrl: voiceUrlOf(open.numberId) });",
        replace:
          "    owned = await inTransaction(async (tx) => {\n" +
          "      await tx.$queryRaw`SELECT 1`;\n" +
          "      return await carrier.buyNumber({ ...purchase, addressId, voiceUrl: voiceUrlOf(open.numberId) });\n" +
          "    });",
      },
    ],
    killedBy: strangers("no transaction is open"),
  },
  {
    name: "any tag will do",
    breaks: "A 201 for a number somebody else tagged counts as our purchase.",
    edits: [
      {
        file: verdict,
        find: 'if (owned.tag !== purchase.tag) return "foreign";',
        replace: 'if (owned.tag === undefined) return "foreign";',
      },
    ],
    killedBy: quarantine("refused, quarantined, neither charged nor given back"),
  },
  {
    name: "any number in the answer will do",
    breaks: "An answer about another number makes ours bought.",
    edits: [
      {
        file: verdict,
        find: 'if (owned.phoneNumber !== purchase.phoneNumber) return "unreadable";',
        replace: 'if (owned.phoneNumber === "") return "unreadable";',
      },
    ],
    killedBy: faulty("an answer about another number"),
  },
  {
    name: "the creation date does not count",
    breaks: "A number from long before, its tag overwritten by our call, counts as bought.",
    edits: [
      {
        file: verdict,
        find: 'return older ? "foreign" : "ours";',
        replace: 'return older && !owned.tag ? "foreign" : "ours";',
      },
    ],
    killedBy: quarantine("refused, quarantined, neither charged nor given back"),
  },
  {
    name: "no look before the call",
    breaks: "The carrier answers a second purchase like a first, and we charge for it.",
    edits: [
      {
        file: buy,
        find: "  await requireNotInAccount(ctx, prepared, unsent);\n",
        replace: "  void requireNotInAccount;\n",
      },
    ],
    killedBy: strangers("is not bought, even where the carrier answers"),
  },
  {
    name: "recovery buys again",
    breaks: "A number can be bought twice, hours after anybody asked.",
    edits: [
      {
        file: recover,
        find: "    return await lookUpPurchase(carrier, purchase);",
        replace:
          "    const again = { ...purchase, voiceUrl: 'https://linedesk.example.com/', addressId: null };\n" +
          "    return (await lookUpPurchase(carrier, purchase)) ?? (await carrier.buyNumber(again));",
      },
    ],
    killedBy: faulty("reset before"),
  },
  {
    name: "an unread carrier counts as empty",
    breaks: "A carrier that is down makes us give up what it has sold us.",
    edits: [
      {
        file: recover,
        find: '    return "unreadable";\n',
        replace: "    return null as T;\n",
      },
    ],
    killedBy: recovery("a carrier that cannot be read gives no verdict"),
  },
  {
    name: "leases by the host's clock",
    breaks: "A host whose clock is ahead takes what another process is still at.",
    edits: [
      {
        file: recover,
        find: "AND next_check_at <= now()",
        replace: `AND next_check_at <= \${new Date()}`,
      },
    ],
    killedBy: late("a host whose clock is ten minutes ahead"),
  },
  {
    name: "a switch is read once",
    breaks: "Whoever stops buying does not stop the purchases that are on their way to the carrier.",
    edits: [
      {
        file: buy,
        find: "  await requireStillBuying(ctx, prepared, unsent);\n",
        replace: "  void requireStillBuying;\n",
      },
    ],
    killedBy: strangers("buying that is stopped just before the call is not carried out"),
  },
  {
    name: "a higher price passes",
    breaks: "Somebody pays more than they were shown.",
    edits: [
      {
        file: "lib/phone-numbers/offer.ts",
        find: "if (new Prisma.Decimal(offer.monthlyCost.amount).lte(expected)) return;",
        replace: "if (new Prisma.Decimal(offer.monthlyCost.amount).gte(0)) return;",
      },
    ],
    killedBy: {
      file: "lib/phone-numbers/buy.integration.test.ts",
      test: "a price that rose since it was shown",
    },
  },
];
