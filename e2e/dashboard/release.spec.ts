import { carrier } from "../carrier";
import { createByocNumbers, readNumbers } from "../database";
import { expect, test } from "../fixtures";
import {
  chooseWhen,
  openNumber,
  openNumbers,
  openRelease,
  openTab,
  releaseButton,
  releaseNow,
  rowOf,
  written,
} from "./steps";

test("a number in use: says what stops, and needs unassigning and its last four digits", async ({
  page,
  desk,
}) => {
  const anna = await desk.addAgent("Anna", 2);
  const { phone_number: phoneNumber } = await desk.buyNumber({
    inbound: { agent_id: anna.id, version: 1 },
    outbound: { agent_id: anna.id },
  });
  await openNumbers(page);
  const sheet = await openRelease(page, phoneNumber);
  await expect(sheet.getByText("This is immediate and irreversible")).toHaveCount(0);
  await chooseWhen(sheet, "Now");
  await expect(sheet.getByText("This is immediate and irreversible")).toBeVisible();
  await expect(sheet.getByText("Anna · v1 no longer answers this number.")).toBeVisible();
  await expect(sheet.getByText("Anna · v2, latest can no longer call from this number.")).toBeVisible();
  await expect(sheet.getByText("$1.15 a month from the next renewal on.")).toBeVisible();

  const release = releaseButton(sheet, phoneNumber);
  const digits = sheet.getByRole("textbox", { name: "Last four digits" });
  await expect(release).toBeDisabled();
  await sheet.getByRole("checkbox", { name: "Unassign and release" }).check();
  await expect(release).toBeDisabled();
  await digits.fill("0000");
  await expect(release).toBeDisabled();
  await digits.fill(phoneNumber.slice(-4));
  await expect(release).toBeEnabled();
  await sheet.getByRole("checkbox", { name: "Unassign and release" }).uncheck();
  await expect(release).toBeDisabled();
  await sheet.getByRole("checkbox", { name: "Unassign and release" }).check();
  await release.click();
  await expect(sheet).toBeHidden();
  await expect(rowOf(page, phoneNumber)).toHaveCount(0);
  expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
  expect((await readNumbers(phoneNumber)).map((row) => row.state)).toEqual(["released"]);

  await openTab(page, "Released");
  await expect(rowOf(page, phoneNumber)).toContainText("Released");
});

test("a number of one's own is detached, and no carrier hears of it", async ({ page, desk, areaCode }) => {
  await createByocNumbers(desk.organizationId, areaCode, 1);
  const phoneNumber = `+1${areaCode}2340000`;
  await openNumbers(page);
  await page.getByRole("button", { name: `Actions for ${written(phoneNumber)}`, exact: true }).click();
  await page.getByRole("menuitem", { name: "Detach number" }).click();
  const sheet = page.getByRole("dialog", { name: `Detach ${written(phoneNumber)}`, exact: true });
  await expect(sheet.getByText("The number stays with your carrier")).toBeVisible();
  await expect(sheet.getByText("What it saves")).toHaveCount(0);
  await sheet.getByRole("button", { name: `Detach ${written(phoneNumber)}`, exact: true }).click();
  await expect(sheet).toBeHidden();
  await expect(rowOf(page, phoneNumber)).toHaveCount(0);
  expect((await readNumbers(phoneNumber)).map((row) => row.state)).toEqual(["detached"]);
  const { deletes } = await carrier.readBooks();
  expect(deletes.filter((entry) => entry.phone_number === phoneNumber)).toEqual([]);

  await openTab(page, "Released");
  await expect(rowOf(page, phoneNumber)).toContainText("Detached");
});

test("Keep number keeps it", async ({ page, desk }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const sheet = await openRelease(page, phoneNumber);
  await sheet.getByRole("button", { name: "Keep number" }).click();
  await expect(sheet).toBeHidden();
  await expect(rowOf(page, phoneNumber)).toBeVisible();
  expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);
});

test("a double click on Release releases once", async ({ page, desk }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  const sheet = await openRelease(page, phoneNumber);
  await chooseWhen(sheet, "Now");
  await releaseButton(sheet, phoneNumber).dblclick();
  await expect(sheet).toBeHidden();
  const { deletes } = await carrier.readBooks();
  expect(deletes.filter((each) => each.phone_number === phoneNumber)).toHaveLength(1);
});

test("a released number cannot be released again", async ({ page, desk }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  await releaseNow(page, phoneNumber);
  await page.goto("/settings/phone-numbers?status=released");
  await page.getByRole("button", { name: `Actions for ${written(phoneNumber)}` }).click();
  await expect(page.getByRole("menuitem", { name: "Details" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Release number" })).toHaveCount(0);
  await expect(page.getByRole("menuitem", { name: "Edit label" })).toHaveCount(0);
  await page.getByRole("menuitem", { name: "Details" }).click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByText("The number was given back to the carrier.")).toBeVisible();
  await expect(panel.getByRole("button", { name: /^Release/ })).toHaveCount(0);
  await expect(panel.getByRole("combobox")).toHaveCount(0);
});

test("a release whose answer is lost ends in released by itself", async ({ page, desk }) => {
  test.slow();
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await carrier.arm("release", phoneNumber, { kind: "reset_after" });
  await openNumbers(page);
  await releaseNow(page, phoneNumber);
  await expect
    .poll(async () => (await readNumbers(phoneNumber)).at(-1)?.state, { timeout: 45_000 })
    .toBe("released");
  expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
  await page.goto("/settings/phone-numbers?status=released");
  await expect(rowOf(page, phoneNumber)).toBeVisible();
});

test("a release that the carrier refuses leaves the number and its slots as they were", async ({
  page,
  desk,
  guard,
}) => {
  guard.allow(502, "/core/phone-numbers/");
  const anna = await desk.addAgent("Anna");
  const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: anna.id } });
  await carrier.arm("release", phoneNumber, { kind: "refuse", code: 20_001, message: "Not now." });
  await openNumbers(page);
  const sheet = await openRelease(page, phoneNumber);
  await chooseWhen(sheet, "Now");
  await sheet.getByRole("checkbox", { name: "Unassign and release" }).check();
  await sheet.getByRole("textbox", { name: "Last four digits" }).fill(phoneNumber.slice(-4));
  await releaseButton(sheet, phoneNumber).click();
  await expect(
    sheet.getByText("The carrier refused: Not now. The number stays with you as it was."),
  ).toBeVisible();
  await page.reload();
  await expect(rowOf(page, phoneNumber).getByRole("cell").nth(2)).toHaveText("Anna · latest");
  expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);
});

test.describe("as an operator", () => {
  test.use({ role: "operator" });

  test("release is not offered, and the sentence says whom to ask", async ({ page, desk }) => {
    const { phone_number: phoneNumber } = await desk.buyNumber();
    await openNumbers(page);
    await page.getByRole("button", { name: `Actions for ${written(phoneNumber)}` }).click();
    await expect(page.getByRole("menuitem", { name: "Assign agents" })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: "Release number" })).toHaveCount(0);
    await page.keyboard.press("Escape");
    const panel = await openNumber(page, phoneNumber);
    await expect(panel.getByText("Ask an admin to release this number.")).toBeVisible();
    await expect(panel.getByRole("button", { name: /^Release/ })).toHaveCount(0);
    await expect(panel.getByRole("button", { name: "Save" })).toBeVisible();
  });

  test("the API refuses it too", async ({ desk, api }) => {
    const { phone_number: phoneNumber } = await desk.buyNumber();
    const response = await api.delete(`/core/phone-numbers/${phoneNumber}`);
    expect(response.status()).toBe(403);
    expect(await response.json()).toMatchObject({ code: "missing_scope" });
    expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);
  });
});

test.describe("as an admin", () => {
  test.use({ role: "admin" });

  test("release is offered", async ({ page, desk }) => {
    const { phone_number: phoneNumber } = await desk.buyNumber();
    await openNumbers(page);
    await expect(await openRelease(page, phoneNumber)).toBeVisible();
  });
});

test.describe("as a viewer", () => {
  test.use({ role: "viewer" });

  test("controls for buying, assigning, sharing and releasing are absent, not greyed out", async ({
    page,
    desk,
  }) => {
    const { phone_number: phoneNumber } = await desk.buyNumber();
    await openNumbers(page);
    await expect(rowOf(page, phoneNumber)).toBeVisible();
    await expect(page.getByRole("button", { name: /Buy/ })).toHaveCount(0);
    await expect(page.getByRole("switch")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Assign / })).toHaveCount(0);
    await page.keyboard.press("b");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByRole("button", { name: `Actions for ${written(phoneNumber)}` }).click();
    await expect(page.getByRole("menuitem")).toHaveText(["Details", "Copy number"]);
    await page.getByRole("menuitem", { name: "Details" }).click();
    const panel = page.getByRole("dialog");
    await expect(panel.getByText("Monthly cost")).toBeVisible();
    for (const role of ["combobox", "switch", "textbox"] as const)
      await expect(panel.getByRole(role)).toHaveCount(0);
    await expect(panel.getByRole("button", { name: /Save|Release/ })).toHaveCount(0);
  });

  test("without numbers the page says whom to ask, and agents cannot be created", async ({ page }) => {
    await openNumbers(page);
    await expect(page.getByText("Ask an operator or admin to buy the first number.")).toBeVisible();
    await expect(page.getByRole("button", { name: /Buy/ })).toHaveCount(0);
    await page.getByRole("link", { name: "Agents" }).click();
    await expect(page.getByRole("heading", { name: "Agents", level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: /Create/ })).toHaveCount(0);
  });
});
