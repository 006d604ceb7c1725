import type { APIRequestContext, Locator, Page } from "@playwright/test";
import type { ApiKey } from "@/lib/api-keys/schema";
import { expect } from "../fixtures";

/** What a person does with API keys and personal tokens. */

type Kind = "API key" | "personal token";

export async function openCreate(page: Page, kind: Kind = "API key"): Promise<Locator> {
  await page.goto(kind === "API key" ? "/settings/api-keys" : "/account/tokens");
  await page.getByRole("button", { name: `Create ${kind}`, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Create ${kind}`, exact: true });
  await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
  return dialog;
}

/** From the open form to the secret. */
export async function send(page: Page, dialog: Locator, name: string): Promise<Locator> {
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: /^Create / }).click();
  const step = secretStep(page);
  await expect(step).toBeVisible();
  return step;
}

export function secretStep(page: Page): Locator {
  return page.getByRole("dialog", { name: /^Copy your (API key|personal token)$/ });
}

export async function readSecret(step: Locator): Promise<string> {
  const secret = await step
    .getByRole("group", { name: /^(Key|Token) of / })
    .getByRole("code")
    .textContent();
  expect(secret).toMatch(/^(ak_[0-9A-Za-z]{22}\.|pat_[0-9A-Za-z]{22})[0-9A-Za-z]{39}$/);
  return secret ?? "";
}

/** Copies the secret, closes, and returns it. */
export async function takeSecret(step: Locator): Promise<string> {
  const secret = await readSecret(step);
  await step.getByRole("button", { name: /^Copy (API key|personal token)$/ }).click();
  await step.getByRole("button", { name: "Done" }).click();
  await expect(step).toBeHidden();
  return secret;
}

/** From the open form to the row in the list. Returns the secret. */
export async function create(page: Page, dialog: Locator, name: string): Promise<string> {
  const secret = await takeSecret(await send(page, dialog, name));
  await expect(credentialRow(page, name)).toBeVisible();
  return secret;
}

export async function revoke(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Revoke ${name}`, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Revoke ${name}`, exact: true });
  await expect(dialog.getByText("Whatever uses it is refused from the next request.")).toBeVisible();
  await dialog.getByRole("button", { name: `Revoke ${name}`, exact: true }).click();
  await expect(dialog).toBeHidden();
}

export function credentialRow(page: Page, name: string): Locator {
  return page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
}

export async function listKeys(api: APIRequestContext): Promise<ApiKey[]> {
  return (await (await api.get("/core/api-keys")).json()).data;
}

export const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });

/** The part of a secret that its id does not tell. */
export const hiddenPart = (secret: string) => secret.slice(-39);
