import type { Locator, Page } from "@playwright/test";
import { type Behaviour, carrier } from "../carrier";
import { readNumbers } from "../database";
import { expect, test } from "../fixtures";
import {
  agentBox,
  choose,
  chooseAgent,
  chooseOption,
  confirmButton,
  expectBought,
  numberOf,
  offerButtons,
  offersIn,
  openBuyDialog,
  openNumbers,
  rowOf,
  searchAreaCode,
  searchDigits,
  versionBox,
  written,
} from "./steps";

/** Whatever the carrier does, the screen ends in bought or refused, and the carrier's books say the same. */

test.slow();

const checking = "We are checking with the carrier. You will not be charged twice.";
const notSold = "The carrier did not sell this number. Nothing was bought.";

async function expectBooks(phoneNumber: string, end: "bought" | "refused"): Promise<void> {
  const live = (await readNumbers(phoneNumber)).filter((row) => row.live);
  const held = live.map((row) => row.carrier_number_id);
  expect(held, "rows of the database and numbers of the carrier").toEqual(
    await carrier.ownedSids(phoneNumber),
  );
  expect(held).toHaveLength(end === "bought" ? 1 : 0);
  expect(await carrier.chargesFor(phoneNumber)).toHaveLength(end === "bought" ? 1 : 0);
  expect((await carrier.ordersFor(phoneNumber)).length, "orders are never repeated").toBeLessThanOrEqual(1);
}

async function chooseFaulty(page: Page, areaCode: string, behaviour: Behaviour) {
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const phoneNumber = await choose(dialog);
  await carrier.arm("buy", phoneNumber, behaviour);
  return { dialog, phoneNumber };
}

async function chooseMagic(page: Page, areaCode: string, ending: string) {
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchDigits(dialog, `${areaCode}555${ending}`);
  const phoneNumber = await choose(dialog, `+1${areaCode}555${ending}`);
  return { dialog, phoneNumber };
}

async function expectRefusal(dialog: Locator, sentence: string | RegExp): Promise<void> {
  await expect(dialog.getByRole("alert").filter({ hasText: sentence })).toBeVisible({ timeout: 45_000 });
}

/** The answer is lost after the carrier sold the number. */
const actedFaults: [string, Behaviour][] = [
  ["the carrier's answer does not come in time", { kind: "hang_after" }],
  ["the connection breaks after the carrier acted", { kind: "reset_after" }],
  ["the carrier answers 500 after it acted", { kind: "error_500_after" }],
  ["the carrier's answer is cut off", { kind: "garble" }],
  ["the carrier's answer is about another number", { kind: "wrong_number" }],
];

for (const [what, behaviour] of actedFaults) {
  test(`bought by itself when ${what}`, async ({ page, areaCode }) => {
    const { dialog, phoneNumber } = await chooseFaulty(page, areaCode, behaviour);
    await confirmButton(dialog).click();
    await expect(dialog.getByText(checking)).toBeVisible();
    await expectBought(dialog, phoneNumber, 45_000);
    await expectBooks(phoneNumber, "bought");
  });
}

/** The answer is lost and nothing was sold: certain only after the quiet window. */
const lostFaults: [string, Behaviour][] = [
  ["the carrier never answers", { kind: "hang_before" }],
  ["the connection breaks before the carrier acted", { kind: "reset_before" }],
  ["the carrier answers 500 before it acted", { kind: "error_500_before" }],
];

for (const [what, behaviour] of lostFaults) {
  test(`refused by itself when ${what}`, async ({ page, areaCode }) => {
    const { dialog, phoneNumber } = await chooseFaulty(page, areaCode, behaviour);
    await confirmButton(dialog).click();
    await expect(dialog.getByText(checking)).toBeVisible();
    await expectRefusal(dialog, notSold);
    await expect(confirmButton(dialog)).toHaveCount(0);
    await expectBooks(phoneNumber, "refused");
    await dialog.getByRole("button", { name: "Back to results" }).click();
    await expect(offersIn(dialog).first()).toBeVisible();
  });
}

test("an answer slower than usual is waited for", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await chooseFaulty(page, areaCode, {
    kind: "delay",
    ms: 1500,
    when: "after",
  });
  await confirmButton(dialog).click();
  await expect(dialog.getByRole("list", { name: "Steps of the order" })).toBeVisible();
  await expectBought(dialog, phoneNumber);
  await expectBooks(phoneNumber, "bought");
});

test("refused with the carrier's own reason and code", async ({ page, areaCode, guard }) => {
  guard.allow(502, "purchase-number");
  const { dialog, phoneNumber } = await chooseFaulty(page, areaCode, {
    kind: "refuse",
    status: 403,
    code: 10_001,
    message: "Account is not active.",
  });
  await confirmButton(dialog).click();
  await expectRefusal(dialog, "The carrier refused: Account is not active.");
  await expectRefusal(dialog, "Carrier code 10001");
  await expectBooks(phoneNumber, "refused");
});

test("a busy carrier is told, and buying again works with everything as it was filled in", async ({
  page,
  areaCode,
  desk,
  guard,
}) => {
  guard.allow(503, "purchase-number");
  await desk.addAgent("Anna", 2);
  const { dialog, phoneNumber } = await chooseFaulty(page, areaCode, { kind: "status_429" });
  const label = dialog.getByRole("textbox", { name: `Label for ${written(phoneNumber)}` });
  await label.fill("Front desk");
  await chooseAgent(agentBox(dialog, "Inbound", phoneNumber), "Anna");
  await chooseOption(versionBox(dialog, "Inbound", phoneNumber), "v1");
  await confirmButton(dialog).click();
  await expectRefusal(dialog, "The carrier is busy. Nothing was done; try again in a moment.");
  await expectBooks(phoneNumber, "refused");
  await expect(label).toHaveValue("Front desk");
  await expect(agentBox(dialog, "Inbound", phoneNumber)).toContainText("Anna");
  await confirmButton(dialog).click();
  await expectBought(dialog, phoneNumber);
  expect(await carrier.chargesFor(phoneNumber)).toHaveLength(1);
  expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(rowOf(page, phoneNumber)).toContainText("Front desk");
  await expect(rowOf(page, phoneNumber).getByRole("cell").nth(2)).toHaveText("Anna · v1");
});

test("a number sold a moment ago leads back to numbers that are still there (magic 0190)", async ({
  page,
  areaCode,
  guard,
}) => {
  guard.allow(409, "purchase-number");
  const { dialog, phoneNumber } = await chooseMagic(page, areaCode, "0190");
  await confirmButton(dialog).click();
  await expect(dialog.getByText(`${written(phoneNumber)} has just been sold to somebody else`)).toBeVisible();
  await expectBooks(phoneNumber, "refused");
  await expect(
    dialog.getByRole("button", { name: `Buy ${written(phoneNumber)}`, exact: true }),
    "the number that is gone is not offered again",
  ).toHaveCount(0);
});

test("a number sold under the confirmation keeps the dialog open with alternatives", async ({
  page,
  areaCode,
  guard,
}) => {
  guard.allow(409, "purchase-number");
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const phoneNumber = await choose(dialog);
  await carrier.sell(phoneNumber);
  await confirmButton(dialog).click();
  await expect(dialog.getByText(`${written(phoneNumber)} has just been sold to somebody else`)).toBeVisible();
  const next = await choose(dialog);
  expect(next).not.toBe(phoneNumber);
  await confirmButton(dialog).click();
  await expectBought(dialog, next);
  await expectBooks(phoneNumber, "refused");
  await expectBooks(next, "bought");
});

test("a number sold between the list and its confirmation says so", async ({ page, areaCode, guard }) => {
  guard.allow(409, "purchase-number");
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const phoneNumber = await numberOf(offerButtons(dialog).first());
  await carrier.sell(phoneNumber);
  await dialog.getByRole("button", { name: `Buy ${written(phoneNumber)}`, exact: true }).click();
  await expectRefusal(dialog, "This number is no longer available. Choose another one.");
  await dialog.getByRole("button", { name: "Show numbers that are still there" }).click();
  await expect(offersIn(dialog).first()).toBeVisible();
  await expect(dialog.getByRole("button", { name: `Buy ${written(phoneNumber)}`, exact: true })).toHaveCount(
    0,
  );
  await expectBooks(phoneNumber, "refused");
});

test("a reply lost after the purchase ends in bought (magic 0192)", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await chooseMagic(page, areaCode, "0192");
  await confirmButton(dialog).click();
  await expectBought(dialog, phoneNumber, 45_000);
  await expectBooks(phoneNumber, "bought");
});

test("paperwork that the search did not know of is told (magic 0197)", async ({ page, areaCode, guard }) => {
  guard.allow(409, "purchase-number");
  const { dialog, phoneNumber } = await chooseMagic(page, areaCode, "0197");
  await confirmButton(dialog).click();
  await expectRefusal(dialog, "The carrier asks for paperwork before it sells this number");
  await expect(dialog.getByRole("button", { name: "Show numbers without paperwork" })).toBeVisible();
  await expectBooks(phoneNumber, "refused");
});

test("an account that is not active is told (magic 0198)", async ({ page, areaCode, guard }) => {
  guard.allow(502, "purchase-number");
  const { dialog, phoneNumber } = await chooseMagic(page, areaCode, "0198");
  await confirmButton(dialog).click();
  await expectRefusal(dialog, "The carrier refused:");
  await expectBooks(phoneNumber, "refused");
});

test("a closed dialog: the row says Checking and settles by itself", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await chooseFaulty(page, areaCode, { kind: "hang_before" });
  await confirmButton(dialog).click();
  await expect(dialog.getByText(checking)).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(rowOf(page, phoneNumber)).toContainText("Checking");
  await expect(page.getByText(`${written(phoneNumber)} was not bought`)).toBeVisible({ timeout: 45_000 });
  await expectBooks(phoneNumber, "refused");
});

test("a reload while checking loses nothing", async ({ page, areaCode }) => {
  const { dialog, phoneNumber } = await chooseFaulty(page, areaCode, { kind: "hang_after" });
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await confirmButton(dialog).click();
  await sent;
  await expect.poll(() => carrier.ordersFor(phoneNumber)).toHaveLength(1);
  await page.reload();
  await expect(rowOf(page, phoneNumber)).toContainText("Idle", { timeout: 45_000 });
  await expectBooks(phoneNumber, "bought");
});

test("the connection to Linedesk breaks after the order was sent: looked up, not sent again", async ({
  page,
  areaCode,
  guard,
}) => {
  guard.allowMatching(/console error: Failed to load resource: net::ERR/);
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const phoneNumber = await choose(dialog);
  // The order arrives and is carried out; only its answer does not reach the browser.
  await page.route("**/purchase-number", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await confirmButton(dialog).click();
  await expectBought(dialog, phoneNumber, 45_000);
  await expectBooks(phoneNumber, "bought");
});
