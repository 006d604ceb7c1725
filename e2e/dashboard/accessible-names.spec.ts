import { expect, test } from "../fixtures";
import { chooseAgent, numberOf, offerButtons, openNumbers, rowOf, searchAreaCode, written } from "./steps";

/** What an AI agent in a browser relies on: exact accessible names that say what a control does to which number. */

test("every control of the path has an exact name that names the number", async ({
  page,
  desk,
  areaCode,
}) => {
  await desk.addAgent("Reception", 2);
  await openNumbers(page);
  await page.getByRole("button", { name: "Buy number", exact: true }).click();
  const search = page.getByRole("dialog", { name: "Buy number", exact: true });
  await searchAreaCode(search, areaCode);
  for (const name of ["Country", "Type"])
    await expect(search.getByRole("combobox", { name, exact: true })).toBeVisible();
  for (const name of ["Search", "Close"])
    await expect(search.getByRole("button", { name, exact: true })).toBeVisible();

  const phoneNumber = await numberOf(offerButtons(search).first());
  const number = written(phoneNumber);
  await search.getByRole("button", { name: `Buy ${number}`, exact: true }).click();
  const order = page.getByRole("dialog", { name: `Buy ${number}`, exact: true });
  await expect(order.getByRole("region", { name: `Order summary of ${number}`, exact: true })).toBeVisible();
  await expect(order.getByRole("button", { name: "Back to results", exact: true })).toBeVisible();
  await order.getByRole("textbox", { name: `Label for ${number}`, exact: true }).fill("Support");
  await chooseAgent(
    order.getByRole("combobox", { name: `Inbound agent for ${number}`, exact: true }),
    "Reception",
  );
  await order.getByRole("button", { name: `Buy ${number} · $1.15/month`, exact: true }).click();
  await expect(order.getByRole("region", { name: `Order of ${number}`, exact: true })).toBeVisible();
  await order.getByRole("button", { name: "Done", exact: true }).click();

  const row = rowOf(page, phoneNumber);
  await expect(row).toContainText("Support");
  await expect(row.getByRole("button", { name: `Copy ${number}`, exact: true })).toBeAttached();
  await expect(row.getByRole("switch", { name: `Shareable for ${number}`, exact: true })).toBeVisible();
  await expect(row.getByRole("button", { name: `Actions for ${number}`, exact: true })).toBeVisible();
  await row.getByRole("button", { name: `Assign outbound agent for ${number}`, exact: true }).click();

  const panel = page.getByRole("dialog", { name: number, exact: true });
  for (const direction of ["Inbound", "Outbound"])
    await expect(
      panel.getByRole("combobox", { name: `${direction} agent for ${number}`, exact: true }),
    ).toBeVisible();
  await expect(
    panel.getByRole("combobox", { name: `Inbound version for ${number}`, exact: true }),
  ).toBeVisible();
  await expect(panel.getByRole("textbox", { name: `Label for ${number}`, exact: true })).toHaveValue(
    "Support",
  );
  await expect(panel.getByRole("switch", { name: `Shareable for ${number}`, exact: true })).toBeVisible();
  await expect(panel.getByRole("switch", { name: `Locked for ${number}`, exact: true })).toBeVisible();
  await expect(panel.getByRole("button", { name: "Save", exact: true })).toBeVisible();
  await panel.getByRole("button", { name: `Release number ${number}`, exact: true }).click();

  const sheet = page.getByRole("dialog", { name: `Release ${number}`, exact: true });
  await expect(sheet.getByRole("button", { name: "Keep number", exact: true })).toBeVisible();
  await expect(sheet.getByRole("radio", { name: "After 7 days", exact: true })).toBeChecked();
  await expect(sheet.getByRole("textbox", { name: "Days to wait", exact: true })).toHaveValue("7");
  await expect(sheet.getByRole("radio", { name: "Before the next renewal", exact: true })).toBeVisible();
  await sheet.getByRole("radio", { name: "Now", exact: true }).check();
  await sheet.getByRole("checkbox", { name: "Unassign and release", exact: true }).check();
  await sheet.getByRole("textbox", { name: "Last four digits", exact: true }).fill(phoneNumber.slice(-4));
  await sheet.getByRole("button", { name: `Release ${number} now`, exact: true }).click();
  await expect(row).toHaveCount(0);
});

test("the directory's own controls", async ({ page, desk }) => {
  await desk.buyNumber();
  await openNumbers(page);
  await expect(page.getByRole("table", { name: "Phone numbers", exact: true })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Filter numbers", exact: true })).toBeVisible();
  const tabs = page.getByRole("navigation", { name: "Show", exact: true });
  for (const name of ["All", "Assigned", "Idle", "Releasing", "Released"])
    await expect(tabs.getByRole("link", { name, exact: true })).toBeVisible();
  await expect(tabs.getByRole("link", { name: "All", exact: true })).toHaveAttribute("aria-current", "page");
});
