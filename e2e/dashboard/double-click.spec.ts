import type { Locator, Page } from "@playwright/test";
import { carrier } from "../carrier";
import { readNumbers } from "../database";
import { expect, test } from "../fixtures";
import {
  choose,
  confirmButton,
  expectBought,
  openBuyDialog,
  openNumbers,
  rowOf,
  searchAreaCode,
  written,
} from "./steps";

/** However often somebody asks for a number, it is bought once, and everybody gets a true answer. */

async function openConfirmation(page: Page, areaCode: string, phoneNumber?: string) {
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  return { dialog, phoneNumber: await choose(dialog, phoneNumber) };
}

async function expectOnePurchase(phoneNumber: string): Promise<void> {
  expect(await carrier.ordersFor(phoneNumber), "orders that reached the carrier").toHaveLength(1);
  const charges = await carrier.chargesFor(phoneNumber);
  expect(charges).toHaveLength(1);
  const live = (await readNumbers(phoneNumber)).filter((row) => row.live);
  expect(live.map((row) => row.carrier_number_id)).toEqual([charges[0]?.sid]);
}

/** Which of the true answers a dialog ends with. */
async function readAnswer(dialog: Locator, phoneNumber: string): Promise<string> {
  const name = written(phoneNumber);
  const answers = {
    bought: dialog.getByText(`${name} is yours and ready for calls.`),
    "under way": dialog.getByText("This number is being bought for your organization right now."),
    owned: dialog.getByText("Your organization already has this number."),
    sold: dialog.getByText(`${name} has just been sold to somebody else`),
  };
  const [first, ...others] = Object.values(answers);
  if (!first) throw new Error("There are answers.");
  await expect(others.reduce((any, answer) => any.or(answer), first).first()).toBeVisible();
  for (const [word, answer] of Object.entries(answers)) if (await answer.isVisible()) return word;
  throw new Error("The answer went away.");
}

test("a double click on Buy buys once", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await openConfirmation(page, areaCode);
  await confirmButton(dialog).dblclick();
  await expectBought(dialog, phoneNumber);
  await expectOnePurchase(phoneNumber);
});

test("ten clicks at the same moment buy once", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await openConfirmation(page, areaCode);
  await confirmButton(dialog).evaluate((button: HTMLButtonElement) => {
    for (let clicks = 0; clicks < 10; clicks += 1) button.click();
  });
  await expectBought(dialog, phoneNumber);
  await expectOnePurchase(phoneNumber);
});

test("Enter twice buys once", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await openConfirmation(page, areaCode);
  await confirmButton(dialog).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expectBought(dialog, phoneNumber);
  await expectOnePurchase(phoneNumber);
});

test("Enter in the label field, and then Buy, buys once", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await openConfirmation(page, areaCode);
  await dialog.getByRole("textbox", { name: `Label for ${written(phoneNumber)}` }).fill("Front desk");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expectBought(dialog, phoneNumber);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(rowOf(page, phoneNumber)).toContainText("Front desk");
  await expectOnePurchase(phoneNumber);
});

test("closing the dialog does not cancel the order", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await openConfirmation(page, areaCode);
  await carrier.arm("buy", phoneNumber, { kind: "delay", ms: 1500, when: "before" });
  await confirmButton(dialog).click();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.getByText(`Buying ${written(phoneNumber)} goes on`)).toBeVisible();
  await expect(rowOf(page, phoneNumber)).toBeVisible();
  await expect(page.getByText(`${written(phoneNumber)} is yours`)).toBeVisible();
  await expect(rowOf(page, phoneNumber)).toContainText("Idle");
  await expectOnePurchase(phoneNumber);
});

test("reloading in the middle of an order does not repeat it", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await openConfirmation(page, areaCode);
  await carrier.arm("buy", phoneNumber, { kind: "delay", ms: 1500, when: "before" });
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await confirmButton(dialog).click();
  await sent;
  await expect.poll(() => carrier.ordersFor(phoneNumber)).toHaveLength(1);
  await page.reload();
  await expect(rowOf(page, phoneNumber)).toContainText("Idle", { timeout: 20_000 });
  await expectOnePurchase(phoneNumber);
});

test("two tabs of one person buy once", async ({ page, context, areaCode, guard }) => {
  guard.allow(409, "purchase-number");
  const other = await context.newPage();
  const here = await openConfirmation(page, areaCode);
  const there = await openConfirmation(other, areaCode, here.phoneNumber);
  await Promise.all([confirmButton(here.dialog).click(), confirmButton(there.dialog).click()]);
  const answers = await Promise.all([
    readAnswer(here.dialog, here.phoneNumber),
    readAnswer(there.dialog, here.phoneNumber),
  ]);
  expect(answers.filter((answer) => answer === "bought")).toHaveLength(1);
  expect(answers).not.toContain("sold");
  await expectOnePurchase(here.phoneNumber);
});

test("two people of one organization buy once", async ({ page, desk, areaCode, guard }) => {
  guard.allow(409, "purchase-number");
  const other = await desk.openPage(await desk.addMember("operator"));
  const here = await openConfirmation(page, areaCode);
  const there = await openConfirmation(other, areaCode, here.phoneNumber);
  await Promise.all([confirmButton(here.dialog).click(), confirmButton(there.dialog).click()]);
  const answers = await Promise.all([
    readAnswer(here.dialog, here.phoneNumber),
    readAnswer(there.dialog, here.phoneNumber),
  ]);
  expect(answers.filter((answer) => answer === "bought")).toHaveLength(1);
  expect(answers).not.toContain("sold");
  await expectOnePurchase(here.phoneNumber);
});

test("of two organizations one gets the number, and the other hears that it is sold", async ({
  page,
  neighbour,
  areaCode,
  guard,
}) => {
  guard.allow(409, "purchase-number");
  const other = await neighbour.openPage(neighbour.user);
  const here = await openConfirmation(page, areaCode);
  const there = await openConfirmation(other, areaCode, here.phoneNumber);
  await Promise.all([confirmButton(here.dialog).click(), confirmButton(there.dialog).click()]);
  const answers = await Promise.all([
    readAnswer(here.dialog, here.phoneNumber),
    readAnswer(there.dialog, here.phoneNumber),
  ]);
  expect(answers.sort()).toEqual(["bought", "sold"]);
  await expectOnePurchase(here.phoneNumber);
});
