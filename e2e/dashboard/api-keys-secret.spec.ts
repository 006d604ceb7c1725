import { expect, test } from "../fixtures";
import {
  create,
  credentialRow,
  hiddenPart,
  openCreate,
  readSecret,
  secretStep,
  send,
} from "./credential-steps";

/** A secret is shown once, and nobody loses it by a slip or finds it later. */

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

test("nothing of the secret stays on the page, in its storage or in its address", async ({ page }) => {
  const secret = await create(page, await openCreate(page), "Robot");
  const left = await page.evaluate(() => ({
    page: document.documentElement.outerHTML,
    fields: [...document.querySelectorAll("input, textarea")].map(
      (field) => (field as HTMLInputElement).value,
    ),
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    cookies: document.cookie,
    address: location.href,
    history: JSON.stringify(history.state),
  }));
  expect(left.page).toContain("Robot");
  expect(JSON.stringify(left)).not.toContain(hiddenPart(secret));
  await page.reload();
  await expect(credentialRow(page, "Robot")).toBeVisible();
  expect(await page.content()).not.toContain(hiddenPart(secret));
});

test("closing before copying asks, however it is closed", async ({ page }) => {
  const step = await send(page, await openCreate(page), "Robot");
  const secret = await readSecret(step);
  const warning = step.getByText("The key has not been copied");
  await expect(warning).toBeHidden();

  await page.keyboard.press("Escape");
  await expect(warning).toBeVisible();
  await page.keyboard.press("Escape");
  await page.mouse.click(4, 4);
  await step.getByRole("button", { name: "Close", exact: true }).click();
  await step.getByRole("button", { name: "Done" }).click();
  await expect(step).toBeVisible();
  expect(await readSecret(step)).toBe(secret);

  await step.getByRole("button", { name: "Copy command" }).click();
  await expect(warning).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(step).toBeHidden();
  await expect(page.getByRole("button", { name: "Create API key" }), "the focus returns").toBeFocused();
});

test("Escape while a key is being made does not lose it", async ({ page }) => {
  const dialog = await openCreate(page);
  await dialog.getByRole("textbox", { name: "Name" }).fill("Robot");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await readSecret(secretStep(page));
});

test("an uncopied key can be left behind on purpose", async ({ page }) => {
  const step = await send(page, await openCreate(page), "Robot");
  await step.getByRole("button", { name: "Done" }).click();
  await step.getByRole("button", { name: "Close anyway" }).click();
  await expect(step).toBeHidden();
  await expect(credentialRow(page, "Robot")).toBeVisible();
});

test("copying by hand counts", async ({ page }) => {
  const step = await send(page, await openCreate(page), "Robot");
  const secret = await readSecret(step);
  await step.getByRole("group", { name: "Key of Robot" }).getByRole("code").click();
  await page.keyboard.press("Control+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await step.getByRole("button", { name: "Done" }).click();
  await expect(step).toBeHidden();
});

test("a browser that refuses to copy leaves the secret selected, and nowhere else", async ({ page }) => {
  const dialog = await openCreate(page);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("Denied", "NotAllowedError"));
  });
  const step = await send(page, dialog, "Robot");
  const secret = await readSecret(step);
  await step.getByRole("button", { name: "Copy API key" }).click();
  await expect(step.getByText("The browser did not allow copying.")).toBeVisible();
  expect(await page.evaluate(() => String(getSelection()))).toBe(secret);
  await step.getByRole("button", { name: "Done" }).click();
  await expect(step.getByText("The key has not been copied")).toBeVisible();
  await step.getByRole("button", { name: "Close anyway" }).click();
  await expect(step).toBeHidden();
  expect(await page.content()).not.toContain(hiddenPart(secret));
});
