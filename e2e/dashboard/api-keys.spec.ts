import { query } from "../database";
import { expect, test } from "../fixtures";
import { bearer, credentialRow, listKeys, readSecret, revoke, secretStep, send } from "./credential-steps";

/** Keys of the organization: made, used, listed and revoked. */

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

test("a key is made, shown once, works, and is refused as soon as it is revoked", async ({
  page,
  request,
}) => {
  await page.goto("/settings/api-keys");
  await expect(page.getByText("An API key lets a program do what you do here")).toBeVisible();
  await page.getByRole("button", { name: "Create your first API key" }).click();
  const dialog = page.getByRole("dialog", { name: "Create API key" });
  await expect(dialog.getByRole("radio", { name: "Read only" })).toBeChecked();
  await expect(dialog.getByRole("combobox", { name: "Expires" })).toHaveText("90 days");
  const step = await send(page, dialog, "Nightly import");
  await expect(step.getByRole("button", { name: "Copy API key" })).toBeFocused();
  await expect(step.getByText("It will not be shown again.")).toBeVisible();
  const secret = await readSecret(step);
  await expect(step.getByRole("group", { name: "Try it in a terminal" }).getByRole("code")).toHaveText(
    `curl ${new URL(page.url()).origin}/core/me \\\n  -H "Authorization: Bearer ${secret}"`,
  );
  await step.getByRole("button", { name: "Copy API key" }).click();
  await expect(step.getByRole("button", { name: "Copy API key" })).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await step.getByRole("button", { name: "Done" }).click();
  await expect(step).toBeHidden();

  const cells = credentialRow(page, "Nightly import").getByRole("cell");
  await expect(cells.nth(1)).toHaveText(`${secret.slice(0, 7)}…${secret.slice(20, 25)}`);
  await expect(cells.nth(2)).toHaveText("Read only");
  await expect(cells.nth(3)).toContainText("by Tess owner");
  await expect(cells.nth(4)).toHaveText("Never");
  await expect(cells.nth(6)).toHaveText("Active");

  const used = await request.get("/core/me", { headers: bearer(secret) });
  expect(used.status()).toBe(200);
  const { scopes } = await used.json();
  expect(scopes).toContain("phone_numbers:read");
  expect(scopes.filter((scope: string) => !scope.endsWith(":read"))).toEqual([]);
  await page.reload();
  await expect(cells.nth(4)).not.toHaveText("Never");

  await revoke(page, "Nightly import");
  await expect(page.getByText("No key is active")).toBeVisible();
  const refused = await request.get("/core/me", { headers: bearer(secret) });
  expect(refused.status()).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "unauthenticated" });

  await page.getByRole("button", { name: "Show 1 revoked or expired" }).click();
  await expect(page).toHaveURL(/ended=true/);
  await expect(cells.nth(6)).toHaveText("Revoked");
  await expect(page.getByRole("button", { name: "Revoke Nightly import" })).toHaveCount(0);
});

test("with the keyboard only", async ({ page, api, request }) => {
  await page.goto("/settings/api-keys");
  await expect(page.getByRole("button", { name: "Create your first API key" })).toBeVisible();
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: "Create API key" });
  await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type("Robot");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: "90 days" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("combobox", { name: "Expires" })).toHaveText("30 days");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("radio", { name: "Read only" })).toBeFocused();
  for (const name of ["Everything I may do", "Choose"]) {
    // The choice follows the focus while the key is down; a press too short for any finger would only move the focus.
    await page.keyboard.down("ArrowDown");
    await expect(dialog.getByRole("radio", { name })).toBeChecked();
    await page.keyboard.up("ArrowDown");
  }
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("checkbox", { name: "See phone numbers" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");

  const step = secretStep(page);
  await expect(step.getByRole("button", { name: "Copy API key" })).toBeFocused();
  const secret = await readSecret(step);
  await page.keyboard.press("Enter");
  await expect(step.getByRole("button", { name: "Copy API key" })).toHaveText("Copied");
  await page.keyboard.press("Escape");
  await expect(step).toBeHidden();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  const me = await request.get("/core/me", { headers: bearer(secret) });
  expect((await me.json()).scopes).toEqual(["phone_numbers:read"]);

  await page.keyboard.press("j");
  await expect(credentialRow(page, "Robot")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Revoke Robot" })).toBeFocused();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Revoke Robot" });
  await expect(sheet.getByRole("button", { name: "Keep key" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("button", { name: "Revoke Robot" }), "the focus returns").toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(sheet).toBeHidden();
  expect((await listKeys(api)).filter((key) => key.revoked_at === null)).toEqual([]);
});

test("a revocation that fails says so and leaves the key", async ({ page, api, guard }) => {
  guard.allow(503, "/core/api-keys/");
  await api.post("/core/api-keys", { data: { name: "Robot" } });
  await page.goto("/settings/api-keys");
  await page.route("**/core/api-keys/*", (route) =>
    route.fulfill({ status: 503, json: { code: "service_unavailable", detail: "Try again in a moment." } }),
  );
  await page.getByRole("button", { name: "Revoke Robot" }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke Robot" });
  await dialog.getByRole("button", { name: "Revoke Robot" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Try again in a moment.");
  await dialog.getByRole("button", { name: "Keep key" }).click();
  await expect(dialog).toBeHidden();
  await page.unroute("**/core/api-keys/*");
  await revoke(page, "Robot");
  expect((await listKeys(api)).filter((key) => key.revoked_at === null)).toEqual([]);
});

test("an expired key is folded away with the revoked ones", async ({ page, desk, api }) => {
  for (const name of ["Working", "Over"]) await api.post("/core/api-keys", { data: { name } });
  await query("UPDATE api_key SET expires_at = now() WHERE organization_id = $1 AND name = 'Over'", [
    desk.organizationId,
  ]);
  await page.goto("/settings/api-keys");
  await expect(credentialRow(page, "Working")).toBeVisible();
  await expect(credentialRow(page, "Over")).toHaveCount(0);
  await expect(page.getByText("1 key active")).toBeVisible();
  await page.getByRole("button", { name: "Show 1 revoked or expired" }).click();
  await expect(credentialRow(page, "Over")).toContainText("Expired");
  await page.getByRole("button", { name: "Hide 1 revoked or expired" }).click();
  await expect(credentialRow(page, "Over")).toHaveCount(0);
});

test("keys of another organization are not here", async ({ page, neighbour }) => {
  const theirs = await neighbour.openApi();
  await theirs.post("/core/api-keys", { data: { name: "Theirs" } });
  await page.goto("/settings/api-keys");
  await expect(page.getByRole("button", { name: "Create your first API key" })).toBeVisible();
  await expect(page.getByText("Theirs")).toHaveCount(0);
});
