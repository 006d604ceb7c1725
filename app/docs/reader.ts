import { listAgents } from "@/lib/agents";
import type { OwnObjects } from "@/lib/api/sample-request";
import { findReader, isDatabaseUnavailable } from "@/lib/auth";
import { hasScope } from "@/lib/permissions";
import { listPhoneNumbers } from "@/lib/phone-numbers";

/**
 * What whoever reads the reference has, for its samples; null when nobody is signed in, and also while the database
 * is away: the reference can be read without it.
 */
export async function findOwnObjects(): Promise<OwnObjects | null> {
  try {
    const reader = await findReader();
    if (!reader) return null;
    const { ctx, organization } = reader;
    const [agents, numbers] = await Promise.all([
      hasScope(ctx.scopes, "agents:read") ? listAgents(ctx, { limit: 20 }) : null,
      hasScope(ctx.scopes, "phone_numbers:read")
        ? listPhoneNumbers(ctx, { status: ["active"], sort: "-created_at", limit: 1 })
        : null,
    ]);
    const number = numbers?.data[0];
    const agent = agents?.data.find(({ latest_version }) => latest_version !== null) ?? agents?.data[0];
    return {
      organizationId: organization.id,
      // Whoever holds the number already can be assigned to it without taking it from somebody else.
      agentId: number?.inbound?.agent_id ?? agent?.id,
      phoneNumber: number && {
        id: number.id,
        phoneNumber: number.phone_number,
        purchaseOrderId: number.purchase_order_id,
      },
    };
  } catch (error) {
    if (isDatabaseUnavailable(error)) return null;
    throw error;
  }
}
