import { randomBytes } from "node:crypto";
import type { Ctx } from "../context";
import { database } from "../db/client";
import type { Prisma } from "../db/generated/client";
import { newId } from "../ids";
import { tagFor } from "../phone-numbers/tag";

/** Rows as a crash, another process or an import would have left them: put there without any verb. */

export function newCarrierNumberId(): string {
  return `PN${randomBytes(16).toString("hex")}`;
}

/** The trunk of an organization's numbers on the default account. */
export async function openTrunk(ctx: Ctx): Promise<{ trunkId: string; managedAccountId: string }> {
  const { organizationId } = ctx;
  const { id: managedAccountId } = await database().managedAccount.findFirstOrThrow({
    where: { isDefault: true },
  });
  await database().trunk.createMany({
    data: [{ id: newId("trk"), organizationId, managedAccountId, name: "Local carrier" }],
    skipDuplicates: true,
  });
  const trunk = await database().trunk.findFirstOrThrow({ where: { organizationId, managedAccountId } });
  return { trunkId: trunk.id, managedAccountId };
}

/** A trunk of the organization's own, to a carrier of its choice. Returns its id. */
export async function openOwnTrunk({ organizationId }: Ctx): Promise<string> {
  const id = newId("trk");
  await database().trunk.create({ data: { id, organizationId, name: "Own carrier" }, select: { id: true } });
  return id;
}

type NumberData = Partial<Prisma.PhoneNumberUncheckedCreateInput>;

/** An active managed number, unless told otherwise. Returns its id. */
export async function insertNumber(ctx: Ctx, phoneNumber: string, more: NumberData = {}): Promise<string> {
  const id = newId("num");
  await database().phoneNumber.create({
    data: {
      id,
      organizationId: ctx.organizationId,
      phoneNumber,
      state: "active",
      ...(await openTrunk(ctx)),
      carrierNumberId: newCarrierNumberId(),
      tag: await tagFor(ctx.organizationId, id),
      countryCode: "US",
      type: "local",
      monthlyCost: "1.15",
      currency: "USD",
      purchasedAt: new Date(),
      ...more,
    },
    select: { id: true },
  });
  return id;
}

interface LeftPurchase {
  state: "claimed" | "calling" | "unknown";
  /** How long ago the call was sent. */
  calledSecondsAgo?: number;
  lookups?: number;
  wishes?: Prisma.InputJsonValue;
}

/** A purchase a process left behind in the middle, due to be recovered now. */
export async function insertPurchase(
  ctx: Ctx,
  phoneNumber: string,
  { state, calledSecondsAgo = 0, lookups = 0, wishes = {} }: LeftPurchase,
): Promise<{ numberId: string; orderId: string; tag: string }> {
  const calledAt = state === "claimed" ? null : new Date(Date.now() - calledSecondsAgo * 1000);
  const numberId = await insertNumber(ctx, phoneNumber, {
    state,
    carrierNumberId: null,
    purchasedAt: null,
    fence: state === "claimed" ? 0 : 1,
    lookups,
    callStartedAt: calledAt,
    nextCheckAt: new Date(Date.now() - 1000),
  });
  const orderId = newId("po");
  const { managedAccountId } = await openTrunk(ctx);
  await database().purchaseOrder.create({
    data: {
      id: orderId,
      organizationId: ctx.organizationId,
      phoneNumberId: numberId,
      managedAccountId,
      monthlyCost: "1.15",
      currency: "USD",
      wishes,
      requestedBy: { ...ctx.actor, surface: ctx.surface },
      requestId: ctx.requestId,
      calledAt,
    },
  });
  return { numberId, orderId, tag: await tagFor(ctx.organizationId, numberId) };
}

/** Moves a number to an account whose credentials are configured no more. Returns what moves it back. */
export async function moveToLostAccount(phoneNumberId: string): Promise<() => Promise<void>> {
  const { managedAccountId } = await database().phoneNumber.findUniqueOrThrow({
    where: { id: phoneNumberId },
    select: { managedAccountId: true },
  });
  const lost = { id: newId("mac"), carrier: "twilio", carrierAccountId: newId("mac"), name: "Lost" } as const;
  await database().managedAccount.create({ data: lost, select: { id: true } });
  const moveTo = async (id: string | null) =>
    void (await database().phoneNumber.updateMany({
      where: { id: phoneNumberId },
      data: { managedAccountId: id },
    }));
  await moveTo(lost.id);
  return () => moveTo(managedAccountId);
}

type DriftData = Partial<Prisma.DriftUncheckedCreateInput>;

/** An open difference of an active number of the organization: its calls are sent elsewhere. Returns its id. */
export async function insertDrift(ctx: Ctx, phoneNumber: string, more: DriftData = {}): Promise<string> {
  const id = newId("drf");
  const phoneNumberId = await insertNumber(ctx, phoneNumber);
  const { managedAccountId } = await openTrunk(ctx);
  const { carrierNumberId, tag } = await database().phoneNumber.findUniqueOrThrow({
    where: { id: phoneNumberId },
    select: { carrierNumberId: true, tag: true },
  });
  const side = { tag, carrier_number_id: carrierNumberId };
  await database().drift.create({
    data: {
      id,
      organizationId: ctx.organizationId,
      managedAccountId,
      phoneNumberId,
      kind: "rewired",
      phoneNumber,
      carrierNumberId,
      expected: { ...side, voice_url: `http://localhost:3000/hooks/twilio/voice?number=${phoneNumberId}` },
      observed: { ...side, voice_url: "https://elsewhere.example.com/voice" },
      ...more,
    },
    select: { id: true },
  });
  return id;
}

/** Every row of an organization and of its members, as text: what has to be the same when nothing was done. */
export async function dumpOrganization(organizationId: string): Promise<string> {
  const tables = await database().$queryRaw<{ name: string; by: "organization_id" | "user_id" }[]>`
    SELECT table_name AS name, column_name AS by FROM information_schema.columns
    WHERE table_schema = 'public' AND (column_name = 'organization_id' OR table_name = 'personal_token' AND column_name = 'user_id')
    ORDER BY table_name`;
  const parts = tables.map(async ({ name, by }) => {
    const whose =
      by === "user_id"
        ? "user_id IN (SELECT user_id FROM membership WHERE organization_id = $1)"
        : "organization_id = $1";
    const rows = await database().$queryRawUnsafe<{ row: object }[]>(
      `SELECT to_jsonb(t) - 'last_used_at' AS row FROM "${name}" t WHERE ${whose} ORDER BY to_jsonb(t)::text`,
      organizationId,
    );
    return [name, rows.map(({ row }) => row)];
  });
  return JSON.stringify(await Promise.all(parts), null, 1);
}
