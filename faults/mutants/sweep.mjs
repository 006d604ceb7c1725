/** Guards of the comparison with the carrier, and of what stands still while nobody knows what is true. */

const lookAgain = "lib/carrier-sync/look-again.ts";
const guard = "lib/kill-switches/guard.ts";
const sync = (test) => ({ file: "lib/carrier-sync/sync.integration.test.ts", test });
const safeMode = (test) => ({ file: "lib/installation/safe-mode.integration.test.ts", test });

export const sweepMutants = [
  {
    name: "missing once is gone",
    breaks: "One read that lagged behind takes a number out of its slots.",
    edits: [
      {
        file: lookAgain,
        find: "if (isNew || !(await isLongMissing(tx, id))) return;",
        replace: "void [isNew, isLongMissing];",
      },
    ],
    killedBy: sync("is missing at the first look, and gone at the second"),
  },
  {
    name: "not listed is missing",
    breaks: "A list that changed between its pages is believed without asking for the number itself.",
    edits: [
      {
        file: lookAgain,
        find: "if (await carrier.getNumber(row.carrier_number_id)) return;",
        replace: "void carrier;",
      },
    ],
    killedBy: sync("not listed yet but there: nothing is the matter"),
  },
  {
    name: "the sweep gives back what it does not know",
    breaks: "A number somebody bought in the carrier's console is released for ever, by nobody's decision.",
    edits: [
      {
        file: lookAgain,
        find: "  if (!number) return;\n",
        replace:
          "  if (!number) return;\n" +
          '  if (finding.kind === "unknown_number") await carrier.releaseNumber(number.carrierNumberId);\n',
      },
    ],
    killedBy: sync("a card for those who run the installation, and it stays as it is"),
  },
  {
    name: "kill switches are ignored",
    breaks: "Buying goes on after somebody has stopped it.",
    edits: [
      { file: guard, find: "  if (!stop) return;\n", replace: "  if (!stop || stop.reason) return;\n" },
    ],
    killedBy: {
      file: "lib/kill-switches/kill-switches.integration.test.ts",
      test: "buying: nothing is claimed",
    },
  },
  {
    name: "safe mode is ignored",
    breaks: "After a restore, what the rows forgot is bought or released a second time.",
    edits: [
      { file: guard, find: "  if (reason === null) return;\n", replace: '  if (reason !== "") return;\n' },
    ],
    killedBy: {
      file: "lib/phone-numbers/hold.integration.test.ts",
      test: "in safe mode nothing is held, released or undone",
    },
  },
  {
    name: "recovery goes on in safe mode",
    breaks: "Old rows are settled against a carrier that is minutes ahead of them.",
    edits: [
      {
        file: "lib/phone-numbers/recover.ts",
        find: "  if (await isInSafeMode(database())) return 0;\n",
        replace: "  void isInSafeMode;\n",
      },
    ],
    killedBy: {
      file: "lib/phone-numbers/due-holds.integration.test.ts",
      test: "in safe mode recovery takes nothing",
    },
  },
  {
    name: "a database may go back in time",
    breaks: "Nobody notices that commits were lost, and their numbers are billed unknown to us.",
    edits: [
      {
        file: "lib/installation/epoch.ts",
        find: "  if (found.epoch < seen) return wentBack(found.epoch, seen);\n",
        replace: "  void wentBack;\n",
      },
    ],
    killedBy: safeMode("is noticed by whoever would buy or release before any beat"),
  },
];
