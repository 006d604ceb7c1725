import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { carrier } from "../carrier";
import { makeOperator } from "../database";
import { expect, test } from "../fixtures";
import { act, cardOf, compareUntilFound, openCarrierSync } from "./carrier-sync-steps";
import { offersIn, searchAreaCode, written } from "./steps";

/** WCAG 2.2 AA by axe on every page and dialog, in both themes, wide and narrow. */

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectNoViolations(page: Page, what: string): Promise<void> {
  await test.step(what, async () => {
    // What fades in or out has half its colour.
    await page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
          .map((animation) => animation.finished),
      ),
    );
    if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: axePath });
    const { violations } = await page.evaluate<AxeResults, string[]>(
      (values) =>
        (window as unknown as { axe: typeof import("axe-core") }).axe.run(document, {
          runOnly: { type: "tag", values },
        }),
      tags,
    );
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
    );
    expect.soft(found, what).toEqual([]);
  });
}

const themes = ["light", "dark"] as const;
const widths = [1440, 390];

for (const colorScheme of themes) {
  for (const width of widths) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({
        colorScheme,
        viewport: { width, height: 900 },
        contextOptions: { reducedMotion: "reduce" },
      });
      test.slow();

      test("sign-in", async ({ page, context }) => {
        await context.clearCookies();
        await page.goto("/sign-in");
        await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
        await expectNoViolations(page, "the form");
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByText("Enter your email.")).toBeVisible();
        await expectNoViolations(page, "its messages");
      });

      test("buying", async ({ page, desk, areaCode }) => {
        await desk.addAgent("Anna");
        await page.goto("/settings/phone-numbers");
        await expect(page.getByRole("button", { name: "Buy your first number" })).toBeVisible();
        await expectNoViolations(page, "the empty list");

        await page.getByRole("button", { name: "Buy number", exact: true }).click();
        const dialog = page.getByRole("dialog", { name: /^Buy / });
        await searchAreaCode(dialog, areaCode);
        await expectNoViolations(page, "the results");
        await dialog.getByRole("button", { name: "More filters" }).click();
        await dialog.getByRole("textbox", { name: "Area code" }).fill("41");
        await dialog.getByRole("button", { name: "Search", exact: true }).click();
        await expect(dialog.getByText("An area code has three digits")).toBeVisible();
        await expectNoViolations(page, "the form with a mistake");
        await dialog.getByRole("textbox", { name: "Area code" }).fill("917");
        await dialog.getByRole("button", { name: "Search", exact: true }).click();
        await expect(dialog.getByText("No number in area code 917 is for sale right now")).toBeVisible();
        await expectNoViolations(page, "nothing found");
        await searchAreaCode(dialog, areaCode);

        await offersIn(dialog).first().getByRole("button").click();
        const confirm = dialog.getByRole("button", { name: /\/month$/ });
        await expect(confirm).toBeVisible();
        await expect(dialog.getByRole("combobox", { name: /^Inbound agent/ })).toBeVisible();
        await expectNoViolations(page, "the confirmation");
        await dialog.getByRole("combobox", { name: /^Inbound agent/ }).click();
        await expect(page.getByRole("option", { name: /Anna/ })).toBeVisible();
        await expectNoViolations(page, "the choice of an agent");
        await page.keyboard.press("Escape");
        await confirm.click();
        await expect(dialog.getByText("is yours and ready for calls.")).toBeVisible();
        await expectNoViolations(page, "the end of the order");
      });

      test("a number", async ({ page, desk }) => {
        const anna = await desk.addAgent("Anna", 2);
        const { phone_number: phoneNumber } = await desk.buyNumber({
          inbound: { agent_id: anna.id, version: 1 },
          label: "Support",
        });
        await desk.buyNumber();
        await page.goto("/settings/phone-numbers");
        const menu = page.getByRole("button", { name: `Actions for ${written(phoneNumber)}`, exact: true });
        await expect(menu).toBeVisible();
        await expectNoViolations(page, "the list");
        await menu.click();
        await expect(page.getByRole("menu")).toBeVisible();
        await expectNoViolations(page, "the row's menu");
        await page.getByRole("menuitem", { name: "Assign agents" }).click();
        await expect(page.getByRole("combobox", { name: /^Inbound version/ })).toBeVisible();
        await expectNoViolations(page, "the panel of a number");
        await page.keyboard.press("Escape");
        await menu.click();
        await page.getByRole("menuitem", { name: "Edit label" }).click();
        await expect(page.getByRole("dialog", { name: /^Label/ })).toBeVisible();
        await expectNoViolations(page, "the label");
        await page.keyboard.press("Escape");
        await menu.click();
        await page.getByRole("menuitem", { name: "Release number" }).click();
        const release = page.getByRole("dialog", { name: /^Release/ });
        await expect(release.getByRole("textbox", { name: "Days to wait" })).toBeVisible();
        await expectNoViolations(page, "the release sheet");
        await release.getByRole("textbox", { name: "Days to wait" }).fill("91");
        await expect(release.getByText("Write a number of days from 1 to 90.")).toBeVisible();
        await expectNoViolations(page, "the release sheet with a mistake");
        await release.getByRole("radio", { name: "Now" }).check();
        await expect(release.getByRole("textbox", { name: "Last four digits" })).toBeVisible();
        await expectNoViolations(page, "a release at once");
      });

      test("what is on its way out, and what went", async ({ page, desk, api }) => {
        const anna = await desk.addAgent("Anna");
        const held = await desk.buyNumber({ inbound: { agent_id: anna.id } });
        const gone = await desk.buyNumber();
        const locked = await desk.buyNumber();
        await api.delete(`/core/phone-numbers/${held.id}`, { params: { hold: 7, unassign: true } });
        await api.delete(`/core/phone-numbers/${gone.id}`);
        await api.patch(`/core/phone-numbers/${locked.id}`, { data: { locked: true } });
        const open = (number: string) =>
          page.getByRole("button", { name: `Actions for ${written(number)}`, exact: true }).click();

        await page.goto("/settings/phone-numbers");
        await expect(page.getByText("Held").first()).toBeVisible();
        await expectNoViolations(page, "a list with a lock and a hold");
        await open(locked.phone_number);
        await page.getByRole("menuitem", { name: "Release number" }).click();
        await expect(page.getByRole("button", { name: "Unlock" })).toBeVisible();
        await expectNoViolations(page, "the release of a locked number");

        await page.goto("/settings/phone-numbers?status=releasing");
        await expect(page.getByRole("button", { name: /^in \d/ })).toBeVisible();
        await expectNoViolations(page, "Releasing");
        await open(held.phone_number);
        await page.getByRole("menuitem", { name: "Details" }).click();
        await expect(page.getByRole("dialog").getByRole("button", { name: /^Release now/ })).toBeVisible();
        await expectNoViolations(page, "the panel of a held number");
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: /^Undo/ }).click();
        await expect(page.getByText("No number is being released")).toBeVisible();
        await expectNoViolations(page, "Releasing, empty, with a notification");

        await page.goto("/settings/phone-numbers?status=released");
        await expect(page.getByRole("button", { name: /^Buy again/ })).toBeVisible();
        await expectNoViolations(page, "Released");
        await page.getByRole("button", { name: /^Buy again/ }).click();
        await expect(page.getByText("is not for sale right now")).toBeVisible();
        await expectNoViolations(page, "a number that is not for sale again");
      });

      test("agents, palette and shortcuts", async ({ page, desk }) => {
        await page.goto("/agents");
        await expect(page.getByRole("button", { name: "Create your first agent" })).toBeVisible();
        await expectNoViolations(page, "no agents");
        await page.getByRole("button", { name: "Create your first agent" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Create agent" }).click();
        await expect(page.getByText("Give the agent a name.")).toBeVisible();
        await expectNoViolations(page, "the new agent's form");

        const anna = await desk.addAgent("Anna", 2);
        await page.goto("/agents");
        await expect(page.getByRole("link", { name: "Anna" })).toBeVisible();
        await expectNoViolations(page, "the agents");
        await page.goto(`/agents/${anna.id}`);
        await expect(page.getByRole("heading", { name: "Anna", level: 1 })).toBeVisible();
        await expectNoViolations(page, "an agent");
        await page.getByRole("button", { name: "Publish a new version" }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await expectNoViolations(page, "a new version");
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
        await page.keyboard.press("Control+k");
        await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
        await expectNoViolations(page, "the palette");
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
        await page.keyboard.press("?");
        await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
        await expectNoViolations(page, "the shortcuts");
      });

      test("keys and tokens", async ({ page, api }) => {
        await page.goto("/settings/api-keys");
        await page.getByRole("button", { name: "Create your first API key" }).click();
        const form = page.getByRole("dialog", { name: "Create API key" });
        await form.getByRole("radio", { name: "Choose" }).check();
        await form.getByRole("button", { name: "Create key" }).click();
        await expect(form.getByText("Choose at least one.")).toBeVisible();
        await expectNoViolations(page, "the new key's form with mistakes");
        await form.getByRole("radio", { name: "Read only" }).check();
        await form.getByRole("textbox", { name: "Name" }).fill("Robot");
        await form.getByRole("button", { name: "Create key" }).click();
        const secret = page.getByRole("dialog", { name: "Copy your API key" });
        await secret.getByRole("button", { name: "Done" }).click();
        await expect(secret.getByText("The key has not been copied")).toBeVisible();
        await expectNoViolations(page, "the secret, not copied");
        await secret.getByRole("button", { name: "Close anyway" }).click();
        await expect(secret).toBeHidden();

        await api.post("/core/api-keys", {
          data: { name: "Deputy", scopes: ["agents:manage", "calls:read"] },
        });
        await page.reload();
        await page.getByRole("button", { name: "Revoke Robot" }).click();
        const revoke = page.getByRole("dialog", { name: "Revoke Robot" });
        await expect(revoke).toBeVisible();
        await expectNoViolations(page, "a revocation");
        await revoke.getByRole("button", { name: "Revoke Robot" }).click();
        await expect(revoke).toBeHidden();
        await page.getByRole("button", { name: "Show 1 revoked or expired" }).click();
        await expect(page.getByText("Revoked", { exact: true })).toBeVisible();
        await expectNoViolations(page, "the keys, with a revoked one");
        await page.goto("/account/tokens");
        await expect(page.getByRole("button", { name: "Create your first personal token" })).toBeVisible();
        await expectNoViolations(page, "no tokens");
      });

      test("carrier sync and kill switches", async ({ page, desk }) => {
        await makeOperator(desk.organizationId);
        const [offer] = await desk.findOffers();
        const unknown = offer?.phone_number ?? "";
        await carrier.own(unknown, { friendly_name: "Sales line" });
        await openCarrierSync(page);
        const card = await compareUntilFound(page, unknown);
        await expectNoViolations(page, "the differences");
        await act(card, "Adopt", unknown);
        await expect(page.getByRole("dialog", { name: /^Adopt/ })).toBeVisible();
        await expectNoViolations(page, "an adoption");
        await page.keyboard.press("Escape");
        await act(card, "Give back", unknown);
        await expect(page.getByRole("textbox", { name: "Last four digits" })).toBeVisible();
        await expectNoViolations(page, "a give-back");
        await page.keyboard.press("Escape");
        await act(card, "Accept", unknown);
        await page.getByRole("link", { name: "Accepted", exact: true }).click();
        await expect(cardOf(page, unknown)).toBeVisible();
        await expectNoViolations(page, "what is accepted");
        await carrier.disown(unknown);

        await page.getByRole("button", { name: "Stop buying or releasing" }).click();
        const form = page.getByRole("dialog", { name: "Stop buying or releasing" });
        await form.getByRole("radio", { name: "One carrier account" }).check();
        await form.getByRole("button", { name: "Stop buying", exact: true }).click();
        await expect(form.getByText("Choose the carrier account.")).toBeVisible();
        await expectNoViolations(page, "the form with mistakes");
        await form.getByRole("radio", { name: /^Organization/ }).check();
        await form.getByRole("textbox", { name: "Reason" }).fill("Prices are under review.");
        await form.getByRole("button", { name: "Stop buying", exact: true }).click();
        await expect(page.getByRole("region", { name: "Notices" })).toBeVisible();
        await expectNoViolations(page, "what is stopped");
      });

      test("the API reference", async ({ page }) => {
        await page.goto("/docs");
        await expect(page.getByRole("heading", { name: "API reference", level: 1 })).toBeVisible();
        await expectNoViolations(page, "the reference");
        if (width < 1024) {
          await page.getByText("On this page", { exact: true }).click();
          await expectNoViolations(page, "its navigation");
        }
        await page.goto("/docs/errors");
        await expect(page.getByRole("heading", { name: "Errors", level: 1 })).toBeVisible();
        await expectNoViolations(page, "the errors");
      });
    });
  }
}

test("nothing scrolls sideways at 320 pixels", async ({ page, desk }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await desk.buyNumber({ label: "A label that is rather long for a screen this narrow, and then some" });
  await page.goto("/settings/phone-numbers");
  await expect(page.getByRole("button", { name: /^Actions for/ })).toBeVisible();
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Buy number", exact: true }).click();
  await expect(offersIn(page.getByRole("dialog")).first()).toBeVisible();
  expect(await overflow()).toBeLessThanOrEqual(0);
});
