import type { Ctx } from "../context";
import { database } from "../db/client";
import { notFound } from "../errors";
import { requireScope } from "../permissions";
import type { Organization } from "./schema";

/** The caller's organization with the count and monthly cost of its live numbers. */
export async function getOrganization(ctx: Ctx): Promise<Organization> {
  requireScope(ctx, "phone_numbers:read");
  const row = await database().organization.findUnique({
    where: { id: ctx.organizationId },
    select: { id: true, name: true, numberLimit: true, numberTotals: { orderBy: { currency: "asc" } } },
  });
  if (!row) throw notFound("organization");
  const priced = row.numberTotals.filter((total) => total.currency !== "XXX" && total.numbers > 0);
  return {
    id: row.id,
    name: row.name,
    number_limit: row.numberLimit,
    numbers: row.numberTotals.reduce((sum, total) => sum + total.numbers, 0),
    monthly_cost: priced.map((total) => ({ amount: total.monthlyCost.toFixed(2), currency: total.currency })),
  };
}
