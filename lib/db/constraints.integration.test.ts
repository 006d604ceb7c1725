import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context";
import { newId } from "../ids";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { outcomeOf } from "../testing/outcome";
import { insertNumber, insertPurchase, newCarrierNumberId, openTrunk } from "../testing/rows";
import { database } from "./client";

/** PostgreSQL itself is asked, past every verb: what it refuses, no mistake in code can do. */

let desk: Awaited<ReturnType<typeof openDesk>>;
let sql: Client;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
  sql = new Client({ connectionString: desk.databaseUrl });
  await sql.connect();
});
afterAll(async () => {
  await sql.end();
  await desk.close();
});

const outcome = (statement: string, values?: unknown[]) => outcomeOf(sql, statement, values);

const setState = (id: string, state: string) =>
  outcome("UPDATE phone_number SET state = $2::number_state, next_check_at = now() WHERE id = $1", [
    id,
    state,
  ]);

function assign(
  ctx: Ctx,
  numberId: string,
  agentId: string,
  more: { version?: number; column?: string } = {},
) {
  const extra = more.column ? `, ${more.column}` : "";
  return outcome(
    `INSERT INTO assignment (organization_id, phone_number_id, direction, agent_id, version${extra})
     VALUES ($1, $2, 'inbound', $3, $4${more.column ? ", false" : ""})`,
    [ctx.organizationId, numberId, agentId, more.version ?? null],
  );
}

describe("an owner for each number", () => {
  test.each([
    "claimed",
    "calling",
    "unknown",
    "pending_papers",
    "active",
    "held",
    "releasing",
    "quarantined",
  ] as const)(
    "a second live row of a number that is %s is refused, also to another organization",
    async (state) => {
      const [one, two] = [await openOrganization(), await openOrganization()];
      const phoneNumber = takeNumber();
      await insertNumber(one, phoneNumber, { state, nextCheckAt: new Date() });
      for (const ctx of [one, two]) {
        await expect(insertNumber(ctx, phoneNumber)).rejects.toThrow(/phone_number/);
      }
      expect(await database().phoneNumber.count({ where: { phoneNumber } })).toBe(1);
    },
  );

  test.each(["released", "failed", "gone"] as const)("after %s the number may come again", async (state) => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const first = await insertNumber(ctx, phoneNumber, { state });
    await insertNumber(ctx, phoneNumber);
    // ... but the first row cannot come back to life beside the second.
    expect(await setState(first, "quarantined")).toBe("phone_number_live");
  });

  test("one carrier number is live once, whatever it is called", async () => {
    const ctx = await openOrganization();
    const carrierNumberId = newCarrierNumberId();
    await insertNumber(ctx, takeNumber(), { carrierNumberId });
    const second = await insertNumber(ctx, takeNumber());
    expect(
      await outcome("UPDATE phone_number SET carrier_number_id = $2 WHERE id = $1", [
        second,
        carrierNumberId,
      ]),
    ).toBe("phone_number_live_carrier_number");
  });
});

describe("never released and assigned", () => {
  test.each([
    "claimed",
    "calling",
    "unknown",
    "held",
    "releasing",
    "released",
    "detached",
    "failed",
    "quarantined",
    "gone",
  ] as const)("a number that is %s takes no slot", async (state) => {
    const ctx = await openOrganization();
    const source = state === "detached" ? "byoc" : "managed";
    const numberId = await insertNumber(ctx, takeNumber(), { state, source, nextCheckAt: new Date() });
    const broken = await assign(ctx, numberId, await openAgent(ctx));
    expect(broken).toBe("assignment_organization_id_phone_number_id_assignable_fkey");
  });

  test.each(["held", "releasing", "gone"])("an assigned number does not become %s", async (state) => {
    const ctx = await openOrganization();
    const numberId = await insertNumber(ctx, takeNumber());
    expect(await assign(ctx, numberId, await openAgent(ctx))).toBe("done");
    expect(await setState(numberId, state)).toBe(
      "assignment_organization_id_phone_number_id_assignable_fkey",
    );
  });

  test("the always-true halves of those keys cannot be false", async () => {
    const ctx = await openOrganization();
    const [numberId, agentId] = [await insertNumber(ctx, takeNumber()), await openAgent(ctx)];
    expect(await assign(ctx, numberId, agentId, { column: "assignable" })).toBe(
      "assignment_number_assignable",
    );
    expect(await assign(ctx, numberId, agentId, { column: "published" })).toBe("assignment_agent_published");
  });

  test("a number we bought is not just let go of", async () => {
    const numberId = await insertNumber(await openOrganization(), takeNumber());
    expect(await setState(numberId, "detached")).toBe("phone_number_detached_brought_along");
  });

  test.each(["imported", "byoc"] as const)(
    "a number that is %s is never on the way back to a carrier",
    async (source) => {
      const ctx = await openOrganization();
      const numberId = await insertNumber(ctx, takeNumber(), { source });
      for (const state of ["held", "releasing", "released"])
        expect(await setState(numberId, state)).toBe("phone_number_release_managed_only");
      expect(await setState(numberId, "detached")).toBe("done");
    },
  );
});

describe("agents and versions", () => {
  test("an agent without a published version, and a draft, take no slot", async () => {
    const ctx = await openOrganization();
    const numberId = await insertNumber(ctx, takeNumber());
    expect(await assign(ctx, numberId, await openAgent(ctx, "New", 0))).toBe(
      "assignment_organization_id_agent_id_published_fkey",
    );
    const agentId = await openAgent(ctx);
    await outcome(
      `INSERT INTO agent_version (id, organization_id, agent_id, version, config) VALUES ($1, $2, $3, 2, '{}')`,
      [newId("ver"), ctx.organizationId, agentId],
    );
    const version = "assignment_organization_id_agent_id_version_published_fkey";
    expect(await assign(ctx, numberId, agentId, { version: 2 })).toBe(version);
    expect(await assign(ctx, numberId, agentId, { version: 3 })).toBe(version);
    expect(await assign(ctx, numberId, agentId, { version: 1 })).toBe("done");
    expect(await outcome("DELETE FROM agent WHERE id = $1", [agentId])).not.toBe("done");
  });

  test("a published version is frozen, and cannot be unpublished or removed", async () => {
    const agentId = await openAgent(await openOrganization());
    for (const statement of [
      `UPDATE agent_version SET config = '{"endpoint":null}' WHERE agent_id = $1`,
      "UPDATE agent_version SET published_at = NULL WHERE agent_id = $1",
      "DELETE FROM agent_version WHERE agent_id = $1",
    ])
      expect(await outcome(statement, [agentId])).toBe("23001");
  });

  test("versions count from 1", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 0);
    const insert = `INSERT INTO agent_version (id, organization_id, agent_id, version, config) VALUES ($1, $2, $3, 0, '{}')`;
    expect(await outcome(insert, [newId("ver"), ctx.organizationId, agentId])).toBe("agent_version_positive");
  });
});

describe("one organization and another", () => {
  test("no row can point across", async () => {
    const [one, two] = [await openOrganization(), await openOrganization()];
    const [mine, theirs] = [await insertNumber(one, takeNumber()), await insertNumber(two, takeNumber())];
    const [myAgent, theirAgent] = [await openAgent(one), await openAgent(two)];
    expect(await assign(one, theirs, myAgent)).toMatch(/_fkey$/);
    expect(await assign(one, mine, theirAgent)).toMatch(/_fkey$/);
    expect(await assign(two, mine, theirAgent)).toMatch(/_fkey$/);
    expect(await assign(one, mine, myAgent)).toBe("done");

    const { trunkId } = await openTrunk(two);
    expect(await outcome("UPDATE phone_number SET trunk_id = $2 WHERE id = $1", [mine, trunkId])).toBe(
      "phone_number_organization_id_trunk_id_fkey",
    );
    const line = `INSERT INTO ledger_line (id, organization_id, phone_number_id, period_start, period_end, amount, currency)
      VALUES ($1, $2, $3, '2026-01-01', '2026-02-01', 1, 'USD')`;
    expect(await outcome(line, [newId("led"), one.organizationId, theirs])).toBe(
      "ledger_line_organization_id_phone_number_id_fkey",
    );
    const { orderId } = await insertPurchase(two, takeNumber(), { state: "calling" });
    for (const table of ["purchase_order", "agent"])
      expect(
        await outcome(`UPDATE ${table} SET organization_id = $2 WHERE id = $1`, [
          table === "agent" ? theirAgent : orderId,
          one.organizationId,
        ]),
      ).not.toBe("done");
  });

  test("an organization with anything in it cannot vanish", async () => {
    const ctx = await openOrganization();
    await insertNumber(ctx, takeNumber());
    expect(await outcome("DELETE FROM organization WHERE id = $1", [ctx.organizationId])).toMatch(/_fkey$/);
  });
});
