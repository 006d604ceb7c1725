import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { carrier } from "../carrier";
import { makeOperator, query, readNumbers } from "../database";
import { type Desk, expect, test } from "../fixtures";
import { act, cardOf, compareNow, compareUntilFound, openCarrierSync } from "./carrier-sync-steps";
import { openNumbers, rowOf, written } from "./steps";

/** Differences between what the carrier bills and what is here, found and decided by a person. */

const elsewhere = "https://elsewhere.example.com/voice";

async function ownNumber(phoneNumber: string) {
  const { owned } = await carrier.readBooks();
  return owned.find((number) => number.phone_number === phoneNumber);
}

/** A number that somebody bought in the carrier's console. */
async function buyInConsole(desk: Desk): Promise<string> {
  await makeOperator(desk.organizationId);
  const [offer] = await desk.findOffers();
  if (!offer) throw new Error("Nothing is for sale.");
  await carrier.own(offer.phone_number, { friendly_name: "Sales line" });
  return offer.phone_number;
}

test("a number that nothing here knows is found, adopted, and in the directory", async ({
  page,
  desk,
  api,
}) => {
  const phoneNumber = await buyInConsole(desk);
  await openCarrierSync(page);
  const card = await compareUntilFound(page, phoneNumber);
  await expect(card.getByText("The carrier bills a number that nothing here knows.")).toBeVisible();
  await expect(card.getByRole("region", { name: "Expected here" })).toContainText(
    "Nothing here knows this number.",
  );
  await expect(card.getByRole("region", { name: "The carrier says" })).toContainText("Sales line");
  await expect(page.getByRole("link", { name: /^Carrier sync, \d+ differences?$/ })).toBeVisible();

  await act(card, "Adopt", phoneNumber);
  const dialog = page.getByRole("dialog", { name: `Adopt ${written(phoneNumber)}` });
  await expect(dialog.getByText("1 of 50")).toBeVisible();
  await dialog.getByRole("button", { name: `Adopt ${written(phoneNumber)}` }).click();
  await expect(page.getByText(`${written(phoneNumber)} is yours`)).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(card).toHaveCount(0);

  await openNumbers(page);
  await expect(rowOf(page, phoneNumber)).toContainText("$1.15");
  const number: PhoneNumber = await (await api.get(`/core/phone-numbers/${phoneNumber}`)).json();
  expect(number).toMatchObject({ status: "active", source: "managed" });
  // Our tag ends in the number's id.
  expect((await ownNumber(phoneNumber))?.friendly_name).toMatch(
    new RegExp(`^linedesk\\..+\\.${number.id.replace("num_", "")}$`),
  );

  await openCarrierSync(page, "settled");
  await expect(cardOf(page, phoneNumber)).toContainText(`Adopted by ${desk.user.name}`);
});

test("a number is given back only with its last four digits, and is gone at the carrier", async ({
  page,
  desk,
}) => {
  const phoneNumber = await buyInConsole(desk);
  await openCarrierSync(page);
  const card = await compareUntilFound(page, phoneNumber);
  await act(card, "Give back", phoneNumber);
  const dialog = page.getByRole("dialog", { name: `Give back ${written(phoneNumber)}` });
  await expect(dialog.getByText("This cannot be undone")).toBeVisible();
  const confirm = dialog.getByRole("button", { name: `Give back ${written(phoneNumber)}` });
  await dialog.getByRole("textbox", { name: "Last four digits" }).fill("0000");
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Last four digits" }).fill(phoneNumber.slice(-4));
  await confirm.click();
  await expect(page.getByText(`${written(phoneNumber)} is given back`)).toBeVisible();
  await expect(card).toHaveCount(0);
  expect(await carrier.ownedSids(phoneNumber)).toEqual([]);

  await openCarrierSync(page, "settled");
  await expect(cardOf(page, phoneNumber)).toContainText(`Given back by ${desk.user.name}`);
});

test("a give-back whose answer is lost ends by itself", async ({ page, desk }) => {
  test.slow();
  const phoneNumber = await buyInConsole(desk);
  await carrier.arm("release", phoneNumber, { kind: "reset_after" });
  await openCarrierSync(page);
  const card = await compareUntilFound(page, phoneNumber);
  await act(card, "Give back", phoneNumber);
  const dialog = page.getByRole("dialog", { name: `Give back ${written(phoneNumber)}` });
  await dialog.getByRole("textbox", { name: "Last four digits" }).fill(phoneNumber.slice(-4));
  await dialog.getByRole("button", { name: `Give back ${written(phoneNumber)}` }).click();
  await expect(card.getByText("The carrier is taking it back")).toBeVisible();
  await expect(card.getByRole("button", { name: /^Adopt/ })).toHaveCount(0);
  await expect(card).toHaveCount(0, { timeout: 45_000 });
  expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
});

test("a number whose calls are sent elsewhere is rewired, with the keyboard", async ({ page, desk }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  const before = await ownNumber(phoneNumber);
  await carrier.configure(phoneNumber, { VoiceUrl: elsewhere });
  await openCarrierSync(page);
  const card = await compareUntilFound(page, phoneNumber);
  await expect(card.getByRole("region", { name: "Expected here" })).toContainText(
    before?.voice_url ?? "none",
  );
  await expect(card.getByRole("region", { name: "The carrier says" })).toContainText(elsewhere);
  const rewire = card.getByRole("button", { name: `Rewire ${written(phoneNumber)}` });
  await rewire.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${written(phoneNumber)} is rewired`)).toBeVisible();
  await expect(card).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Differences" })).toBeFocused();
  expect(await ownNumber(phoneNumber)).toMatchObject({ sid: before?.sid, voice_url: before?.voice_url });
});

test("what is accepted stays quiet until it looks different, and can still be rewired", async ({
  page,
  desk,
}) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await carrier.configure(phoneNumber, { VoiceUrl: elsewhere });
  await openCarrierSync(page);
  await act(await compareUntilFound(page, phoneNumber), "Accept", phoneNumber);
  await expect(cardOf(page, phoneNumber)).toHaveCount(0);
  await compareNow(page);
  await expect(cardOf(page, phoneNumber)).toHaveCount(0);

  await page.getByRole("link", { name: "Accepted", exact: true }).click();
  await expect(page).toHaveURL(/status=accepted/);
  const accepted = cardOf(page, phoneNumber);
  await expect(accepted).toContainText(`Accepted by ${desk.user.name}`);
  await act(accepted, "Rewire", phoneNumber);
  await expect(accepted).toHaveCount(0);
  expect((await ownNumber(phoneNumber))?.voice_url).not.toBe(elsewhere);
});

test("a number that the carrier does not have is told with who used it, and detached", async ({
  page,
  desk,
}) => {
  const anna = await desk.addAgent("Anna");
  const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: anna.id } });
  await carrier.disown(phoneNumber);
  await openCarrierSync(page);
  const card = await compareUntilFound(page, phoneNumber);
  await expect(card.getByRole("region", { name: "The carrier says" })).toContainText(
    "The carrier does not list this number.",
  );
  await act(card, "Detach", phoneNumber);
  await expect(card).toHaveCount(0);
  expect((await readNumbers(phoneNumber)).at(-1)?.state).toBe("gone");

  await openCarrierSync(page, "settled");
  await expect(cardOf(page, phoneNumber)).toContainText(`Detached by ${desk.user.name}`);
  await expect(cardOf(page, phoneNumber)).toContainText("Answered by Anna");
});

test("a card that somebody else settled says so and goes", async ({ page, desk, api, guard }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await carrier.configure(phoneNumber, { VoiceUrl: elsewhere });
  await openCarrierSync(page);
  const card = await compareUntilFound(page, phoneNumber);
  const [drift] = await query<{ id: string }>(
    "SELECT id FROM drift WHERE phone_number = $1 AND status = 'open'",
    [phoneNumber],
  );
  const answer = await api.post(`/core/drifts/${drift?.id}/resolve`, { data: { action: "rewire" } });
  expect(answer.status(), await answer.text()).toBe(200);
  guard.allow(409, "/resolve");
  await act(card, "Accept", phoneNumber);
  await expect(page.getByText(`${written(phoneNumber)} is unchanged`)).toBeVisible();
  await expect(card).toHaveCount(0);
});

test("without differences the page says that everything agrees", async ({ page }) => {
  await openCarrierSync(page);
  await compareNow(page);
  await expect(
    page.getByText("Everything the carrier bills is here, and everything here is at the carrier"),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "Carrier sync", exact: true })).toBeVisible();
});

test("on a narrow screen nothing scrolls sideways", async ({ page, desk }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await carrier.configure(phoneNumber, { VoiceUrl: `${elsewhere}/${"long".repeat(40)}` });
  await openCarrierSync(page);
  const card = await compareUntilFound(page, phoneNumber);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await act(card, "Rewire", phoneNumber);
  await expect(card).toHaveCount(0);
});

test.describe("as a viewer", () => {
  test.use({ role: "viewer" });

  test("differences can be read, and who decides", async ({ page, desk }) => {
    const { phone_number: phoneNumber } = await desk.buyNumber();
    await carrier.configure(phoneNumber, { VoiceUrl: elsewhere });
    const owner = await desk.addMember("owner");
    const ownersPage = await desk.openPage(owner);
    await openCarrierSync(ownersPage);
    await compareUntilFound(ownersPage, phoneNumber);

    await openCarrierSync(page);
    const card = cardOf(page, phoneNumber);
    await expect(card.getByText("An operator or admin decides about it.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^(Compare now|Rewire|Accept|Stop)/ })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Accepted" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Kill switches" })).toHaveCount(0);

    await act(cardOf(ownersPage, phoneNumber), "Rewire", phoneNumber);
    await expect(cardOf(ownersPage, phoneNumber)).toHaveCount(0);
  });
});
