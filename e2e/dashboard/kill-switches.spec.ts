import type { Page } from "@playwright/test";
import { carrier } from "../carrier";
import { makeOperator } from "../database";
import { expect, test } from "../fixtures";
import { openCarrierSync } from "./carrier-sync-steps";
import {
  buy,
  confirmButton,
  numberOf,
  offerButtons,
  openBuyDialog,
  openNumbers,
  searchAreaCode,
} from "./steps";

/** Buying and releasing stopped on purpose, and let go on. */

const reason = "Prices are under review.";

async function stop(page: Page, act: "buying" | "releasing"): Promise<void> {
  await page.getByRole("button", { name: "Stop buying or releasing" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop buying or releasing" });
  await dialog.getByRole("radio", { name: act === "buying" ? "Buying" : "Releasing" }).check();
  await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
  await dialog.getByRole("button", { name: `Stop ${act}`, exact: true }).click();
  await expect(dialog).toBeHidden();
}

function noticesOf(page: Page) {
  return page.getByRole("region", { name: "Notices" });
}

test("buying is refused with the reason while it is stopped, and goes on when that is lifted", async ({
  page,
  areaCode,
  guard,
}) => {
  test.slow();
  await openCarrierSync(page);
  await expect(page.getByText("Nothing is stopped")).toBeVisible();
  await stop(page, "buying");
  const row = page.getByRole("list", { name: "Kill switches" }).getByRole("listitem");
  await expect(row).toContainText("Buying stopped");
  await expect(row).toContainText(reason);
  await expect(row).toContainText("Tess owner");

  await openNumbers(page);
  await expect(noticesOf(page)).toContainText(`Buying is stopped: ${reason}`);
  guard.allow(503, "/purchase-number");
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const offer = offerButtons(dialog).first();
  const phoneNumber = await numberOf(offer);
  await offer.click();
  await expect(dialog.getByText(`Buying numbers is stopped: ${reason} Nothing was done.`)).toBeVisible();
  await expect(confirmButton(dialog)).toHaveCount(0);
  expect(await carrier.ordersFor(phoneNumber)).toEqual([]);
  await page.keyboard.press("Escape");

  await noticesOf(page).getByRole("link", { name: "Kill switches" }).click();
  await page.getByRole("button", { name: /^Lift: Buying for / }).click();
  await expect(page.getByText("Nothing is stopped")).toBeVisible();
  await expect(noticesOf(page)).toHaveCount(0);
  await openNumbers(page);
  await buy(page, areaCode);
});

test("releasing is refused while it is stopped, and goes on when that is lifted", async ({
  page,
  desk,
  api,
}) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openCarrierSync(page);
  await stop(page, "releasing");
  await expect(noticesOf(page)).toContainText(`Releasing is stopped: ${reason}`);
  const refused = await api.delete(`/core/phone-numbers/${phoneNumber}`);
  expect(refused.status()).toBe(503);
  expect(await refused.json()).toMatchObject({
    code: "releasing_stopped",
    detail: `Releasing numbers is stopped: ${reason} Nothing was done.`,
  });
  expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);

  await page.getByRole("button", { name: /^Lift: Releasing for / }).click();
  await expect(page.getByText("Nothing is stopped")).toBeVisible();
  const released = await api.delete(`/core/phone-numbers/${phoneNumber}`);
  expect(released.status(), await released.text()).toBe(200);
});

test("the form wants a reason, and for those who run the installation how far it reaches", async ({
  page,
  desk,
}) => {
  await openCarrierSync(page);
  await page.getByRole("button", { name: "Stop buying or releasing" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop buying or releasing" });
  await expect(dialog.getByRole("radio", { name: "Everywhere" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Stop buying", exact: true }).click();
  await expect(dialog.getByText("Say why, for whoever meets it.")).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Stop buying or releasing" })).toBeFocused();

  await makeOperator(desk.organizationId);
  await page.reload();
  await page.getByRole("button", { name: "Stop buying or releasing" }).click();
  await dialog.getByRole("radio", { name: "One carrier account" }).check();
  await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
  await dialog.getByRole("button", { name: "Stop buying", exact: true }).click();
  await expect(dialog.getByText("Choose the carrier account.")).toBeVisible();
  await dialog.getByRole("combobox", { name: "Carrier account" }).click();
  await expect(page.getByRole("option", { name: "Local carrier" })).toBeVisible();
});

test.describe("as an operator", () => {
  test.use({ role: "operator" });

  test("buying may be stopped, and somebody else lifts it", async ({ page, desk }) => {
    await openCarrierSync(page);
    await stop(page, "buying");
    const row = page.getByRole("list", { name: "Kill switches" }).getByRole("listitem");
    await expect(row).toContainText("An owner or admin lifts it.");
    await expect(page.getByRole("button", { name: /^Lift/ })).toHaveCount(0);

    const adminsPage = await desk.openPage(await desk.addMember("admin"));
    await openCarrierSync(adminsPage);
    await adminsPage.getByRole("button", { name: /^Lift: Buying for / }).click();
    await expect(adminsPage.getByText("Nothing is stopped")).toBeVisible();
  });
});

test.describe("as a viewer", () => {
  test.use({ role: "viewer" });

  test("every page says what is stopped, and nothing can be stopped", async ({ page, desk }) => {
    const ownersPage = await desk.openPage(await desk.addMember("owner"));
    await openCarrierSync(ownersPage);
    await stop(ownersPage, "buying");
    await page.goto("/agents");
    await expect(noticesOf(page)).toContainText(`Buying is stopped: ${reason}`);
    await openCarrierSync(page);
    await expect(page.getByRole("button", { name: "Stop buying or releasing" })).toHaveCount(0);
  });
});
