import { expect, type Locator, type Page } from "@playwright/test";

/** What a person does in the dashboard, in one place each. Everything is found by role and accessible name. */

/** "+1 415 555 0123" for a number of North America. */
export function written(phoneNumber: string): string {
  return phoneNumber.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3");
}

/** The number that a control's accessible name tells, in E.164 form. */
export async function numberOf(control: Locator): Promise<string> {
  const name = (await control.getAttribute("aria-label")) ?? "";
  return `+${name.replaceAll(/\D/g, "")}`;
}

export async function openNumbers(page: Page): Promise<void> {
  await page.goto("/settings/phone-numbers");
  await expect(page.getByRole("heading", { name: "Phone numbers", level: 1 })).toBeVisible();
}

export async function openBuyDialog(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Buy number", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Buy / });
  await expect(dialog).toBeVisible();
  return dialog;
}

export function offersIn(dialog: Locator): Locator {
  return dialog.getByRole("list", { name: "Available numbers" }).getByRole("listitem");
}

export function offerButtons(dialog: Locator): Locator {
  return offersIn(dialog).getByRole("button", { name: /^Buy \+/ });
}

export async function searchAreaCode(dialog: Locator, areaCode: string): Promise<void> {
  await dialog.getByRole("textbox", { name: "Area code" }).fill(areaCode);
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  await expect(offerButtons(dialog).first()).toHaveAccessibleName(new RegExp(`^Buy \\+1 ${areaCode} `));
}

export async function searchDigits(dialog: Locator, digits: string): Promise<void> {
  await dialog.getByRole("button", { name: /^More filters/ }).click();
  await dialog.getByRole("textbox", { name: "Contains" }).fill(digits);
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  await expect(offersIn(dialog)).toHaveCount(1);
}

/** Opens the confirmation of the first offer, or of the number given, and returns the number. */
export async function choose(dialog: Locator, phoneNumber?: string): Promise<string> {
  const button = phoneNumber
    ? dialog.getByRole("button", { name: `Buy ${written(phoneNumber)}`, exact: true })
    : offerButtons(dialog).first();
  const chosen = await numberOf(button);
  await button.click();
  await expect(confirmButton(dialog)).toBeVisible();
  return chosen;
}

export function confirmButton(dialog: Locator): Locator {
  return dialog.getByRole("button", { name: /^Buy \+[\d ]+ · \$[\d.]+\/month$/ });
}

/** From the list of numbers to a number bought; returns it. */
export async function buy(page: Page, areaCode: string): Promise<string> {
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const phoneNumber = await choose(dialog);
  await confirmButton(dialog).click();
  await expectBought(dialog, phoneNumber);
  return phoneNumber;
}

export async function expectBought(dialog: Locator, phoneNumber: string, timeout = 30_000): Promise<void> {
  await expect(dialog.getByText(`${written(phoneNumber)} is yours and ready for calls.`)).toBeVisible({
    timeout,
  });
}

export function rowOf(page: Page, phoneNumber: string): Locator {
  return page
    .getByRole("table", { name: "Phone numbers" })
    .getByRole("row")
    .filter({ hasText: written(phoneNumber) });
}

/** The panel that opens from a row. */
export async function openNumber(page: Page, phoneNumber: string): Promise<Locator> {
  const cell = rowOf(page, phoneNumber).getByRole("cell").first();
  await cell.getByText(written(phoneNumber), { exact: true }).click();
  return await panelOf(page, phoneNumber);
}

export async function panelOf(page: Page, phoneNumber: string): Promise<Locator> {
  const panel = page.getByRole("dialog").filter({ hasText: written(phoneNumber) });
  await expect(panel).toBeVisible();
  return panel;
}

type Direction = "Inbound" | "Outbound";

export function agentBox(scope: Locator, direction: Direction, phoneNumber: string): Locator {
  return scope.getByRole("combobox", { name: `${direction} agent for ${written(phoneNumber)}`, exact: true });
}

export function versionBox(scope: Locator, direction: Direction, phoneNumber: string): Locator {
  return scope.getByRole("combobox", {
    name: `${direction} version for ${written(phoneNumber)}`,
    exact: true,
  });
}

export async function chooseAgent(box: Locator, agent: string): Promise<void> {
  await box.click();
  await box.page().getByRole("option", { name: agent }).click();
  await expect(box).toContainText(agent);
}

export async function chooseOption(box: Locator, option: string): Promise<void> {
  await box.click();
  await box.page().getByRole("option", { name: option, exact: true }).click();
  await expect(box).toContainText(option);
}

/** The release sheet, from the row's menu. */
export async function openRelease(page: Page, phoneNumber: string): Promise<Locator> {
  await page.getByRole("button", { name: `Actions for ${written(phoneNumber)}`, exact: true }).click();
  await page.getByRole("menuitem", { name: "Release number" }).click();
  const sheet = page.getByRole("dialog", { name: `Release ${written(phoneNumber)}`, exact: true });
  await expect(sheet).toBeVisible();
  return sheet;
}

/** The button that releases at once, which "Now" has to be chosen for. */
export function releaseButton(sheet: Locator, phoneNumber: string): Locator {
  return sheet.getByRole("button", { name: `Release ${written(phoneNumber)} now`, exact: true });
}

/** The button that releases later; its name ends in the day. */
export function holdButton(sheet: Locator, phoneNumber: string): Locator {
  const name = written(phoneNumber).replace("+", "\\+");
  return sheet.getByRole("button", { name: new RegExp(`^Release ${name} on \\d{1,2} \\w+( \\d{4})?$`) });
}

export type When = "Before the next renewal" | "Now" | RegExp;

/** Chooses when a number is to be released, in its release sheet. */
export async function chooseWhen(sheet: Locator, when: When): Promise<void> {
  await sheet
    .getByRole("radio", { name: when, ...(typeof when === "string" ? { exact: true } : {}) })
    .check();
}

/** Releases a number that no agent uses, at once. */
export async function releaseNow(page: Page, phoneNumber: string): Promise<void> {
  const sheet = await openRelease(page, phoneNumber);
  await chooseWhen(sheet, "Now");
  await releaseButton(sheet, phoneNumber).click();
  await expect(sheet).toBeHidden();
}

export async function openTab(
  page: Page,
  name: "All" | "Assigned" | "Idle" | "Releasing" | "Released",
): Promise<void> {
  const tab = page
    .getByRole("navigation", { name: "Show" })
    .getByRole("link", { name: new RegExp(`^${name}`) });
  await tab.click();
  await expect(tab).toHaveAttribute("aria-current", "page");
}
