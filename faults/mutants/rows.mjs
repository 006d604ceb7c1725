/** Guards that PostgreSQL holds, and those of the transactions around a claim. */

const foundation = "prisma/migrations/20261122060000_foundation/migration.sql";
const constraints = "lib/db/constraints.integration.test.ts";
const limit = {
  file: "lib/phone-numbers/buy-races.integration.test.ts",
  test: "fifty purchases at once against a limit of ten",
};

export const rowMutants = [
  {
    name: "no index on the live number",
    breaks: "Two organizations can hold one number, and the carrier says yes to both.",
    edits: [
      {
        file: foundation,
        find: 'CREATE UNIQUE INDEX "phone_number_live" ON',
        replace: 'CREATE INDEX "phone_number_live" ON',
      },
    ],
    killedBy: { file: constraints, test: "a second live row of a number that is" },
  },
  {
    name: "no lock on the organization",
    breaks: "Purchases at the same moment all see room below the limit.",
    edits: [
      {
        file: "lib/phone-numbers/store.ts",
        find: "organizationId} FOR NO KEY UPDATE",
        replace: "organizationId}",
      },
    ],
    killedBy: limit,
  },
  {
    name: "counted outside the transaction",
    breaks: "The count is older than the lock that should protect it.",
    edits: [
      {
        file: "lib/phone-numbers/claim.ts",
        find: "  await inTransaction(async (tx) => {\n    const { number_limit }",
        replace:
          "  const held = await inTransaction((tx) => countLiveNumbers(tx, ctx.organizationId));\n" +
          "  await inTransaction(async (tx) => {\n    const { number_limit }",
      },
      {
        file: "lib/phone-numbers/claim.ts",
        find: "requireRoom(await countLiveNumbers(tx, ctx.organizationId), number_limit);",
        replace: "requireRoom(held, number_limit);",
      },
    ],
    killedBy: limit,
  },
  {
    name: "assignable key dropped",
    breaks: "A number can be on its way back to the carrier and in a slot.",
    edits: [
      {
        file: foundation,
        find: 'FOREIGN KEY ("organization_id", "phone_number_id", "assignable") REFERENCES "phone_number"("organization_id", "id", "assignable")',
        replace:
          'FOREIGN KEY ("organization_id", "phone_number_id") REFERENCES "phone_number"("organization_id", "id")',
      },
    ],
    killedBy: { file: constraints, test: "takes no slot" },
  },
  {
    name: "imported numbers may be released",
    breaks: "A number that is the customer's own can be given back to its carrier.",
    edits: [
      {
        file: foundation,
        find: `CHECK ("state" NOT IN ('held', 'releasing', 'released') OR "source" = 'managed')`,
        replace: "CHECK (true)",
      },
    ],
    killedBy: { file: constraints, test: "is never on the way back to a carrier" },
  },
  {
    name: "a period charged twice",
    breaks: "A renewal that runs twice costs twice.",
    edits: [
      {
        file: foundation,
        find: 'CREATE UNIQUE INDEX "ledger_line_phone_number_id_period_start_key"',
        replace: 'CREATE INDEX "ledger_line_phone_number_id_period_start_key"',
      },
    ],
    killedBy: {
      file: "lib/db/ledger.integration.test.ts",
      test: "a ledger line is one per number and period",
    },
  },
  {
    name: "old fences pass",
    breaks: "Whoever was overtaken writes over what recovery has found.",
    edits: [
      {
        file: "lib/phone-numbers/store.ts",
        find: "Prisma.sql`true` : Prisma.sql`fence = ",
        replace: "Prisma.sql`true` : Prisma.sql`fence >= ",
      },
    ],
    killedBy: {
      file: "lib/phone-numbers/recover.integration.test.ts",
      test: "with an old fence nothing is written",
    },
  },
  {
    name: "edits of an old version pass",
    breaks: "A stale tab overwrites what somebody else has just assigned.",
    edits: [
      {
        file: "lib/phone-numbers/assign.ts",
        find: "if (expected === undefined || expected === number.version) return;",
        replace: "if (expected === undefined || expected > 0) return;",
      },
    ],
    killedBy: {
      file: "lib/phone-numbers/assign.integration.test.ts",
      test: "of ten edits of the same version one passes",
    },
  },
];
