import { expect, type Locator, type Page } from "@playwright/test";
import { written } from "./steps";

/** What a person does on Settings → Carrier sync. */

export async function openCarrierSync(page: Page, tab?: "accepted" | "settled"): Promise<void> {
  await page.goto(`/settings/carrier-sync${tab ? `?status=${tab}` : ""}`);
  await expect(page.getByRole("heading", { name: "Carrier sync", level: 1 })).toBeVisible();
}

export function cardOf(page: Page, phoneNumber: string): Locator {
  return page.getByRole("article", { name: written(phoneNumber) });
}

export async function compareNow(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Compare now" });
  await button.click();
  await expect(button).not.toHaveAttribute("aria-busy", { timeout: 30_000 });
}

/** Compares until the number has a card: a comparison that began before the difference did is joined, not repeated. */
export async function compareUntilFound(page: Page, phoneNumber: string): Promise<Locator> {
  const card = cardOf(page, phoneNumber);
  await expect(async () => {
    await compareNow(page);
    await expect(card).toBeVisible({ timeout: 2000 });
  }).toPass();
  return card;
}

export async function act(card: Locator, verb: string, phoneNumber: string): Promise<void> {
  await card.getByRole("button", { name: `${verb} ${written(phoneNumber)}`, exact: true }).click();
}
