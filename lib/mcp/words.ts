import type { CostInformation, Money, PhoneNumber, Slot } from "../phone-numbers/schema";

/** What tools say in text. Numbers stand in E.164 form, as other tools take them. */

/** One line about a number: who has it, what it costs and what it is doing. */
export function describeNumber(number: PhoneNumber): string {
  const { phone_number, label, status, inbound, outbound, outbound_shareable, cost_information } = number;
  return [
    label ? `${phone_number} “${label}”` : phone_number,
    status,
    `inbound: ${inbound ? describeSlot(inbound) : "nobody"}`,
    `outbound: ${outbound ? describeSlot(outbound) : "nobody"}`,
    ...(outbound_shareable ? ["shared"] : []),
    describeCost(cost_information),
  ].join(" · ");
}

export function describeSlot({ agent_name, version, follows_latest }: Slot): string {
  return `${agent_name} (version ${version}${follows_latest ? ", follows the latest" : ""})`;
}

export function describeCost(cost: CostInformation | null): string {
  if (!cost) return "no published price";
  const setup = Number(cost.upfront_cost) > 0 ? ` and ${cost.upfront_cost} ${cost.currency} once` : "";
  return `${cost.monthly_cost} ${cost.currency} a month${setup}`;
}

export function describeMoney({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}

/** Lines of a list, and how to get the next page. */
export function describePage(lines: string[], nextCursor: string | null): string {
  if (lines.length === 0) return "There are none.";
  return [...lines, ...(nextCursor ? [`There are more: call again with cursor ${nextCursor}.`] : [])].join(
    "\n",
  );
}
