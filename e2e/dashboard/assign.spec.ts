import { expect, test } from "../fixtures";
import {
  agentBox,
  choose,
  chooseAgent,
  chooseOption,
  openBuyDialog,
  openNumber,
  openNumbers,
  rowOf,
  searchAreaCode,
  versionBox,
  written,
} from "./steps";

test("a slot is pinned to a version, and the other one left alone", async ({ page, desk }) => {
  await desk.addAgent("Anna", 3);
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const panel = await openNumber(page, phoneNumber);
  await expect(panel.getByRole("button", { name: "Save" })).toBeDisabled();
  await chooseAgent(agentBox(panel, "Inbound", phoneNumber), "Anna");
  await versionBox(panel, "Inbound", phoneNumber).click();
  await expect(page.getByRole("option")).toHaveText(["Follow latest (now v3)", "v3", "v2", "v1"]);
  await page.getByRole("option", { name: "v2", exact: true }).click();
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByText(`Saved ${written(phoneNumber)}`)).toBeVisible();
  await page.reload();
  const cells = rowOf(page, phoneNumber).getByRole("cell");
  await expect(cells.nth(2)).toHaveText("Anna · v2");
  await expect(cells.nth(3)).toHaveText("Assign");
});

test("a new version moves the slot that follows the latest, and only that", async ({ page, desk }) => {
  const agent = await desk.addAgent("Anna", 2);
  const { phone_number: phoneNumber } = await desk.buyNumber({
    inbound: { agent_id: agent.id, version: 2 },
    outbound: { agent_id: agent.id, version: "latest" },
  });
  await page.goto(`/agents/${agent.id}`);
  await page.getByRole("button", { name: "Publish a new version" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish a new version" });
  await dialog.getByRole("textbox", { name: "SIP address" }).fill("sip:v3@agents.example.com");
  await dialog.getByRole("button", { name: "Publish version" }).click();
  await expect(dialog).toBeHidden();
  await openNumbers(page);
  const panel = await openNumber(page, phoneNumber);
  await expect(panel.getByText("Now: Anna · v2", { exact: true })).toBeVisible();
  await expect(panel.getByText("Now: Anna · v3, latest", { exact: true })).toBeVisible();
});

test("taking a slot from another agent asks first", async ({ page, desk }) => {
  const anna = await desk.addAgent("Anna");
  await desk.addAgent("Bert");
  const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: anna.id } });
  await openNumbers(page);
  const panel = await openNumber(page, phoneNumber);
  const cells = rowOf(page, phoneNumber).getByRole("cell");

  await chooseAgent(agentBox(panel, "Inbound", phoneNumber), "Bert");
  await panel.getByRole("button", { name: "Save" }).click();
  const question = panel.getByRole("alert").filter({ hasText: "Replace Anna with Bert for inbound calls?" });
  await expect(question).toBeVisible();
  await panel.getByRole("button", { name: "Keep as it is" }).click();
  await expect(question).toBeHidden();
  await expect(agentBox(panel, "Inbound", phoneNumber)).toContainText("Anna");

  await chooseAgent(agentBox(panel, "Inbound", phoneNumber), "Bert");
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByRole("button", { name: "Replace", exact: true }).click();
  await expect(panel).toBeHidden();
  await expect(cells.nth(2)).toHaveText("Bert · latest");
});

test("another version of the same agent needs no question", async ({ page, desk }) => {
  const anna = await desk.addAgent("Anna", 2);
  const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: anna.id, version: 1 } });
  await openNumbers(page);
  const panel = await openNumber(page, phoneNumber);
  await chooseOption(versionBox(panel, "Inbound", phoneNumber), "v2");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel).toBeHidden();
  await expect(rowOf(page, phoneNumber).getByRole("cell").nth(2)).toHaveText("Anna · v2");
});

test("a stale edit from another tab is refused and shows the value as it is now", async ({
  page,
  context,
  desk,
  guard,
}) => {
  guard.allow(412, "/slots/");
  await desk.addAgent("Anna");
  await desk.addAgent("Bert");
  const { phone_number: phoneNumber } = await desk.buyNumber();
  const other = await context.newPage();
  await openNumbers(page);
  await openNumbers(other);
  const here = await openNumber(page, phoneNumber);
  const there = await openNumber(other, phoneNumber);
  await chooseAgent(agentBox(there, "Inbound", phoneNumber), "Bert");
  await there.getByRole("button", { name: "Save" }).click();
  await expect(there).toBeHidden();

  await chooseAgent(agentBox(here, "Outbound", phoneNumber), "Anna");
  await here.getByRole("button", { name: "Save" }).click();
  await expect(
    here.getByText(
      "Somebody changed this number meanwhile. Inbound is now Bert · v1, latest, outbound no agent.",
    ),
  ).toBeVisible();
  await expect(here.getByText("Now: Bert · v1, latest", { exact: true })).toBeVisible();
});

test("a slot taken meanwhile by another tab is not overwritten without a question", async ({
  page,
  context,
  desk,
  guard,
}) => {
  guard.allow(412, "/slots/");
  guard.allow(409, "/slots/");
  await desk.addAgent("Anna");
  await desk.addAgent("Bert");
  const { phone_number: phoneNumber } = await desk.buyNumber();
  const other = await context.newPage();
  await openNumbers(page);
  await openNumbers(other);
  const here = await openNumber(page, phoneNumber);
  const there = await openNumber(other, phoneNumber);
  await chooseAgent(agentBox(there, "Inbound", phoneNumber), "Bert");
  await there.getByRole("button", { name: "Save" }).click();
  await expect(there).toBeHidden();

  await chooseAgent(agentBox(here, "Inbound", phoneNumber), "Anna");
  await here.getByRole("button", { name: "Save" }).click();
  await expect(here.getByText("Somebody changed this number meanwhile.")).toBeVisible();
  await expect(rowOf(other, phoneNumber).getByRole("cell").nth(2)).toHaveText("Bert · latest");
  await here.getByRole("button", { name: "Save" }).click();
  await expect(here.getByText("Replace Bert with Anna for inbound calls?")).toBeVisible();
  await here.getByRole("button", { name: "Replace", exact: true }).click();
  await expect(here).toBeHidden();
  await expect(rowOf(page, phoneNumber).getByRole("cell").nth(2)).toHaveText("Anna · latest");
});

test("sharing in the open panel is no stale edit for the agent chosen in it", async ({ page, desk }) => {
  await desk.addAgent("Anna");
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const panel = await openNumber(page, phoneNumber);
  const shared = page.waitForResponse((response) => response.request().method() === "PATCH");
  await panel.getByRole("switch", { name: `Shareable for ${written(phoneNumber)}` }).click();
  expect((await shared).status()).toBe(200);
  await chooseAgent(agentBox(panel, "Outbound", phoneNumber), "Anna");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel).toBeHidden();
  await expect(rowOf(page, phoneNumber).getByRole("cell").nth(3)).toHaveText("Anna · latest");
});

test("without agents a number can be bought, and the slots lead to creating one", async ({
  page,
  desk,
  areaCode,
}) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  await choose(dialog);
  await expect(dialog.getByRole("link", { name: "Create an agent to answer calls" })).toBeVisible();
  await page.keyboard.press("Escape");
  const panel = await openNumber(page, phoneNumber);
  await panel.getByRole("link", { name: "Create an agent to answer calls" }).click();
  await expect(page.getByRole("heading", { name: "Agents", level: 1 })).toBeVisible();
});

test("an agent without a published version cannot be chosen, and says why", async ({ page, desk }) => {
  await desk.addAgent("Draft", 0);
  await desk.addAgent("Anna");
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const panel = await openNumber(page, phoneNumber);
  await agentBox(panel, "Inbound", phoneNumber).click();
  const option = page.getByRole("option", { name: /Draft/ });
  await expect(option).toContainText("No published version yet");
  await option.click();
  await expect(option, "the list stays open").toBeVisible();
  await page.keyboard.press("Escape");
  await expect(agentBox(panel, "Inbound", phoneNumber)).toContainText("None");
  await agentBox(panel, "Inbound", phoneNumber).click();
  await page.getByRole("option", { name: /Anna/ }).click();
  await expect(agentBox(panel, "Inbound", phoneNumber)).toContainText("Anna");
});

test("an agent is chosen while buying", async ({ page, desk, areaCode }) => {
  await desk.addAgent("Anna", 2);
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const phoneNumber = await choose(dialog);
  await chooseAgent(agentBox(dialog, "Inbound", phoneNumber), "Anna");
  await chooseOption(versionBox(dialog, "Inbound", phoneNumber), "v1");
  await chooseAgent(agentBox(dialog, "Outbound", phoneNumber), "Anna");
  await dialog.getByRole("button", { name: /^Buy \+/ }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  const cells = rowOf(page, phoneNumber).getByRole("cell");
  await expect(cells.nth(2)).toHaveText("Anna · v1");
  await expect(cells.nth(3)).toHaveText("Anna · latest");
});

test("a change by the API appears after a reload, and never undoes itself", async ({ page, desk, api }) => {
  const anna = await desk.addAgent("Anna");
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const put = await api.put(`/core/phone-numbers/${phoneNumber}/slots/outbound`, {
    data: { agent_id: anna.id },
  });
  expect(put.status()).toBe(200);
  await page.reload();
  await expect(rowOf(page, phoneNumber).getByRole("cell").nth(3)).toHaveText("Anna · latest");
});
