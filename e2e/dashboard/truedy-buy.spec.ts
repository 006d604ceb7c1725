import { carrier } from "../carrier";
import { expect, test } from "../fixtures";
import {
  agentBox,
  buy,
  choose,
  chooseAgent,
  chooseOption,
  chooseWhen,
  confirmButton,
  expectBought,
  offersIn,
  openBuyDialog,
  openNumber,
  openNumbers,
  panelOf,
  releaseButton,
  releaseNow,
  rowOf,
  searchAreaCode,
  written,
} from "./steps";

/** The dashboard flow of Truedy's "Buying a Phone Number", step by step. */

test("buys a number, assigns it to an agent for both directions and releases it", async ({
  page,
  desk,
  areaCode,
}) => {
  await desk.addAgent("Reception");

  await test.step("Open Phone Numbers", async () => {
    await page.goto("/agents");
    const sidebar = page.getByRole("navigation", { name: "Main" });
    await expect(sidebar.getByRole("heading", { name: "Settings" })).toBeVisible();
    await sidebar.getByRole("link", { name: "Phone numbers" }).click();
    await expect(page).toHaveURL(/\/settings\/phone-numbers$/);
  });

  const dialog = await test.step("Click Buy Number", () => openBuyDialog(page));

  await test.step("Select country, type and area code", async () => {
    const country = dialog.getByRole("combobox", { name: "Country" });
    await chooseOption(country, "Canada");
    await expect(offersIn(dialog).first()).toContainText("Local");
    await chooseOption(country, "United States");
    await chooseOption(dialog.getByRole("combobox", { name: "Type" }), "Local");
    await searchAreaCode(dialog, areaCode);
  });

  await test.step("Review available numbers", async () => {
    const offers = offersIn(dialog);
    const count = await offers.count();
    expect(count).toBeGreaterThan(1);
    for (const offer of await offers.all()) {
      await expect(offer).toContainText(new RegExp(`\\(${areaCode}\\) \\d{3}-\\d{4}`));
      await expect(offer).toContainText("Local · Voice");
      await expect(offer).toContainText("$1.15 a month");
    }
  });

  const phoneNumber = await test.step("Purchase", async () => {
    const chosen = await choose(dialog);
    await expect(confirmButton(dialog)).toHaveText(`Buy ${written(chosen)} · $1.15/month`);
    expect(await carrier.chargesFor(chosen), "nothing is bought before the confirmation").toEqual([]);
    await confirmButton(dialog).click();
    await expectBought(dialog, chosen);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    await expect(rowOf(page, chosen)).toContainText("$1.15");
    expect(await carrier.chargesFor(chosen)).toHaveLength(1);
    return chosen;
  });

  await test.step("Assign to an agent", async () => {
    const panel = await openNumber(page, phoneNumber);
    await panel.getByRole("switch", { name: "Use for both directions" }).click();
    await chooseAgent(agentBox(panel, "Inbound", phoneNumber), "Reception");
    await panel.getByRole("button", { name: "Save" }).click();
    await expect(panel).toBeHidden();
    const cells = rowOf(page, phoneNumber).getByRole("cell");
    await expect(cells.nth(2)).toHaveText("Reception · latest");
    await expect(cells.nth(3)).toHaveText("Reception · latest");
  });

  await test.step("Unassign, then release", async () => {
    const panel = await openNumber(page, phoneNumber);
    await panel.getByRole("switch", { name: "Use for both directions" }).click();
    await chooseOption(agentBox(panel, "Inbound", phoneNumber), "None");
    await panel.getByRole("button", { name: "Save" }).click();
    await expect(panel).toBeHidden();

    await openNumber(page, phoneNumber);
    await (await panelOf(page, phoneNumber))
      .getByRole("button", { name: `Release number ${written(phoneNumber)}` })
      .click();
    const sheet = page.getByRole("dialog", { name: `Release ${written(phoneNumber)}`, exact: true });
    await chooseWhen(sheet, "Now");
    await expect(sheet.getByText("This is immediate and irreversible")).toBeVisible();
    await releaseButton(sheet, phoneNumber).click();
    await expect(sheet).toBeHidden();
    await expect(rowOf(page, phoneNumber)).toHaveCount(0);
    expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
  });
});

test("releases an idle number from the row's menu without typing anything", async ({ page, areaCode }) => {
  await openNumbers(page);
  const phoneNumber = await buy(page, areaCode);
  await page.getByRole("button", { name: "Done" }).click();
  await releaseNow(page, phoneNumber);
  await expect(page.getByText(`Released ${written(phoneNumber)}`)).toBeVisible();
  expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
});

test("assigns different agents to the two directions", async ({ page, desk }) => {
  await desk.addAgent("Reception");
  await desk.addAgent("Sales");
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const panel = await openNumber(page, phoneNumber);
  await chooseAgent(agentBox(panel, "Inbound", phoneNumber), "Reception");
  await chooseAgent(agentBox(panel, "Outbound", phoneNumber), "Sales");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel).toBeHidden();
  await page.reload();
  const cells = rowOf(page, phoneNumber).getByRole("cell");
  await expect(cells.nth(2)).toHaveText("Reception · latest");
  await expect(cells.nth(3)).toHaveText("Sales · latest");
});
