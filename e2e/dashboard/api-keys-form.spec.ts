import { query } from "../database";
import { expect, test } from "../fixtures";
import { bearer, create, credentialRow, listKeys, openCreate, secretStep } from "./credential-steps";

/** How long a key lasts, what it may do, and that one is made. */

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

test.describe("how long it lasts", () => {
  test.use({ timezoneId: "America/New_York" });

  test("each preset counts from now", async ({ page, api }) => {
    const presets = {
      "1 day": 1,
      "7 days": 7,
      "30 days": 30,
      "90 days": 90,
      "180 days": 180,
      "365 days": 365,
    };
    for (const preset of Object.keys(presets)) {
      const dialog = await openCreate(page);
      await dialog.getByRole("combobox", { name: "Expires" }).click();
      await page.getByRole("option", { name: preset, exact: true }).click();
      await create(page, dialog, preset);
    }
    const days = (await listKeys(api)).map(({ name, created_at, expires_at }) => {
      const milliseconds = Date.parse(expires_at ?? "") - Date.parse(created_at);
      return [name, Math.round(milliseconds / 86_400_000)];
    });
    expect(Object.fromEntries(days)).toEqual(presets);
  });

  test("never", async ({ page, api }) => {
    const dialog = await openCreate(page);
    await dialog.getByRole("combobox", { name: "Expires" }).click();
    await page.getByRole("option", { name: "Never" }).click();
    await expect(dialog.getByText("It works until somebody revokes it.")).toBeVisible();
    await create(page, dialog, "Forever");
    await expect(credentialRow(page, "Forever").getByRole("cell").nth(5)).toHaveText("Never");
    expect((await listKeys(api)).map((key) => key.expires_at)).toEqual([null]);
  });

  test("to the end of a day of one's own choice, which must not be over", async ({ page, api }) => {
    const dialog = await openCreate(page);
    await dialog.getByRole("combobox", { name: "Expires" }).click();
    await page.getByRole("option", { name: "Custom date" }).click();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Until then");
    await dialog.getByRole("button", { name: "Create key" }).click();
    await expect(dialog.getByText("Choose a date.")).toBeVisible();
    await dialog.getByLabel("Last day").fill("2020-02-29");
    await expect(dialog.getByText("Choose today or a later day.")).toBeVisible();
    await dialog.getByRole("button", { name: "Create key" }).click();
    await expect(dialog.getByLabel("Last day")).toBeFocused();
    expect(await listKeys(api)).toEqual([]);
    await dialog.getByLabel("Last day").fill("2091-01-31");
    await create(page, dialog, "Until then");
    expect((await listKeys(api)).map((key) => key.expires_at)).toEqual(["2091-02-01T04:59:59.999Z"]);
  });
});

test("a key does what was chosen for it and no more", async ({ page, request }) => {
  const dialog = await openCreate(page);
  await dialog.getByRole("radio", { name: "Choose" }).check();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Robot");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Choose at least one.")).toBeVisible();
  const see = dialog.getByRole("checkbox", { name: "See phone numbers", exact: true });
  await expect(see).toBeFocused();

  const buy = dialog.getByRole("checkbox", { name: "Buy, assign and label phone numbers", exact: true });
  await buy.check();
  await expect(see, "manage includes read").toBeChecked();
  await expect(see).toBeDisabled();
  await expect(
    dialog.getByRole("checkbox", { name: "Release phone numbers", exact: true }),
  ).toHaveAccessibleDescription("Irreversible");
  await dialog.getByRole("group", { name: "Agents" }).getByRole("checkbox", { name: "See agents" }).check();
  await dialog.getByRole("checkbox", { name: "See calls" }).check();
  const secret = await create(page, dialog, "Robot");

  const me = await request.get("/core/me", { headers: bearer(secret) });
  expect((await me.json()).scopes.sort()).toEqual(["agents:read", "calls:read", "phone_numbers:manage"]);
  const refused = await request.post("/core/agents", { headers: bearer(secret), data: { name: "Anna" } });
  expect(refused.status()).toBe(403);

  const row = credentialRow(page, "Robot");
  await expect(row.getByRole("cell").nth(2)).toContainText("Phone numbers: manage");
  const more = row.getByRole("button", { name: "+2 more" });
  const whole = page.getByRole("tooltip");
  await more.hover();
  await expect(whole).toHaveText("Phone numbers: manage; Agents: read; Calls: read");
  await page.mouse.move(0, 0, { steps: 5 });
  await expect(whole).toBeHidden();
  await row.focus();
  await page.keyboard.press("Tab");
  await expect(more).toBeFocused();
  await expect(whole).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(whole).toBeHidden();
});

test("everything means everything the maker may do", async ({ page, request }) => {
  const dialog = await openCreate(page);
  await dialog.getByRole("radio", { name: "Everything I may do" }).check();
  const secret = await create(page, dialog, "Deputy");
  await expect(credentialRow(page, "Deputy").getByRole("cell").nth(2)).toHaveText("Everything");
  const { scopes } = await (await request.get("/core/me", { headers: bearer(secret) })).json();
  expect(scopes).toContain("phone_numbers:release");
  expect(scopes).toContain("members:manage");
});

test.describe("however often it is asked for, one is made", () => {
  test("by a double click", async ({ page, api }) => {
    const dialog = await openCreate(page);
    await dialog.getByRole("textbox", { name: "Name" }).fill("Robot");
    await dialog.getByRole("button", { name: "Create key" }).dblclick();
    await expect(secretStep(page)).toBeVisible();
    expect(await listKeys(api)).toHaveLength(1);
  });

  test("by ten clicks at the same moment", async ({ page, api }) => {
    const dialog = await openCreate(page);
    await dialog.getByRole("textbox", { name: "Name" }).fill("Robot");
    await dialog.getByRole("button", { name: "Create key" }).evaluate((button: HTMLButtonElement) => {
      for (let clicks = 0; clicks < 10; clicks += 1) button.click();
    });
    await expect(secretStep(page)).toBeVisible();
    expect(await listKeys(api)).toHaveLength(1);
  });

  test("by Enter twice, and the second one loses nothing", async ({ page, api }) => {
    const dialog = await openCreate(page);
    await dialog.getByRole("textbox", { name: "Name" }).fill("Robot");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(secretStep(page)).toBeVisible();
    expect(await listKeys(api)).toHaveLength(1);
  });
});

test("says what is missing and sends nothing", async ({ page, api }) => {
  const dialog = await openCreate(page);
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Give it a name.")).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: "Name" })).toBeFocused();
  await dialog.getByRole("textbox", { name: "Name" }).fill("x".repeat(81));
  await expect(dialog.getByText("A name has at most 80 characters.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(await listKeys(api)).toEqual([]);
});

test("a refusal is told in the dialog, which stays as it was", async ({ page, desk, api, guard }) => {
  guard.allow(403, "/core/api-keys");
  const dialog = await openCreate(page);
  await dialog.getByRole("textbox", { name: "Name" }).fill("Robot");
  const demote = "UPDATE membership SET role = $2 WHERE user_id = $1";
  await query(demote, [desk.user.id, "operator"]);
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByRole("alert")).toContainText("This needs the scope members:manage.");
  await query(demote, [desk.user.id, "owner"]);
  await create(page, dialog, "Robot");
  expect(await listKeys(api)).toHaveLength(1);
});
