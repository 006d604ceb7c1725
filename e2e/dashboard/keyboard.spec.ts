import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { carrier } from "../carrier";
import { stack } from "../environment";
import { expect, test } from "../fixtures";
import { signIn } from "../session";
import {
  agentBox,
  confirmButton,
  expectBought,
  numberOf,
  offerButtons,
  offersIn,
  releaseButton,
  rowOf,
  versionBox,
  written,
} from "./steps";

/** The whole path of an operator, and no mouse. */

test.use({ signedIn: false });

/** Presses Tab, or Shift+Tab, until the control has the focus, as a person would. */
async function tabTo(page: Page, control: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(control, "reached with the Tab key").toBeFocused();
}

async function pick(page: Page, box: Locator, option: string | RegExp, typed: string): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: option })).toBeVisible();
  // The list takes the focus a moment after it shows; what is typed before would go to the button.
  await expect(page.locator('[role="listbox"], [cmdk-root]').locator(":focus")).toHaveCount(1);
  await page.keyboard.type(typed);
  // A select moves its choice a moment after the key; Enter before that would take the one before.
  const chosen = page.locator("[role=option]:is([data-highlighted], [data-selected=true])");
  await expect(chosen.and(page.getByRole("option", { name: option }))).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: option })).toBeHidden();
  await expect(box).toBeFocused();
}

test("sign in, search 415, buy, assign, share and release with the keyboard only", async ({ page }) => {
  test.slow();
  const { email, password } = JSON.parse(readFileSync(stack.demoFile, "utf8"));

  await test.step("sign in", async () => {
    await page.goto("/settings/phone-numbers");
    await expect(page.getByRole("textbox", { name: "Email" })).toBeFocused();
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Filter numbers" })).toBeVisible();
  });

  const dialog = page.getByRole("dialog", { name: /^Buy / });
  const phoneNumber = await test.step("b, 415, search, buy, confirm", async () => {
    await page.keyboard.press("b");
    await expect(offersIn(dialog).first()).toBeVisible();
    await tabTo(page, dialog.getByRole("textbox", { name: "Area code" }));
    await page.keyboard.type("415");
    await page.keyboard.press("Enter");
    const first = offerButtons(dialog).first();
    await expect(first).toHaveAccessibleName(/^Buy \+1 415 /);
    const chosen = await numberOf(first);
    await tabTo(page, first);
    await page.keyboard.press("Enter");
    await tabTo(page, confirmButton(dialog));
    await page.keyboard.press("Enter");
    await expectBought(dialog, chosen);
    await tabTo(page, dialog.getByRole("button", { name: "Done" }));
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    return chosen;
  });

  const row = rowOf(page, phoneNumber);
  await test.step("to its row", async () => {
    await expect(row).toBeVisible();
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("j");
      if (await row.evaluate((element) => element === document.activeElement)) break;
    }
    // The newest number is on top; j beyond the last row stays there, so go back up if it was passed.
    if (!(await row.evaluate((element) => element === document.activeElement)))
      await page.keyboard.press("Home");
    await expect(row).toBeFocused();
  });

  await test.step("assign inbound to a pinned version and outbound to the latest", async () => {
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog");
    await pick(page, agentBox(panel, "Inbound", phoneNumber), /^Reception/, "Reception");
    await pick(page, versionBox(panel, "Inbound", phoneNumber), "v1", "v1");
    await pick(page, agentBox(panel, "Outbound", phoneNumber), /^Appointments/, "Appointments");
    await tabTo(page, panel.getByRole("button", { name: "Save" }));
    await page.keyboard.press("Enter");
    await expect(panel).toBeHidden();
    await expect(row, "the focus returns to the row").toBeFocused();
  });

  await test.step("reload", async () => {
    await page.reload();
    await expect(row.getByRole("cell").nth(2)).toHaveText("Reception · v1");
    await expect(row.getByRole("cell").nth(3)).toHaveText("Appointments · latest");
  });

  await test.step("share", async () => {
    const toggle = page.getByRole("switch", { name: `Shareable for ${written(phoneNumber)}`, exact: true });
    await tabTo(page, toggle);
    await page.keyboard.press("Space");
    await expect(toggle).toBeChecked();
  });

  await test.step("release", async () => {
    const menu = page.getByRole("button", { name: `Actions for ${written(phoneNumber)}`, exact: true });
    await tabTo(page, menu);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    await page.keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Release number" })).toBeFocused();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: `Release ${written(phoneNumber)}`, exact: true });
    await tabTo(page, sheet.getByRole("radio", { name: "After 7 days" }));
    await page.keyboard.down("ArrowUp");
    await expect(sheet.getByRole("radio", { name: "Now", exact: true })).toBeChecked();
    await page.keyboard.up("ArrowUp");
    await tabTo(page, sheet.getByRole("checkbox", { name: "Unassign and release" }));
    await page.keyboard.press("Space");
    await tabTo(page, sheet.getByRole("textbox", { name: "Last four digits" }));
    await page.keyboard.type(phoneNumber.slice(-4));
    await tabTo(page, releaseButton(sheet, phoneNumber));
    await page.keyboard.press("Enter");
    await expect(sheet).toBeHidden();
    await expect(row).toHaveCount(0);
    expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
  });
});

test("/ goes to the filter, ? lists the keys, and letters typed into a field open nothing", async ({
  page,
  desk,
  context,
}) => {
  await signIn(context, desk.user.id);
  await page.goto("/settings/phone-numbers");
  await expect(page.getByRole("button", { name: "Buy your first number" })).toBeVisible();
  await page.keyboard.press("/");
  const filter = page.getByRole("textbox", { name: "Filter numbers" });
  await expect(filter).toBeFocused();
  await page.keyboard.type("b?");
  await expect(filter).toHaveValue("b?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(filter).not.toBeFocused();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const label of ["Buy number", "Filter numbers", "Command palette"])
    await expect(list.getByRole("listitem").filter({ hasText: label })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
});

test("the command palette opens with Control+K and leads to a page", async ({ page, desk, context }) => {
  await signIn(context, desk.user.id);
  await page.goto("/agents");
  await expect(page.getByRole("heading", { name: "Agents", level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("phone");
  await expect(page.getByRole("option", { name: "Settings: Phone numbers" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/phone-numbers$/);
});
