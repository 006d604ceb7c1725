import { expect, test } from "../fixtures";

test("creates an agent with an endpoint; it gets version 1, published", async ({ page }) => {
  await page.goto("/agents");
  await page.getByRole("button", { name: "Create your first agent" }).click();
  const dialog = page.getByRole("dialog", { name: "Create agent" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Anna");
  await dialog.getByRole("textbox", { name: "Description" }).fill("Answers the support line");
  await dialog.getByRole("textbox", { name: "SIP address" }).fill("sip:anna@agents.example.com");
  await dialog.getByRole("button", { name: "Create agent" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("row").filter({ hasText: "Anna" });
  await expect(row).toContainText("v1");
  await row.getByRole("link", { name: "Anna" }).click();
  await expect(page.getByRole("heading", { name: "Anna", level: 1 })).toBeVisible();
  await expect(page.getByText("Answers the support line")).toBeVisible();
  const version = page.getByRole("table", { name: "Versions of Anna" }).getByRole("row").nth(1);
  await expect(version).toContainText("v1");
  await expect(version).toContainText("Latest");
  await expect(version).toContainText("sip:anna@agents.example.com");
});

test("says what is wrong beside each field, and sends nothing", async ({ page }) => {
  await page.goto("/agents");
  await expect(page.getByRole("button", { name: "Create your first agent" })).toBeVisible();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(request.url());
  });
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: "Create agent" });
  const create = dialog.getByRole("button", { name: "Create agent" });
  await create.click();
  await expect(dialog.getByText("Give the agent a name.")).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveAttribute("aria-invalid", "true");

  const address = (kind: string) => dialog.getByRole("textbox", { name: `${kind} address` });
  await address("SIP").fill("anna@example.com");
  await create.click();
  await expect(dialog.getByText("A SIP address looks like sip:agent@example.com.")).toBeVisible();
  await dialog.getByRole("radio", { name: "Media stream" }).check();
  await address("Media stream").fill("wss://agent.example.com/stream?token=1");
  await create.click();
  await expect(
    dialog.getByText("A media stream address starts with wss:// and has no query string."),
  ).toBeVisible();
  await dialog.getByRole("radio", { name: "Webhook" }).check();
  await address("Webhook").fill("http://agent.example.com");
  await create.click();
  await expect(dialog.getByText("A webhook address starts with https://.")).toBeVisible();
  expect(sent).toEqual([]);
});

test("publishes a version and pins it to idle numbers chosen with it", async ({ page, desk }) => {
  const agent = await desk.addAgent("Anna");
  const { phone_number: phoneNumber } = await desk.buyNumber();
  const { phone_number: other } = await desk.buyNumber();
  await page.goto(`/agents/${agent.id}`);
  await expect(page.getByText("Answers 0 numbers · calls from 0 numbers")).toBeVisible();
  await page.getByRole("button", { name: "Publish a new version" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish a new version" });
  await expect(dialog.getByRole("textbox", { name: "SIP address" })).toHaveValue("sip:v1@agents.example.com");
  await dialog.getByRole("textbox", { name: "SIP address" }).fill("sip:v2@agents.example.com");
  await dialog.getByRole("checkbox", { name: "Assign idle numbers to this version" }).check();
  const idle = dialog.getByRole("group", { name: "Idle numbers for Anna" });
  await expect(idle.getByRole("checkbox")).toHaveCount(2);
  const written = phoneNumber.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3");
  await idle.getByRole("checkbox", { name: written }).check();
  await dialog.getByRole("combobox", { name: "Direction" }).click();
  await page.getByRole("option", { name: "Both directions" }).click();
  await dialog.getByRole("button", { name: "Publish version" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Published v2 of Anna")).toBeVisible();
  await expect(page.getByText("Answers 1 number · calls from 1 number")).toBeVisible();
  await expect(page.getByRole("table").getByRole("row").nth(1)).toContainText("v2");

  await page.getByRole("link", { name: "Show numbers of Anna" }).click();
  await expect(page).toHaveURL(new RegExp(`agent_id=${agent.id}`));
  const rows = page.getByRole("table", { name: "Phone numbers" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1).getByRole("cell").nth(2)).toHaveText("Anna · v2");
  await expect(rows.filter({ hasText: other.slice(-4) })).toHaveCount(0);
});

test("the list counts the numbers each agent holds", async ({ page, desk }) => {
  const anna = await desk.addAgent("Anna");
  await desk.addAgent("Bert");
  await desk.buyNumber({ inbound: { agent_id: anna.id }, outbound: { agent_id: anna.id } });
  await desk.buyNumber({ inbound: { agent_id: anna.id } });
  await page.goto("/agents");
  const cells = (name: string) => page.getByRole("row").filter({ hasText: name }).getByRole("cell");
  await expect(cells("Anna").nth(2)).toHaveText("2");
  await expect(cells("Anna").nth(3)).toHaveText("1");
  await expect(cells("Bert").nth(2)).toHaveText("0");
});

test("name and description are edited; what somebody else changed meanwhile is told first", async ({
  page,
  desk,
  guard,
}) => {
  guard.allow(412, "/core/agents/");
  const agent = await desk.addAgent("Anna");
  await page.goto(`/agents/${agent.id}`);
  await page.getByRole("button", { name: "Edit agent" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit Anna" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("  ");
  await dialog.getByRole("button", { name: "Save agent" }).click();
  await expect(dialog.getByText("Give the agent a name.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Beate");
  await dialog.getByRole("textbox", { name: "Description" }).fill("Answers the sales line");

  const api = await desk.openApi();
  const metadata = { team: "sales" };
  const changed = await api.put(`/core/agents/${agent.id}`, { data: { name: "Anna", metadata } });
  expect(changed.status()).toBe(200);
  await dialog.getByRole("button", { name: "Save agent" }).click();
  await expect(dialog.getByText("Somebody changed this agent meanwhile.")).toBeVisible();
  await dialog.getByRole("button", { name: "Save agent" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: "Beate", level: 1 })).toBeVisible();
  await expect(page.getByText("Answers the sales line")).toBeVisible();
  expect(await (await api.get(`/core/agents/${agent.id}`)).json()).toMatchObject({ name: "Beate", metadata });
});

test("an agent is deleted once no number needs it", async ({ page, desk }) => {
  const anna = await desk.addAgent("Anna");
  await desk.addAgent("Bert");
  const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: anna.id } });
  await page.goto(`/agents/${anna.id}`);
  await page.getByRole("button", { name: "Delete agent" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete Anna" });
  await expect(dialog.getByText("Anna answers 1 number and calls from 0 numbers.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Delete Anna" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Keep agent" }).click();

  const api = await desk.openApi();
  await api.delete(`/core/phone-numbers/${phoneNumber}/slots/inbound`);
  await page.reload();
  await page.getByRole("button", { name: "Delete agent" }).click();
  await dialog.getByRole("button", { name: "Delete Anna" }).click();
  await expect(page).toHaveURL(/\/agents$/);
  await expect(page.getByRole("link", { name: "Bert" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Anna" })).toHaveCount(0);
  expect((await api.get(`/core/agents/${anna.id}`)).status()).toBe(404);
});

test("an agent of another organization is not there", async ({ page, neighbour, guard }) => {
  guard.allow(404, "/agents/");
  const agent = await neighbour.addAgent("Theirs");
  await page.goto(`/agents/${agent.id}`);
  await expect(page.getByText("Page not found").or(page.getByText("There is no such agent."))).toBeVisible();
  await expect(page.getByText("Theirs")).toHaveCount(0);
});

test.describe("as an operator", () => {
  test.use({ role: "operator" });

  test("agents can be created", async ({ page }) => {
    await page.goto("/agents");
    await expect(page.getByRole("button", { name: "Create agent" })).toBeVisible();
  });
});

test.describe("as a viewer", () => {
  test.use({ role: "viewer" });

  test("an agent is only looked at", async ({ page, desk }) => {
    const agent = await desk.addAgent("Anna");
    await page.goto(`/agents/${agent.id}`);
    await expect(page.getByRole("table", { name: "Versions of Anna" })).toBeVisible();
    for (const name of ["Publish a new version", "Edit agent", "Delete agent"])
      await expect(page.getByRole("button", { name })).toHaveCount(0);
  });
});
