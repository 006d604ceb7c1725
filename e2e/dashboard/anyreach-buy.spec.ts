import { carrier } from "../carrier";
import { readNumbers } from "../database";
import { expect, test } from "../fixtures";
import {
  buy,
  choose,
  confirmButton,
  numberOf,
  offerButtons,
  offersIn,
  openBuyDialog,
  openNumber,
  openNumbers,
  rowOf,
  searchAreaCode,
  written,
} from "./steps";

/** Anyreach's "Buying a number". */

test("searches by itself when the dialog first opens: US, local, with voice", async ({ page }) => {
  await openNumbers(page);
  const search = page.waitForRequest((request) => request.url().includes("/search-numbers"));
  const dialog = await openBuyDialog(page);
  const { searchParams } = new URL((await search).url());
  expect(searchParams.get("country_code")).toBe("US");
  expect(searchParams.get("phone_number_type")).toBe("local");
  expect(searchParams.get("voice_enabled")).toBe("true");
  await expect(offersIn(dialog).first()).toContainText("Voice");
  await expect(dialog.getByRole("combobox", { name: "Country" })).toHaveText("United States");
  await expect(dialog.getByText(/managed account/i)).toHaveCount(0);
});

test("shows whatever is for sale when the area code is left blank", async ({ page, areaCode }) => {
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  await dialog.getByRole("textbox", { name: "Area code" }).fill("");
  const search = page.waitForRequest((request) => request.url().includes("/search-numbers"));
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  expect(new URL((await search).url()).searchParams.has("area_code")).toBe(false);
  await expect(dialog.getByRole("status").filter({ hasText: "numbers found" })).toBeAttached();
});

test("the empty state opens the same dialog", async ({ page, areaCode }) => {
  await openNumbers(page);
  await page.getByRole("button", { name: "Buy your first number" }).click();
  const dialog = page.getByRole("dialog", { name: "Buy number" });
  await searchAreaCode(dialog, areaCode);
});

test("a purchase adds the number to the directory, and no trunk is offered to choose", async ({
  page,
  areaCode,
  api,
}) => {
  await openNumbers(page);
  const phoneNumber = await buy(page, areaCode);
  await expect(page.getByRole("combobox", { name: /trunk/i })).toHaveCount(0);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(rowOf(page, phoneNumber)).toBeVisible();
  const number = await (await api.get(`/core/phone-numbers/${phoneNumber}`)).json();
  expect(number).toMatchObject({ trunk_id: expect.stringMatching(/^trk_/), status: "active" });
});

test("the directory has its columns, in order, with `-` for no agent", async ({ page, desk }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  const viewer = await desk.openPage(await desk.addMember("viewer"));
  for (const each of [page, viewer]) {
    await openNumbers(each);
    await expect(each.getByRole("columnheader")).toHaveText([
      "Phone Number",
      "Label",
      "Inbound Agent",
      "Outbound Agent",
      "Shareable",
      "Monthly cost",
      "Status",
      "Created At",
      "Updated At",
      "Actions",
    ]);
    const row = rowOf(each, phoneNumber).getByRole("cell");
    await expect(row.nth(0)).toContainText(written(phoneNumber));
  }
  // Who may not assign sees the dash; who may sees where to click.
  const cells = rowOf(viewer, phoneNumber).getByRole("cell");
  await expect(cells.nth(2)).toHaveText("-");
  await expect(cells.nth(3)).toHaveText("-");
  await expect(rowOf(page, phoneNumber).getByRole("cell").nth(2)).toHaveText("Assign");
});

test("an assigned slot names the agent and its version", async ({ page, desk }) => {
  const agent = await desk.addAgent("Anna", 3);
  const { phone_number: phoneNumber } = await desk.buyNumber({
    inbound: { agent_id: agent.id, version: 2 },
    outbound: { agent_id: agent.id, version: "latest" },
  });
  await openNumbers(page);
  const cells = rowOf(page, phoneNumber).getByRole("cell");
  await expect(cells.nth(2)).toHaveText("Anna · v2");
  await expect(cells.nth(3)).toHaveText("Anna · latest");
});

test("a click on the row opens its assignment dialog", async ({ page, desk }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await desk.addAgent("Anna");
  await openNumbers(page);
  const panel = await openNumber(page, phoneNumber);
  for (const direction of ["Inbound", "Outbound"]) {
    const name = `${direction} agent for ${written(phoneNumber)}`;
    await expect(panel.getByRole("combobox", { name, exact: true })).toBeVisible();
  }
});

test("Shareable is switched in the row and stays", async ({ page, desk }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const toggle = page.getByRole("switch", { name: `Shareable for ${written(phoneNumber)}`, exact: true });
  await expect(toggle).not.toBeChecked();
  const patch = page.waitForRequest((request) => request.method() === "PATCH");
  await toggle.click();
  expect((await patch).postDataJSON()).toEqual({ outbound_shareable: true });
  await expect(toggle).toBeChecked();
  await expect.poll(async () => (await readNumbers(phoneNumber))[0]?.outbound_shareable).toBe(true);
  await page.reload();
  await expect(toggle).toBeChecked();
  await toggle.click();
  await expect.poll(async () => (await readNumbers(phoneNumber))[0]?.outbound_shareable).toBe(false);
});

test.describe("with a limit of one number", () => {
  test.use({ numberLimit: 1 });

  test("a second purchase is refused with the limit's sentence", async ({ page, desk, areaCode, guard }) => {
    await desk.buyNumber();
    guard.allow(403, "purchase-number");
    await openNumbers(page);
    await expect(page.getByText("1 number · $1.15 a month · limit 1")).toBeVisible();
    const dialog = await openBuyDialog(page);
    await searchAreaCode(dialog, areaCode);
    const offer = offerButtons(dialog).first();
    const wanted = await numberOf(offer);
    await offer.click();
    await expect(
      dialog.getByText("You have reached the maximum number of phone numbers for your organization.", {
        exact: true,
      }),
    ).toBeVisible();
    await expect(confirmButton(dialog)).toHaveCount(0);
    expect(await carrier.ordersFor(wanted)).toEqual([]);
  });

  test("a limit reached under the dialog is said with the same sentence", async ({
    page,
    desk,
    areaCode,
    guard,
  }) => {
    guard.allow(403, "purchase-number");
    await openNumbers(page);
    const dialog = await openBuyDialog(page);
    await searchAreaCode(dialog, areaCode);
    const wanted = await numberOf(offerButtons(dialog).last());
    await choose(dialog, wanted);
    await desk.buyNumber();
    await confirmButton(dialog).click();
    await expect(
      dialog.getByRole("alert").filter({
        hasText: "You have reached the maximum number of phone numbers for your organization.",
      }),
    ).toBeVisible();
    expect(await carrier.ordersFor(wanted)).toEqual([]);
  });
});
