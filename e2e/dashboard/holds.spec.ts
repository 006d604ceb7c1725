import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { carrier } from "../carrier";
import { createReleasedNumber, endHold, readNumbers } from "../database";
import { type Desk, expect, test } from "../fixtures";
import {
  chooseWhen,
  confirmButton,
  expectBought,
  holdButton,
  offerButtons,
  openNumber,
  openNumbers,
  openRelease,
  openTab,
  releaseButton,
  rowOf,
  written,
} from "./steps";

/** Releases that wait, their way back, locks, and what is left of a number that went. */

async function buyUsedNumber(desk: Desk): Promise<PhoneNumber> {
  const anna = await desk.addAgent("Anna", 2);
  const ben = await desk.addAgent("Ben");
  return await desk.buyNumber({
    label: "Front desk",
    inbound: { agent_id: anna.id, version: 1 },
    outbound: { agent_id: ben.id },
  });
}

async function read(desk: Desk, { id }: PhoneNumber): Promise<PhoneNumber> {
  const response = await (await desk.openApi()).get(`/core/phone-numbers/${id}`);
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()) as PhoneNumber;
}

async function hold(desk: Desk, { id }: PhoneNumber, days: number): Promise<PhoneNumber> {
  const response = await (await desk.openApi()).delete(`/core/phone-numbers/${id}`, {
    params: { hold: days, unassign: true },
  });
  expect(response.status(), await response.text()).toBe(202);
  return (await response.json()) as PhoneNumber;
}

test("a release waits for 7 days unless told otherwise, counts down, and Undo puts the slots back", async ({
  page,
  desk,
}) => {
  const before = await buyUsedNumber(desk);
  const { phone_number: phoneNumber } = before;
  await openNumbers(page);

  await test.step("release after 7 days", async () => {
    const sheet = await openRelease(page, phoneNumber);
    await expect(sheet.getByRole("radio", { name: "After 7 days" })).toBeChecked();
    await expect(sheet.getByText("so nothing more is charged.").first()).toBeVisible();
    await expect(sheet.getByText("Anna · v1 no longer answers this number.")).toBeVisible();
    await expect(sheet.getByRole("textbox", { name: "Last four digits" })).toHaveCount(0);
    await expect(holdButton(sheet, phoneNumber)).toBeDisabled();
    await sheet.getByRole("checkbox", { name: "Unassign and release" }).check();
    await holdButton(sheet, phoneNumber).click();
    await expect(sheet).toBeHidden();
  });

  await test.step("it is held, here and in the list, and the carrier knows nothing of it", async () => {
    await expect(rowOf(page, phoneNumber)).toContainText("Held · 7 d");
    const held = await read(desk, before);
    expect(held).toMatchObject({ status: "held", inbound: null, outbound: null });
    expect(held.release?.was.map(({ agent_name: name, version }) => [name, version])).toEqual([
      ["Anna", 1],
      ["Ben", "latest"],
    ]);
    expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);
  });

  await test.step("it counts down under Releasing", async () => {
    await expect(page.getByRole("link", { name: "Releasing 1", exact: true })).toBeVisible();
    await openTab(page, "Releasing");
    const row = rowOf(page, phoneNumber);
    await expect(row).toContainText("Anna · v1 (inbound), Ben · latest (outbound)");
    await expect(row).toContainText(desk.user.name);
    const countdown = row.getByRole("button", { name: /^in (7 days|6 days \d+ hours?)$/ });
    await countdown.focus();
    await expect(page.getByRole("tooltip")).toContainText("UTC");
    await page.keyboard.press("Escape");
  });

  await test.step("undo", async () => {
    await page.getByRole("button", { name: `Undo release of ${written(phoneNumber)}` }).click();
    await expect(page.getByText(`${written(phoneNumber)} stays`)).toBeVisible();
    await expect(rowOf(page, phoneNumber)).toHaveCount(0);
    await expect(page.getByText("No number is being released")).toBeVisible();
    const after = await read(desk, before);
    expect(after).toMatchObject({ status: "active", label: "Front desk", release: null });
    expect([after.inbound, after.outbound]).toEqual([before.inbound, before.outbound]);
    await openTab(page, "All");
    await expect(rowOf(page, phoneNumber).getByRole("cell").nth(2)).toHaveText("Anna · v1");
    await expect(rowOf(page, phoneNumber).getByRole("cell").nth(3)).toHaveText("Ben · latest");
    expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);
  });
});

test("the notification after a release takes it back too", async ({ page, desk }) => {
  const number = await desk.buyNumber();
  const { phone_number: phoneNumber } = number;
  await openNumbers(page);
  const sheet = await openRelease(page, phoneNumber);
  await sheet.getByRole("textbox", { name: "Days to wait" }).fill("30");
  await holdButton(sheet, phoneNumber).click();
  await expect(rowOf(page, phoneNumber)).toContainText("Held · 30 d");
  await page
    .getByRole("region", { name: /Notifications/ })
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(rowOf(page, phoneNumber)).toContainText("Idle");
  expect((await read(desk, number)).status).toBe("active");
});

test("before the next renewal: nothing more is charged; beyond it, a month is", async ({ page, desk }) => {
  const number = await desk.buyNumber();
  const { phone_number: phoneNumber } = number;
  await openNumbers(page);
  const sheet = await openRelease(page, phoneNumber);
  const days = sheet.getByRole("textbox", { name: "Days to wait" });
  await days.fill("40");
  await expect(sheet.getByText(/^On .* One more month, \$1\.15, is charged on /)).toBeVisible();
  await days.fill("90");
  await expect(sheet.getByText(/^On .* Each month goes on to be charged, \$1\.15, next on /)).toBeVisible();
  await days.fill("91");
  await expect(sheet.getByText("Write a number of days from 1 to 90.")).toBeVisible();
  await expect(sheet.getByRole("button", { name: /^Release / })).toBeDisabled();

  await chooseWhen(sheet, "Before the next renewal");
  await holdButton(sheet, phoneNumber).click();
  await expect(sheet).toBeHidden();
  const held = await read(desk, number);
  expect(held.status).toBe("held");
  const untilRenewal = Date.parse(held.renews_on ?? "") - Date.parse(held.release?.release_at ?? "");
  expect(untilRenewal).toBeGreaterThan(0);
  expect(untilRenewal).toBeLessThan(24 * 3_600_000);
});

test("a hold that is over ends in released, and Released says what it was", async ({ page, desk }) => {
  test.slow();
  const number = await buyUsedNumber(desk);
  const { phone_number: phoneNumber } = number;
  await hold(desk, number, 3);
  await endHold(phoneNumber);
  await expect
    .poll(async () => (await readNumbers(phoneNumber)).at(-1)?.state, { timeout: 60_000 })
    .toBe("released");
  expect(await carrier.ownedSids(phoneNumber)).toEqual([]);

  await openNumbers(page);
  await expect(rowOf(page, phoneNumber)).toHaveCount(0);
  await openTab(page, "Released");
  const row = rowOf(page, phoneNumber);
  await expect(row).toContainText("Released");
  await expect(row).toContainText("Anna · v1 (inbound), Ben · latest (outbound)");
  await expect(row).toContainText(desk.user.name);
});

test("Undo that comes too late says so", async ({ page, desk, guard }) => {
  guard.allow(409, "/undo-release");
  const number = await desk.buyNumber();
  const { phone_number: phoneNumber } = number;
  await hold(desk, number, 3);
  await page.goto("/settings/phone-numbers?status=releasing");
  const undo = page.getByRole("button", { name: `Undo release of ${written(phoneNumber)}` });
  await expect(undo).toBeVisible();
  const response = await (await desk.openApi()).delete(`/core/phone-numbers/${number.id}`);
  expect(response.status()).toBe(200);
  await undo.click();
  await expect(page.getByText(`The release of ${written(phoneNumber)} was not undone`)).toBeVisible();
  await expect(rowOf(page, phoneNumber)).toHaveCount(0);
});

test("Release now ends the waiting, and asks for the digits of a number that was in use", async ({
  page,
  desk,
}) => {
  const number = await buyUsedNumber(desk);
  const { phone_number: phoneNumber } = number;
  await hold(desk, number, 7);
  await page.goto("/settings/phone-numbers?status=releasing");
  await page.getByRole("button", { name: `Actions for ${written(phoneNumber)}`, exact: true }).click();
  await page.getByRole("menuitem", { name: "Release now" }).click();
  const sheet = page.getByRole("dialog", { name: `Release ${written(phoneNumber)}`, exact: true });
  await expect(sheet.getByText("This is immediate and irreversible")).toBeVisible();
  await expect(sheet.getByRole("radio")).toHaveCount(0);
  await expect(releaseButton(sheet, phoneNumber)).toBeDisabled();
  await sheet.getByRole("textbox", { name: "Last four digits" }).fill(phoneNumber.slice(-4));
  await releaseButton(sheet, phoneNumber).click();
  await expect(sheet).toBeHidden();
  await expect(rowOf(page, phoneNumber)).toHaveCount(0);
  expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
});

test("a lock blocks the release until it is taken off", async ({ page, desk }) => {
  const number = await desk.buyNumber();
  const { phone_number: phoneNumber } = number;
  const name = written(phoneNumber);
  await openNumbers(page);
  await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: "Lock against release" }).click();
  await expect(rowOf(page, phoneNumber).getByRole("button", { name: `${name} is locked` })).toBeVisible();
  await expect.poll(async () => (await read(desk, number)).locked).toBe(true);

  const sheet = await openRelease(page, phoneNumber);
  await expect(sheet.getByText("This number is locked. Unlock it before you release it.")).toBeVisible();
  await expect(sheet.getByRole("button", { name: /^Release / })).toHaveCount(0);
  await sheet.getByRole("button", { name: "Unlock" }).click();
  await chooseWhen(sheet, "Now");
  await releaseButton(sheet, phoneNumber).click();
  await expect(sheet).toBeHidden();
  expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
});

test("tabs are links: by keyboard, with their own address, and back again", async ({ page, desk }) => {
  const number = await desk.buyNumber();
  await hold(desk, number, 7);
  await openNumbers(page);
  const tabs = page.getByRole("navigation", { name: "Show" }).getByRole("link");
  await tabs.first().focus();
  for (const _ of ["Assigned", "Idle", "Releasing"]) await page.keyboard.press("Tab");
  await expect(tabs.nth(3)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?status=releasing$/);
  await expect(page.getByRole("columnheader", { name: "Was used in" })).toBeVisible();
  await expect(tabs.nth(3)).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No number has been released")).toBeVisible();
  await page.goBack();
  await expect(rowOf(page, number.phone_number)).toBeVisible();
  await expect(tabs.nth(3)).toHaveAttribute("aria-current", "page");
});

test("Undo by keyboard leaves the focus in the list", async ({ page, desk }) => {
  const first = await desk.buyNumber();
  const second = await desk.buyNumber();
  await hold(desk, first, 7);
  await hold(desk, second, 7);
  await page.goto("/settings/phone-numbers?status=releasing");
  await page.getByRole("button", { name: `Undo release of ${written(first.phone_number)}` }).focus();
  await page.keyboard.press("Enter");
  await expect(rowOf(page, first.phone_number)).toHaveCount(0);
  await expect(rowOf(page, second.phone_number)).toBeFocused();
});

test("Buy again searches for exactly this number and says when it is not for sale", async ({
  page,
  desk,
}) => {
  const number = await desk.buyNumber();
  const { phone_number: phoneNumber } = number;
  await (await desk.openApi()).delete(`/core/phone-numbers/${number.id}`);
  await page.goto("/settings/phone-numbers?status=released");
  await page.getByRole("button", { name: `Buy again ${written(phoneNumber)}` }).click();
  const dialog = page.getByRole("dialog", { name: "Buy number" });
  await expect(dialog.getByText(`${written(phoneNumber)} is not for sale right now`)).toBeVisible();
  await expect(dialog.getByText("Carriers keep a number that was given back off sale")).toBeVisible();
  await dialog.getByRole("button", { name: /^Search without/ }).click();
  await expect(offerButtons(dialog).first()).toBeVisible();
});

test("Buy again buys the number once it is for sale", async ({ page, desk }) => {
  const kept = await desk.buyNumber();
  const offer = (await desk.findOffers()).at(-1);
  if (!offer) throw new Error("Nothing is for sale.");
  await createReleasedNumber(kept.id, offer.phone_number);
  await page.goto("/settings/phone-numbers?status=released");
  const panel = await openNumber(page, offer.phone_number);
  await panel.getByRole("button", { name: `Buy again ${written(offer.phone_number)}` }).click();
  const dialog = page.getByRole("dialog", { name: /^Buy / });
  await expect(offerButtons(dialog)).toHaveCount(1);
  await offerButtons(dialog).click();
  await confirmButton(dialog).click();
  await expectBought(dialog, offer.phone_number);
  expect((await readNumbers(offer.phone_number)).map(({ state }) => state)).toEqual(["released", "active"]);
});

test.describe("as an operator", () => {
  test.use({ role: "operator" });

  test("locking is offered, unlocking and undoing are not", async ({ page, desk }) => {
    const owner = await desk.addMember("owner");
    const locked = await desk.buyNumber();
    const held = await desk.buyNumber();
    const api = await desk.openApi(owner);
    expect((await api.delete(`/core/phone-numbers/${held.id}`, { params: { hold: 7 } })).status()).toBe(202);

    await openNumbers(page);
    const menu = page.getByRole("button", {
      name: `Actions for ${written(locked.phone_number)}`,
      exact: true,
    });
    await menu.click();
    await page.getByRole("menuitem", { name: "Lock against release" }).click();
    await expect.poll(async () => (await read(desk, locked)).locked).toBe(true);
    await menu.click();
    await expect(page.getByRole("menuitem", { name: "Edit label" })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: /Unlock|Lock/ })).toHaveCount(0);
    await page.keyboard.press("Escape");
    const panel = await openNumber(page, locked.phone_number);
    await expect(
      panel.getByRole("switch", { name: `Locked for ${written(locked.phone_number)}` }),
    ).toBeDisabled();
    await page.keyboard.press("Escape");

    await openTab(page, "Releasing");
    await expect(rowOf(page, held.phone_number)).toBeVisible();
    await expect(page.getByRole("button", { name: /^Undo/ })).toHaveCount(0);
    await expect(await openNumber(page, held.phone_number)).toContainText(
      "Ask an admin to undo this release.",
    );
  });
});
