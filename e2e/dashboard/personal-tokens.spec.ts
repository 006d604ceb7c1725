import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { bearer, create, credentialRow, openCreate, revoke, send, takeSecret } from "./credential-steps";

/** Tokens of people of every role, and the ways to the pages. */

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

test("a token works in its person's name, in the organization a request names", async ({
  page,
  desk,
  request,
}) => {
  const dialog = await openCreate(page, "personal token");
  await dialog.getByRole("radio", { name: "Everything I may do" }).check();
  const step = await send(page, dialog, "Laptop");
  const command = step.getByRole("group", { name: "Try it in a terminal" });
  await expect(command.getByRole("code")).toContainText(`-H "X-Organization-Id: ${desk.organizationId}"`);
  await expect(step.getByText("X-Organization-Id says which organization it acts for")).toBeVisible();
  const secret = await takeSecret(step);
  await expect(credentialRow(page, "Laptop")).toContainText("Everything");

  const organization = { "X-Organization-Id": desk.organizationId };
  const me = await request.get("/core/me", { headers: { ...bearer(secret), ...organization } });
  expect(await me.json()).toMatchObject({ kind: "token", organization_id: desk.organizationId });
  const nowhere = await request.get("/core/me", { headers: bearer(secret) });
  expect(nowhere.status()).toBe(401);

  await revoke(page, "Laptop");
  const refused = await request.get("/core/me", { headers: { ...bearer(secret), ...organization } });
  expect(refused.status()).toBe(401);
});

test("the sidebar, the account menu and the palette lead here", async ({ page }) => {
  await page.goto("/agents");
  await page.getByRole("link", { name: "API keys" }).click();
  await expect(page.getByRole("heading", { name: "API keys", level: 1 })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "API reference" })).toHaveAttribute(
    "href",
    "/docs",
  );
  await page.getByRole("button", { name: "Account: Tess owner" }).click();
  await page.getByRole("menuitem", { name: "Personal tokens" }).click();
  await expect(page.getByRole("heading", { name: "Personal tokens", level: 1 })).toBeVisible();
  await goByPalette(page, "Settings: API keys");
  await expect(page).toHaveURL(/\/settings\/api-keys$/);
  await goByPalette(page, "Account: Personal tokens");
  await expect(page).toHaveURL(/\/account\/tokens$/);
});

async function goByPalette(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox")).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.getByRole("option", { name, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
}

test("on a phone rows are cards, and the account menu leads on from the navigation", async ({
  page,
  api,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await api.post("/core/api-keys", { data: { name: "Robot", scopes: ["agents:manage", "calls:read"] } });
  await page.goto("/settings/api-keys");
  const card = page.getByRole("list", { name: "API keys" }).getByRole("listitem");
  await expect(card).toContainText("Agents: manage");
  await expect(card).toContainText("Calls: read");
  await expect(card.getByRole("button", { name: "Revoke Robot" })).toBeVisible();
  await page.getByRole("button", { name: "Open navigation" }).click();
  await page.getByRole("button", { name: "Account: Tess owner" }).click();
  await page.getByRole("menuitem", { name: "Personal tokens" }).click();
  await expect(page.getByRole("heading", { name: "Personal tokens", level: 1 })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

for (const role of ["operator", "viewer"] as const) {
  test.describe(`as ${role === "operator" ? "an operator" : "a viewer"}`, () => {
    test.use({ role });

    test("the page of keys says who may see them and leads to one's own tokens", async ({ page }) => {
      await page.goto("/settings/api-keys");
      await expect(page.getByText("Only an owner or admin can see and create API keys")).toBeVisible();
      await expect(page.getByRole("button", { name: /^Create/ })).toHaveCount(0);
      await expect(
        page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API keys" }),
      ).toHaveCount(0);
      await page.keyboard.press("c");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await page.getByRole("main").getByRole("link", { name: "Personal tokens" }).click();
      await expect(page.getByRole("button", { name: "Create your first personal token" })).toBeVisible();
    });

    test("a token can do at most what its person may", async ({ page, desk, request }) => {
      const dialog = await openCreate(page, "personal token");
      await dialog.getByRole("radio", { name: "Choose" }).check();
      await expect(dialog.getByRole("checkbox", { name: "See phone numbers" })).toBeVisible();
      for (const name of ["Release phone numbers", "Manage members and keys"])
        await expect(dialog.getByRole("checkbox", { name })).toHaveCount(0);
      await expect(dialog.getByRole("radio", { name: "Everything I may do" })).toHaveCount(
        role === "operator" ? 1 : 0,
      );
      await dialog
        .getByRole("radio", { name: role === "operator" ? "Everything I may do" : "Read only" })
        .check();
      const secret = await create(page, dialog, "Mine");
      await expect(credentialRow(page, "Mine").getByRole("cell").nth(2)).toHaveText(
        role === "operator" ? "Everything" : "Read only",
      );
      const headers = { ...bearer(secret), "X-Organization-Id": desk.organizationId };
      const { scopes } = await (await request.get("/core/me", { headers })).json();
      expect(scopes.includes("phone_numbers:manage")).toBe(role === "operator");
      expect(scopes).not.toContain("phone_numbers:release");
    });
  });
}
