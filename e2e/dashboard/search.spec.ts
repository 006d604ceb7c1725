import { carrier } from "../carrier";
import { expect, test } from "../fixtures";
import {
  choose,
  chooseOption,
  confirmButton,
  offerButtons,
  offersIn,
  openBuyDialog,
  openNumbers,
  searchAreaCode,
} from "./steps";

test.beforeEach(async ({ page }) => {
  await openNumbers(page);
});

test("every country offers the types it has, and area codes only where there are any", async ({ page }) => {
  const dialog = await openBuyDialog(page);
  const country = dialog.getByRole("combobox", { name: "Country" });
  const type = dialog.getByRole("combobox", { name: "Type" });
  const areaCode = dialog.getByRole("textbox", { name: "Area code" });

  await chooseOption(country, "United Kingdom");
  await expect(areaCode).toHaveCount(0);
  await type.click();
  await expect(page.getByRole("option")).toHaveText(["Local", "Toll-free", "Mobile"]);
  await page.getByRole("option", { name: "Mobile" }).click();
  await expect(offersIn(dialog).first()).toContainText("Mobile");
  await expect(offerButtons(dialog).first()).toHaveAccessibleName(/^Buy \+44 7/);
  await expect(offersIn(dialog).first()).toContainText("Address needed");

  await chooseOption(country, "Canada");
  await expect(areaCode).toBeVisible();
  await expect(type, "Canada has no mobile numbers").toHaveText("Local");
  await expect(offerButtons(dialog).first()).toHaveAccessibleName(/^Buy \+1 /);
});

test("toll-free numbers have their own price", async ({ page }) => {
  const dialog = await openBuyDialog(page);
  await chooseOption(dialog.getByRole("combobox", { name: "Type" }), "Toll-free");
  await expect(offerButtons(dialog).first()).toHaveAccessibleName(/^Buy \+1 8(00|33|44|55|66|77|88) /);
  for (const offer of await offersIn(dialog).all()) {
    await expect(offer).toContainText("Toll-free");
    await expect(offer).toContainText("$2.15 a month");
  }
});

test("the last country and type are remembered", async ({ page }) => {
  const dialog = await openBuyDialog(page);
  await chooseOption(dialog.getByRole("combobox", { name: "Country" }), "Germany");
  await expect(offersIn(dialog).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await openBuyDialog(page);
  await expect(dialog.getByRole("combobox", { name: "Country" })).toHaveText("Germany");
  await expect(offerButtons(dialog).first()).toHaveAccessibleName(/^Buy \+49 /);
});

test("region, city and capabilities narrow the search", async ({ page }) => {
  const dialog = await openBuyDialog(page);
  await dialog.getByRole("button", { name: "More filters" }).click();
  await expect(dialog.getByRole("checkbox", { name: "Voice" })).toBeChecked();
  await dialog.getByRole("textbox", { name: "Region" }).fill("TX");
  await dialog.getByRole("textbox", { name: "City" }).fill("Dallas");
  await dialog.getByRole("checkbox", { name: "SMS" }).check();
  await dialog.getByRole("checkbox", { name: "MMS" }).check();
  const search = page.waitForResponse((response) => response.url().includes("in_region=TX"));
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  expect((await search).status()).toBe(200);
  await expect(offersIn(dialog).first()).toContainText("Dallas, TX");
  for (const offer of await offersIn(dialog).all()) {
    await expect(offer).toContainText("Dallas, TX");
    await expect(offer).toContainText("Voice, SMS, MMS");
  }
  await expect(dialog.getByRole("button", { name: "More filters (4)" })).toBeVisible();
});

test("letters stand for keypad digits, and the match is marked", async ({ page, areaCode }) => {
  const dialog = await openBuyDialog(page);
  await dialog.getByRole("textbox", { name: "Area code" }).fill(areaCode);
  await dialog.getByRole("button", { name: "More filters" }).click();
  // 555-01xx is what is for sale, and 555 is JJJ on a keypad.
  await dialog.getByRole("textbox", { name: "Contains" }).fill("jjj");
  await expect(dialog.getByText("Dials as 555")).toBeVisible();
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  await expect(offersIn(dialog).first().locator("mark").filter({ hasText: "555" })).toBeVisible();
});

test("917 has nothing: an overlay is one click away", async ({ page }) => {
  const dialog = await openBuyDialog(page);
  await dialog.getByRole("textbox", { name: "Area code" }).fill("917");
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  await expect(dialog.getByText("No number in area code 917 is for sale right now")).toBeVisible();
  const overlay = dialog.getByRole("button", { name: /^Search \d{3}, the same area as 917 · \d+ numbers?$/ });
  await expect(overlay.first()).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Search all of NY · / })).toBeVisible();
  const code = /^Search (\d{3})/.exec((await overlay.first().textContent()) ?? "")?.[1];
  await overlay.first().click();
  await expect(offerButtons(dialog).first()).toHaveAccessibleName(new RegExp(`^Buy \\+1 ${code} `));
  await expect(dialog.getByRole("textbox", { name: "Area code" })).toHaveValue(code ?? "");
});

test("digits that nobody has: the search without them is one click away", async ({ page, areaCode }) => {
  const dialog = await openBuyDialog(page);
  await dialog.getByRole("textbox", { name: "Area code" }).fill(areaCode);
  await dialog.getByRole("button", { name: "More filters" }).click();
  await dialog.getByRole("textbox", { name: "Contains" }).fill("9999999");
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  await expect(
    dialog.getByText(`No number with 9999999 in area code ${areaCode} is for sale right now`),
  ).toBeVisible();
  await dialog.getByRole("button", { name: /^Search without “9999999” · / }).click();
  await expect(offerButtons(dialog).first()).toHaveAccessibleName(new RegExp(`^Buy \\+1 ${areaCode} `));
});

for (const wrong of ["41", "abc", "115", "4 5"]) {
  test(`the area code "${wrong}" is told to be none, and nothing is sent`, async ({ page }) => {
    const dialog = await openBuyDialog(page);
    await expect(offersIn(dialog).first()).toBeVisible();
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/search-numbers")) sent.push(request.url());
    });
    const field = dialog.getByRole("textbox", { name: "Area code" });
    await field.fill(wrong);
    await dialog.getByRole("button", { name: "Search", exact: true }).click();
    await expect(
      dialog.getByText("An area code has three digits and starts with 2 to 9, like 415."),
    ).toBeVisible();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    expect(sent).toEqual([]);
    // And it goes away with a good one.
    await field.fill("415");
    await expect(field).not.toHaveAttribute("aria-invalid", "true");
  });
}

test("paperwork is shown in the row, and a number that needs it is refused before the carrier is asked", async ({
  page,
  guard,
}) => {
  guard.allow(409, "purchase-number");
  const dialog = await openBuyDialog(page);
  await chooseOption(dialog.getByRole("combobox", { name: "Country" }), "Germany");
  await expect(offersIn(dialog).first()).toContainText("Address in Germany needed");
  await offerButtons(dialog).first().click();
  await expect(dialog.getByRole("alert")).toContainText(
    "The carrier asks for an address in DE before it sells this number",
  );
  await expect(confirmButton(dialog)).toHaveCount(0);
});

test("only numbers without paperwork, when asked for", async ({ page }) => {
  const dialog = await openBuyDialog(page);
  await chooseOption(dialog.getByRole("combobox", { name: "Country" }), "United Kingdom");
  await expect(offersIn(dialog).first()).toBeVisible();
  await dialog.getByRole("button", { name: "More filters" }).click();
  await dialog.getByRole("checkbox", { name: "No paperwork" }).check();
  const search = page.waitForResponse((response) => response.url().includes("no_paperwork=true"));
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  await search;
  await expect(offersIn(dialog).first()).toContainText("No paperwork");
  await expect(offersIn(dialog).filter({ hasText: "Address" })).toHaveCount(0);
});

test("a carrier that does not answer the search is told, and trying again works", async ({
  page,
  areaCode,
  guard,
}) => {
  guard.allow(502, "search-numbers");
  const dialog = await openBuyDialog(page);
  await expect(offersIn(dialog).first()).toBeVisible();
  // The browser's own network: the carrier's searches are shared with other tests and must not be broken.
  await page.route("**/search-numbers?*", (route) =>
    route.fulfill({
      status: 502,
      contentType: "application/problem+json",
      body: JSON.stringify({
        status: 502,
        code: "carrier_unreachable",
        detail: "The carrier cannot be reached. Nothing was done; try again in a moment.",
      }),
    }),
  );
  await dialog.getByRole("textbox", { name: "Area code" }).fill(areaCode);
  await dialog.getByRole("button", { name: "Search", exact: true }).click();
  const told = dialog.getByRole("alert").filter({ hasText: "The search did not work" });
  await expect(told).toContainText("The carrier cannot be reached.", { timeout: 15_000 });
  await page.unroute("**/search-numbers?*");
  await told.getByRole("button", { name: "Try again" }).click();
  await expect(offerButtons(dialog).first()).toHaveAccessibleName(new RegExp(`^Buy \\+1 ${areaCode} `));
});

test("the back button of the confirmation leads to the same results, with the focus on the number left", async ({
  page,
  areaCode,
}) => {
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const second = offerButtons(dialog).nth(1);
  const name = await second.getAttribute("aria-label");
  await second.click();
  await expect(confirmButton(dialog)).toBeVisible();
  await dialog.getByRole("button", { name: "Back to results" }).click();
  await expect(dialog.getByRole("button", { name: name ?? "", exact: true })).toBeFocused();
});

/** British toll-free numbers belong to this test alone: prices are the carrier's and hold for everybody. */
test.describe("when the carrier raises its price", () => {
  test.afterEach(() => carrier.setPrices({}));

  test("the old and the new price are shown, and buying asks again", async ({ page, guard }) => {
    guard.allow(409, "purchase-number");
    const dialog = await openBuyDialog(page);
    await chooseOption(dialog.getByRole("combobox", { name: "Country" }), "United Kingdom");
    await chooseOption(dialog.getByRole("combobox", { name: "Type" }), "Toll-free");
    await expect(offersIn(dialog).first()).toContainText("$2.15 a month");
    await expect(offersIn(dialog).first()).toContainText("Toll-free");
    const phoneNumber = await choose(dialog);
    await expect(confirmButton(dialog)).toHaveText(/\$2\.15\/month$/);

    await carrier.setPrices({ GB: { toll_free: "2.60" } });
    await confirmButton(dialog).click();
    await expect(dialog.getByRole("alert")).toContainText(
      "It was $2.15 a month. It is now $2.60 a month. Nothing was bought",
    );
    await expect(confirmButton(dialog)).toHaveText(/\$2\.60\/month$/);
    expect(await carrier.ordersFor(phoneNumber)).toEqual([]);

    await confirmButton(dialog).click();
    await expect(dialog.getByText("is yours and ready for calls.")).toBeVisible();
    expect((await carrier.chargesFor(phoneNumber)).map((charge) => charge.amount)).toEqual(["2.60"]);
  });
});
