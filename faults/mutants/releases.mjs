/** Guards of what cannot be undone. */

const release = "lib/phone-numbers/release.ts";
const tests = "lib/phone-numbers/release.integration.test.ts";
const strangers = (test) => ({ file: "lib/phone-numbers/strangers.integration.test.ts", test });

const settle = "lib/phone-numbers/settle-release.ts";
const sent = "await carrier.releaseNumber(carrierNumberId, sendUntil);";

export const releaseMutants = [
  {
    name: "released by its digits",
    breaks: "A later purchase of the same number is given back in place of ours.",
    edits: [
      {
        file: settle,
        find: sent,
        replace:
          "const row = await getNumberOrThrow(database(), ctx.organizationId, open.numberId);\n" +
          "    const [found] = await carrier.findNumbers({ phoneNumber: row.phone_number });\n" +
          "    if (found) await carrier.releaseNumber(found.carrierNumberId);",
      },
      {
        file: settle,
        find: 'import { lockOrganization, moveNumber } from "./store";',
        replace:
          'import { database } from "../db/client";\n' +
          'import { getNumberOrThrow, lockOrganization, moveNumber } from "./store";',
      },
    ],
    killedBy: strangers("our release does not touch it"),
  },
  {
    name: "released before it is written down",
    breaks:
      "A number is gone for ever that the rows still say we have: a 404 without an intent proves nothing.",
    edits: [
      {
        file: release,
        find: "  const { number, sending } = await inTransaction((tx) =>\n",
        replace:
          '  await carrier?.releaseNumber(asked.carrier_number_id ?? "");\n' +
          "  const { number, sending } = await inTransaction((tx) =>\n",
      },
    ],
    killedBy: { file: tests, test: "a number in use names who uses it and stays" },
  },
  {
    name: "a release inside a transaction",
    breaks: "A failure after the call rolls back the record of what was given back.",
    edits: [
      {
        file: settle,
        find: sent,
        replace: `await inTransaction(async (tx) => {\n      await tx.$queryRaw\`SELECT 1\`;\n      ${sent}\n    });`,
      },
    ],
    killedBy: strangers("no transaction is open"),
  },
  {
    name: "a release is sent however late",
    breaks: "A process that was frozen gives back what recovery has put back into its slots.",
    edits: [
      {
        file: "lib/carriers/registry.ts",
        find: "if (performance.now() <= sendUntil) return await call();",
        replace: "if (sendUntil > 0) return await call();",
      },
    ],
    killedBy: {
      file: "lib/phone-numbers/late-calls.integration.test.ts",
      test: "sends no release",
    },
  },
  {
    name: "recovery releases whatever bears the id",
    breaks: "A number that somebody else has marked as theirs is given back.",
    edits: [
      {
        file: "lib/phone-numbers/recover.ts",
        find: 'if (owned.tag === row.tag) return "ours";',
        replace: 'if (owned.tag !== "") return "ours";',
      },
    ],
    killedBy: strangers("marked as somebody else's"),
  },
  {
    name: "an undo leaves the slots empty",
    breaks: "A number that was kept after all answers nobody.",
    edits: [
      {
        file: "lib/phone-numbers/undo-release.ts",
        find: "    await refillSlots(tx, ctx, number.id, slots);\n",
        replace: "    void [refillSlots, slots];\n",
      },
    ],
    killedBy: { file: "lib/phone-numbers/hold.integration.test.ts", test: "puts everything back as it was" },
  },
  {
    name: "a lock does not hold",
    breaks: "A number somebody wanted to be sure of can be given back.",
    edits: [
      {
        file: release,
        find: "  if (number.locked)\n",
        replace: '  if (number.locked && number.id === "")\n',
      },
    ],
    killedBy: {
      file: "lib/phone-numbers/lock.integration.test.ts",
      test: "is neither released nor held nor detached",
    },
  },
];
