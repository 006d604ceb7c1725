import { carrier } from "../carrier";
import { stack } from "../environment";
import { expect, test } from "../fixtures";
import {
  choose,
  confirmButton,
  expectBought,
  openBuyDialog,
  openNumbers,
  rowOf,
  searchAreaCode,
} from "./steps";

/** Alone in its project: the database goes away for everybody. */

// One after the other, but a failure of one is no reason to leave out the next.
test.describe.configure({ mode: "default" });
test.slow();

async function switchDatabase(to: "stop" | "start"): Promise<void> {
  const response = await fetch(`${stack.controlUrl}/database/${to}`, { method: "POST" });
  expect(response.status, await response.text()).toBe(204);
}

// Also when a test fails in between: the next one needs the database.
test.afterEach(() => switchDatabase("start"));

const sentence = "Linedesk cannot reach its database.";

test("pages and the API say so, nothing is bought, and everything works again afterwards", async ({
  page,
  desk,
  areaCode,
  guard,
  api,
}) => {
  guard.allowMatching(/^50[03] /);
  guard.allowMatching(/^console (error|warning): /);
  // How the browser learns that the order did not arrive.
  guard.allow(404, "/core/phone-numbers/");
  const held = await desk.buyNumber({ label: "Before" });
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const phoneNumber = await choose(dialog);

  await switchDatabase("stop");
  const before = await carrier.lastSequence();

  await test.step("a purchase is not sent to the carrier", async () => {
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await confirmButton(dialog).click();
    expect((await answer).status()).toBe(503);
    const orders = (await carrier.requestsSince(before)).filter((request) => request.operation === "buy");
    expect(orders).toEqual([]);
  });

  await test.step("the API", async () => {
    const response = await api.post("/core/managed-accounts/default/purchase-number", {
      data: { phone_number: phoneNumber },
    });
    expect(response.status()).toBe(503);
    expect(await response.json()).toMatchObject({
      code: "service_unavailable",
      detail: `${sentence.slice(0, -1)}. Nothing was done; try again in a moment.`,
    });
    expect(response.headers()["retry-after"]).toBe("2");
    expect((await api.get("/healthz")).status()).toBe(200);
    expect((await api.get("/readyz")).status()).toBe(503);
  });

  await test.step("pages", async () => {
    const other = await page.context().newPage();
    for (const address of ["/settings/phone-numbers", "/agents"]) {
      await other.goto(address);
      await expect(other.getByText(sentence)).toBeVisible();
      await expect(other.getByRole("button", { name: "Try again" })).toBeVisible();
    }
    await switchDatabase("start");
    await other.getByRole("button", { name: "Try again" }).click();
    await expect(other.getByRole("heading", { name: "Agents", level: 1 })).toBeVisible({ timeout: 20_000 });
    await other.close();
  });

  await test.step("the order that did not arrive is told as such, and can be placed again", async () => {
    await expect(
      dialog.getByText("The order did not reach Linedesk. Nothing was bought and nothing is charged."),
    ).toBeVisible({ timeout: 45_000 });
    await confirmButton(dialog).click();
    await expectBought(dialog, phoneNumber);
    expect(await carrier.chargesFor(phoneNumber)).toHaveLength(1);
  });

  await test.step("nothing was lost", async () => {
    await page.reload();
    await expect(rowOf(page, held.phone_number)).toContainText("Before");
    await expect(rowOf(page, phoneNumber)).toBeVisible();
    expect((await api.get("/readyz")).status()).toBe(200);
  });
});

test("signing in says that it is not possible right now", async ({ page, context, guard }) => {
  guard.allowMatching(/^50[03] /);
  guard.allowMatching(/^401 POST .*credentials/);
  guard.allowMatching(/^console (error|warning): /);
  await context.clearCookies();
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await switchDatabase("stop");
  await page.getByRole("textbox", { name: "Email" }).fill("owner@demo.example");
  await page.getByRole("textbox", { name: "Password" }).fill("whatever");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Sign-in is not available right now. Try again in a moment.")).toBeVisible({
    timeout: 30_000,
  });
});

test("a database that goes away while the carrier sells: checking, and then bought", async ({
  page,
  areaCode,
  guard,
}) => {
  guard.allowMatching(/^50[03] /);
  guard.allowMatching(/^console (error|warning): /);
  await openNumbers(page);
  const dialog = await openBuyDialog(page);
  await searchAreaCode(dialog, areaCode);
  const phoneNumber = await choose(dialog);
  await carrier.arm("buy", phoneNumber, { kind: "delay", ms: 2_000, when: "before" });
  await confirmButton(dialog).click();
  await expect.poll(async () => (await carrier.ordersFor(phoneNumber)).length).toBe(1);
  await switchDatabase("stop");
  await expect.poll(() => carrier.ownedSids(phoneNumber)).toHaveLength(1);
  await expect(dialog.getByText(/You will not be charged twice|you will not be charged twice/)).toBeVisible({
    timeout: 20_000,
  });
  await switchDatabase("start");
  // The lease of the process that lost the database has to run out first.
  await expectBought(dialog, phoneNumber, 90_000);
  expect(await carrier.chargesFor(phoneNumber)).toHaveLength(1);
  expect(await carrier.ordersFor(phoneNumber)).toHaveLength(1);
});
