import { carrier } from "../carrier";
import { makeOperator, query } from "../database";
import { expect, test } from "../fixtures";
import { compareNow, openCarrierSync } from "./carrier-sync-steps";
import { buy, openNumbers } from "./steps";

/** Alone in its project: nobody may buy or release meanwhile, and nothing can be compared. */

test.describe.configure({ mode: "default" });

const reason = "The database went back in time.";

const enterSafeMode = () =>
  query("UPDATE installation SET safe_mode_since = now(), safe_mode_reason = $1", [reason]);

// Also when a test fails in between: the next one needs an ordinary desk.
test.afterEach(async () => {
  await query("UPDATE installation SET safe_mode_since = NULL, safe_mode_reason = NULL");
  await query("DELETE FROM kill_switch");
  await carrier.clearFaults();
});

test("every page says it, and it ends after a comparison", async ({ page, desk, api, areaCode }) => {
  await makeOperator(desk.organizationId);
  const [offer] = await desk.findOffers();
  await enterSafeMode();
  await openNumbers(page);
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("Safe mode: nothing can be bought or released");
  await expect(notices).toContainText(reason);
  const refused = await api.post("/core/managed-accounts/default/purchase-number", {
    data: { phone_number: offer?.phone_number },
  });
  expect(refused.status()).toBe(503);
  expect(await refused.json()).toMatchObject({ code: "safe_mode" });

  await notices.getByRole("link", { name: "See what to do" }).click();
  const steps = page.getByRole("region", { name: "Out of safe mode" });
  await expect(steps.getByText("Not compared since: Local carrier.")).toBeVisible();
  const end = steps.getByRole("button", { name: "End safe mode" });
  await expect(end).toBeDisabled();
  await expect(end).toHaveAccessibleDescription(
    "Possible once every account has been compared since safe mode began.",
  );
  await compareNow(page);
  await expect(steps.getByText("Each has been compared since.")).toBeVisible();
  await end.click();
  await expect(page.getByText("Safe mode has ended")).toBeVisible();
  await expect(steps).toHaveCount(0);
  await expect(notices).toHaveCount(0);
  await openNumbers(page);
  await buy(page, areaCode);
});

test("who does not run the installation reads who ends it", async ({ page }) => {
  await enterSafeMode();
  await openCarrierSync(page);
  const steps = page.getByRole("region", { name: "Out of safe mode" });
  await expect(steps.getByText("An admin of whoever runs this installation ends it.")).toBeVisible();
  await expect(steps.getByRole("button")).toHaveCount(0);
});

test("a carrier that cannot be read is told, and compared again", async ({ page }) => {
  test.slow();
  await carrier.armAll("list", { kind: "error_500_before" });
  await openCarrierSync(page);
  await compareNow(page);
  await expect(page.getByText("Not every account could be compared")).toBeVisible();
  await expect(page.getByText("Local carrier could not be compared")).toBeVisible();
  await carrier.clearFaults();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Local carrier could not be compared")).toHaveCount(0, { timeout: 30_000 });
});

test("an account is stopped for everybody who uses it, and let go on", async ({ page, desk, neighbour }) => {
  await makeOperator(desk.organizationId);
  await openCarrierSync(page);
  await page.getByRole("button", { name: "Stop buying or releasing" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop buying or releasing" });
  await dialog.getByRole("radio", { name: "One carrier account" }).check();
  await dialog.getByRole("combobox", { name: "Carrier account" }).click();
  await page.getByRole("option", { name: "Local carrier" }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The carrier has an outage.");
  await dialog.getByRole("button", { name: "Stop buying", exact: true }).click();
  await expect(dialog).toBeHidden();

  const [offer] = await neighbour.findOffers();
  const neighbours = await neighbour.openApi();
  const order = () =>
    neighbours.post("/core/managed-accounts/default/purchase-number", {
      data: { phone_number: offer?.phone_number },
    });
  expect(await (await order()).json()).toMatchObject({ code: "buying_stopped" });
  const lift = page.getByRole("button", { name: "Lift: Buying at Local carrier" });
  await lift.click();
  await expect(lift).toHaveCount(0);
  expect((await order()).status()).toBe(201);
});
