import Ajv from "ajv/dist/2020";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import {
  compareVersions,
  createVersion,
  getAgentConfigSchema,
  getVersion,
  listVersions,
  publishVersion,
  updateVersion,
} from ".";
import { type AgentConfig, agentConfig, listVersionsQuery } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const configTo = (url: string): AgentConfig => ({ endpoint: { type: "sip", url } });
const one = configTo("sip:one@agents.example.com");
const two = configTo("sip:two@agents.example.com");

describe("editing a draft", () => {
  test("its config is replaced, again and again, and then never more", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx);
    const draft = await createVersion(ctx, agentId, { config: one });
    const edited = await updateVersion(ctx, { agentId, version: 2, config: two });
    expect(edited).toMatchObject({
      id: draft.id,
      config: two,
      published: false,
      created_at: draft.created_at,
    });
    expect(edited.revision).toBeGreaterThan(draft.revision);
    expect(await updateVersion(ctx, { agentId, version: 2, config: two })).toEqual(edited);
    expect(await getVersion(ctx, agentId, 2)).toEqual(edited);
    await publishVersion(ctx, agentId, 2, { direction: "inbound" });
    for (const config of [one, two])
      await expect(updateVersion(ctx, { agentId, version: 2, config })).rejects.toMatchObject({
        code: "version_is_published",
      });
    expect(await getVersion(ctx, agentId, 2)).toMatchObject({ config: two, published: true });
    const events = await database().auditEvent.findMany({
      where: { objectId: draft.id },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ action }) => action)).toEqual([
      "agent_version.created",
      "agent_version.updated",
      "agent_version.published",
    ]);
    expect(events[1]).toMatchObject({ before: { config: one }, after: { config: two } });
  });

  test("get latest, put latest, publish: works from nothing, on a draft and on a published version", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 0);
    await expect(getVersion(ctx, agentId, "latest")).rejects.toMatchObject({ code: "not_found" });
    for (const [round, config] of [one, two, one].entries()) {
      const draft = await updateVersion(ctx, {
        agentId,
        version: "latest",
        config: configTo("sip:x@y.example"),
      });
      expect(draft).toMatchObject({ version: round + 1, published: false });
      expect(await updateVersion(ctx, { agentId, version: "latest", config })).toMatchObject({
        id: draft.id,
        config,
      });
      expect(await getVersion(ctx, agentId, "latest")).toMatchObject({ id: draft.id, config });
      await publishVersion(ctx, agentId, "latest", { direction: "inbound" });
      // Reading it does not make another draft.
      expect(await getVersion(ctx, agentId, "latest")).toMatchObject({ version: round + 1, published: true });
    }
    expect((await listVersions(ctx, agentId, listVersionsQuery.parse({}))).data).toHaveLength(3);
  });

  test("what was seen as latest is not edited when it is another version by then, published or changed", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx);
    const edit = (expectedRevision: number) =>
      updateVersion(ctx, { agentId, version: "latest", config: two, expectedRevision });
    const seen = await createVersion(ctx, agentId, { config: one });
    const changes = [
      () => createVersion(ctx, agentId, { config: one }),
      () =>
        updateVersion(ctx, { agentId, version: "latest", config: configTo("sip:else@agents.example.com") }),
      () => publishVersion(ctx, agentId, "latest", { direction: "inbound" }),
    ];
    let revision = seen.revision;
    for (const change of changes) {
      await change();
      await expect(edit(revision)).rejects.toMatchObject({ code: "stale_edit" });
      const newest = await getVersion(ctx, agentId, "latest");
      await expect(edit(revision)).rejects.toMatchObject({ extra: { agent_version: newest } });
      revision = newest.revision;
    }
    expect(await edit(revision)).toMatchObject({ version: 4, config: two, published: false });
  });

  test("ten who put latest at once make one draft", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx);
    const edited = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        updateVersion(ctx, {
          agentId,
          version: "latest",
          config: configTo(`sip:${index}@agents.example.com`),
        }),
      ),
    );
    expect(new Set(edited.map(({ version }) => version))).toEqual(new Set([2]));
    expect(new Set(edited.map(({ revision }) => revision)).size).toBe(10);
  });
});

describe("reading versions", () => {
  test("the list is narrowed by number, state and time", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 2);
    const draft = await createVersion(ctx, agentId, { config: one });
    const found = async (query: Record<string, string>) =>
      (await listVersions(ctx, agentId, listVersionsQuery.parse(query))).data.map(({ version }) => version);
    expect(await found({ version: "2" })).toEqual([2]);
    expect(await found({ version: "4" })).toEqual([]);
    expect(await found({ version: "3", published: "true" })).toEqual([]);
    expect(await found({ published: "false" })).toEqual([3]);
    expect(await found({ created_after: draft.created_at })).toEqual([]);
    const before = new Date(Date.parse(draft.created_at) - 1).toISOString();
    expect(await found({ created_after: before, limit: "1" })).toEqual([3]);
    const edited = await updateVersion(ctx, { agentId, version: 3, config: two });
    expect(await found({ updated_after: edited.updated_at })).toEqual([]);
    expect(await found({ updated_before: edited.updated_at })).not.toContain(3);
    expect(await found({ created_after: "0001-01-01T00:00:00+14:00" })).toEqual([3, 2, 1]);
    expect(await found({ created_before: "9999-12-31T23:59:59-14:00" })).toEqual([3, 2, 1]);
    const first = await listVersions(
      ctx,
      agentId,
      listVersionsQuery.parse({ published: "true", limit: "1" }),
    );
    expect(await found({ published: "true", cursor: first.next_cursor ?? "" })).toEqual([1]);
  });

  test("two are compared as a unified diff", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 0);
    await createVersion(ctx, agentId, { config: one });
    await publishVersion(ctx, agentId, 1, { direction: "inbound" });
    await createVersion(ctx, agentId, { config: two });
    expect(await compareVersions(ctx, agentId, { from_version: 1, to_version: "latest" })).toBe(
      [
        "--- version 1",
        "+++ version 2 (draft)",
        "@@ -1,6 +1,6 @@",
        " {",
        '   "endpoint": {',
        '     "type": "sip",',
        '-    "url": "sip:one@agents.example.com"',
        '+    "url": "sip:two@agents.example.com"',
        "   }",
        " }",
        "",
      ].join("\n"),
    );
    expect(await compareVersions(ctx, agentId, { from_version: 1, to_version: 1 })).toBe(
      "--- version 1\n+++ version 1\n",
    );
    await expect(compareVersions(ctx, agentId, { from_version: 1, to_version: 3 })).rejects.toMatchObject({
      code: "not_found",
      message: "There is no such version.",
    });
  });

  test("the JSON Schema of a config takes what the API takes", async () => {
    const schema = getAgentConfigSchema(await openOrganization());
    const validate = new Ajv({ strict: true }).compile(schema);
    const configs = [
      one,
      { endpoint: { type: "sip", url: "SIPS:anna@10.0.0.1:5061;transport=tls" } },
      { endpoint: { type: "websocket", url: "wss://agents.example.com/stream" } },
      { endpoint: { type: "webhook", url: "https://agents.example.com/voice?agent=1" } },
      { endpoint: { type: "websocket", url: "wss://agents.example.com/stream?agent=1" } },
      { endpoint: { type: "webhook", url: "http://agents.example.com" } },
      { endpoint: { type: "sip", url: "https://agents.example.com" } },
      { endpoint: { type: "ftp", url: "ftp://agents.example.com" } },
      { endpoint: { type: "sip", url: "sip:a@b.example", password: "x" } },
      { endpoint: { type: "sip" } },
      { ...one, greeting: "Hello" },
      {},
    ];
    const accepted = configs.map((config) => agentConfig.safeParse(config).success);
    expect(configs.map((config) => validate(config))).toEqual(accepted);
    expect(accepted.filter(Boolean)).toHaveLength(4);
  });
});
