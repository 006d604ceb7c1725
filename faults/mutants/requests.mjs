/** Guards of a request that is sent twice. */

const idempotency = "lib/api/idempotency.ts";
const foundation = "prisma/migrations/20261122060000_foundation/migration.sql";
const tests = "lib/api/idempotency.integration.test.ts";

export const requestMutants = [
  {
    name: "the fingerprint is skipped",
    breaks: "Another request under the same key is told the first one's answer.",
    edits: [
      {
        file: idempotency,
        find: "if (stored.fingerprint !== guarded.fingerprint) {",
        replace: 'if (stored.fingerprint === "") {',
      },
    ],
    killedBy: { file: tests, test: "one request: with another body" },
  },
  {
    name: "keys without an organization",
    breaks: "One organization is told another one's answer.",
    edits: [
      {
        file: foundation,
        find: 'PRIMARY KEY ("organization_id","method","route","key")',
        replace: 'PRIMARY KEY ("method","route","key")',
      },
      {
        file: idempotency,
        find: "ON CONFLICT (organization_id, method, route, key)",
        replace: "ON CONFLICT (method, route, key)",
      },
      {
        file: idempotency,
        find: "    FROM idempotency_record\n    WHERE organization_id = ",
        replace: "    FROM idempotency_record\n    WHERE organization_id <> '' OR organization_id = ",
      },
    ],
    killedBy: { file: tests, test: "one operation and one organization" },
  },
];
