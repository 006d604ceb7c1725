import { expect, test } from "../fixtures";

test("is reached from the sidebar, and its samples name what the reader has", async ({ page, desk }) => {
  const agent = await desk.addAgent("Reception");
  const number = await desk.buyNumber();
  await page.goto("/settings/phone-numbers");
  await page.getByRole("link", { name: "API reference" }).click();
  await expect(page.getByRole("heading", { name: "API reference", level: 1 })).toBeVisible();

  const sampleOf = (operationId: string) => page.locator(`#${operationId}`).getByRole("tabpanel");
  await expect(sampleOf("getAgent")).toContainText(`/core/agents/${agent.id}`);
  await expect(sampleOf("getPhoneNumber")).toContainText(`/core/phone-numbers/${number.phone_number}`);
  await expect(sampleOf("assignTelephonyNumber")).toContainText(number.id);
  await expect(sampleOf("listPersonalTokens")).toContainText(`X-Organization-Id: ${desk.organizationId}`);
  // What would be gone for good is not the reader's.
  await expect(sampleOf("releaseTelephonyNumber")).not.toContainText(number.id);
  await expect(page.locator("#releaseTelephonyNumber").getByText("The id is made up")).toBeVisible();
  await expect(sampleOf("releasePhoneNumber")).toContainText(`${number.phone_number}?dry_run=true`);
});

test("one choice of language holds for all samples, and is there at the next visit", async ({ page }) => {
  await page.goto("/docs");
  const samples = (operationId: string) => page.locator(`#${operationId}`);
  await expect(samples("listPhoneNumbers").getByRole("tab", { name: "curl" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await samples("listPhoneNumbers").getByRole("tab", { name: "Python" }).click();
  await expect(samples("buyPhoneNumber").getByRole("tabpanel")).toContainText("requests.post(");
  await page.reload();
  await expect(samples("buyPhoneNumber").getByRole("tab", { name: "Python" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expect(samples("buyPhoneNumber").getByRole("tabpanel")).toContainText("requests.post(");
});

test("tabs and copying work by keyboard", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/docs");
  const operation = page.locator("#getCaller");
  await operation.getByRole("tab", { name: "curl" }).focus();
  for (const name of ["Python", "TypeScript"]) {
    await page.keyboard.press("ArrowRight");
    await expect(operation.getByRole("tab", { name })).toBeFocused();
  }
  const code = operation.getByRole("tabpanel").locator("code");
  await expect(code).toContainText("await fetch(url");
  const sample = await code.textContent();
  const copy = operation.getByRole("button", {
    name: "Copy TypeScript sample of GET /core/me",
    exact: true,
  });
  await copy.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(sample);
});

test("navigation leads to an operation, errors lead to their explanation", async ({ page }) => {
  await page.goto("/docs");
  const navigation = page.getByRole("navigation", { name: "On this page" });
  const group = navigation.getByRole("list", { name: "Native API · Buying", exact: true });
  const link = group.getByRole("link", { name: "Buy a number" });
  await link.click();
  await expect(page).toHaveURL(/#buyPhoneNumber$/);
  await expect(
    page.locator("#buyPhoneNumber").getByRole("heading", { name: "Buy a number" }),
  ).toBeInViewport();
  await expect(link).toHaveAttribute("aria-current", "location");

  await page.locator("#buyPhoneNumber").getByRole("link", { name: "number_unavailable" }).click();
  await expect(page).toHaveURL(/\/docs\/errors#number_unavailable$/);
  const entry = page.locator("#number_unavailable");
  await expect(entry.getByRole("heading", { name: /^Number not available/ })).toBeInViewport();
  const carriers = page.getByRole("table");
  await expect(carriers.getByRole("row").filter({ hasText: "21422" })).toContainText("number_unavailable");
  await expect(page.locator("#unauthenticated")).toContainText("unauthorized");
});

test("every link of the pages leads somewhere", async ({ page }) => {
  for (const address of ["/docs", "/docs/errors"]) {
    await page.goto(address);
    const broken = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
        .map((anchor) => anchor.getAttribute("href")?.slice(1) ?? "")
        .filter((id) => document.getElementById(id) === null),
    );
    expect(broken).toEqual([]);
  }
  const known = new Set(
    await page.locator("main section[id]").evaluateAll((sections) => sections.map(({ id }) => id)),
  );
  await page.goto("/docs");
  const named = await page
    .locator('a[href^="/docs/errors#"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.split("#")[1] ?? ""));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((code) => !known.has(code))).toEqual([]);
});

test.describe("signed out", () => {
  test.use({ signedIn: false });

  test("anybody may read it, with generic samples", async ({ page }) => {
    await page.goto("/docs");
    await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
    await expect(page.locator("#getPhoneNumber").getByRole("tabpanel")).toContainText("+14155550123");
    await expect(page.getByText("The id is made up")).toHaveCount(0);
    await page
      .getByRole("navigation", { name: "Documentation" })
      .getByRole("link", { name: "Errors" })
      .click();
    await expect(page.getByRole("heading", { name: "Errors", level: 1 })).toBeVisible();
  });
});

test("on a phone the navigation is a list that opens and closes, and nothing scrolls sideways", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/docs");
  const navigation = page.getByRole("navigation", { name: "On this page" });
  await expect(navigation).toBeHidden();
  await page.getByText("On this page", { exact: true }).click();
  const group = navigation.getByRole("list", { name: "Native API · Phone numbers", exact: true });
  await group.getByRole("link", { name: "Release a number" }).click();
  await expect(navigation).toBeHidden();
  const operation = page.locator("#releasePhoneNumber");
  await expect(operation.getByRole("heading", { name: "Release a number" })).toBeInViewport();
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    for (const address of ["/docs", "/docs/errors"]) {
      await page.goto(address);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${address} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});
