import type { Page, Response } from "@playwright/test";
import { createByocNumbers } from "../database";
import { expect, test } from "../fixtures";
import { openNumbers, openTab, releaseNow, rowOf, written } from "./steps";

/** Rows in each answer of `GET /core/phone-numbers` that this page got. */
function watchPages(page: Page): { rows: number[] } {
  const seen = { rows: [] as number[] };
  page.on("response", async (response: Response) => {
    if (response.request().method() !== "GET" || !/\/core\/phone-numbers(\?|$)/.test(response.url())) return;
    const body = await response.json().catch(() => null);
    if (body) seen.rows.push(body.data.length);
  });
  return seen;
}

test.describe("with 10,000 numbers", () => {
  test.use({ numberLimit: 20_000 });
  test.slow();

  test.beforeEach(async ({ desk, areaCode }) => {
    await createByocNumbers(desk.organizationId, areaCode, 10_000);
  });

  test("shows the first page, loads on demand, filters, sorts, and keeps the filter in the address", async ({
    page,
    areaCode,
    api,
  }, testInfo) => {
    const seen = watchPages(page);
    const rows = page.getByRole("table", { name: "Phone numbers" }).getByRole("row");

    await test.step("the first page", async () => {
      await openNumbers(page);
      await expect(page.getByText("10,000 numbers · ")).toBeVisible();
      await expect(page.getByText("Showing 50 of 10,000 numbers")).toBeVisible();
      await expect(rows.nth(1)).toContainText("Line 00000");
    });

    await test.step("load more, scroll", async () => {
      await page.getByRole("button", { name: "Load more" }).click();
      await expect(page.getByText("Showing 250 of 10,000 numbers")).toBeVisible();
      expect(await rows.count(), "only the rows in view are in the document").toBeLessThan(120);
      await rowOf(page, `+1${areaCode}2340000`).focus();
      await page.keyboard.press("End");
      await expect(rowOf(page, `+1${areaCode}2340249`)).toBeFocused();
      await page.keyboard.press("Home");
      await expect(rowOf(page, `+1${areaCode}2340000`)).toBeFocused();
    });

    await test.step("sort", async () => {
      await page.getByRole("columnheader", { name: "Phone Number" }).getByRole("button").click();
      await expect(page).toHaveURL(/sort=phone_number/);
      await expect(page.getByRole("columnheader", { name: "Phone Number" })).toHaveAttribute(
        "aria-sort",
        "ascending",
      );
      await page.getByRole("columnheader", { name: "Monthly cost" }).getByRole("button").click();
      await expect(rows.nth(1)).toContainText("$1.90");
      await page.getByRole("columnheader", { name: "Created At" }).getByRole("button").click();
      await page.getByRole("columnheader", { name: "Created At" }).getByRole("button").click();
      await expect(rows.nth(1)).toContainText("Line 09999");
    });

    await test.step("free text narrows", async () => {
      await page.getByRole("textbox", { name: "Filter numbers" }).fill("line 0777");
      await expect(page.getByText("10 numbers", { exact: true })).toBeVisible();
      await expect(rows).toHaveCount(11);
      await expect(page).toHaveURL(/q=line/);
      await page.getByRole("textbox", { name: "Filter numbers" }).fill(`${areaCode} 234 5678`);
      await expect(page.getByText("1 number", { exact: true })).toBeVisible();
      await expect(rowOf(page, `+1${areaCode}2345678`)).toBeVisible();
      await expect(page).toHaveURL(/q=\d{3}/);
    });

    await test.step("the filter survives a reload", async () => {
      await page.reload();
      await expect(page.getByRole("textbox", { name: "Filter numbers" })).toHaveValue(`${areaCode} 234 5678`);
      await expect(rowOf(page, `+1${areaCode}2345678`)).toBeVisible();
      await expect(rows).toHaveCount(2);
    });

    expect(Math.max(...seen.rows), "no answer holds more than a page").toBeLessThanOrEqual(200);
    expect(seen.rows.reduce((sum, count) => sum + count, 0)).toBeLessThan(2_000);

    const times: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const started = performance.now();
      expect((await api.get("/core/phone-numbers?limit=50")).status()).toBe(200);
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    testInfo.annotations.push({
      type: "GET /core/phone-numbers, 50 of 10,000",
      description: `median ${times[5]?.toFixed(1)} ms, slowest of ten ${times[9]?.toFixed(1)} ms`,
    });
  });

  test("pages of the API cover every number once, in order", async ({ api }) => {
    const numbers: string[] = [];
    let cursor: string | null = null;
    do {
      const response = await api.get("/core/phone-numbers", {
        params: { limit: 200, sort: "phone_number", ...(cursor ? { cursor } : {}) },
      });
      const body: { data: { phone_number: string }[]; next_cursor: string | null } = await response.json();
      numbers.push(...body.data.map((number) => number.phone_number));
      cursor = body.next_cursor;
    } while (cursor);
    expect(numbers).toHaveLength(10_000);
    expect(new Set(numbers).size).toBe(10_000);
    expect([...numbers].sort()).toEqual(numbers);
  });
});

test("tabs show what is assigned, idle and released, and live in the address", async ({ page, desk }) => {
  const agent = await desk.addAgent("Anna");
  const assigned = await desk.buyNumber({ inbound: { agent_id: agent.id } });
  const idle = await desk.buyNumber({ label: "Spare" });
  const gone = await desk.buyNumber();
  await openNumbers(page);
  await releaseNow(page, gone.phone_number);

  const expectRows = async (...numbers: string[]) => {
    const rows = page.getByRole("table", { name: "Phone numbers" }).getByRole("row");
    await expect(rows).toHaveCount(numbers.length + 1);
    for (const number of numbers) await expect(rowOf(page, number)).toBeVisible();
  };
  await expectRows(assigned.phone_number, idle.phone_number);
  await openTab(page, "Assigned");
  await expectRows(assigned.phone_number);
  await openTab(page, "Idle");
  await expectRows(idle.phone_number);
  await openTab(page, "Released");
  await expect(page).toHaveURL(/status=released/);
  await expectRows(gone.phone_number);
  await page.reload();
  await expectRows(gone.phone_number);
  await expect(rowOf(page, gone.phone_number)).toContainText("Released");
});

test("free text finds numbers, labels and agents", async ({ page, desk }) => {
  const agent = await desk.addAgent("Zebedee");
  const assigned = await desk.buyNumber({ outbound: { agent_id: agent.id } });
  const labelled = await desk.buyNumber({ label: "Night line" });
  await openNumbers(page);
  const filter = page.getByRole("textbox", { name: "Filter numbers" });
  for (const [text, found, hidden] of [
    ["zebed", assigned, labelled],
    ["night", labelled, assigned],
    [labelled.phone_number.slice(-7), labelled, assigned],
  ] as const) {
    await filter.fill(text);
    await expect(rowOf(page, hidden.phone_number)).toHaveCount(0);
    await expect(rowOf(page, found.phone_number)).toBeVisible();
  }
  await filter.fill("nothing has this");
  await expect(page.getByText("No number matches these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rowOf(page, labelled.phone_number)).toBeVisible();
  await expect(rowOf(page, assigned.phone_number)).toBeVisible();
});

test("filters by agent, country and type, each of which can be taken away", async ({ page, desk }) => {
  const agent = await desk.addAgent("Anna");
  const assigned = await desk.buyNumber({ inbound: { agent_id: agent.id } });
  const idle = await desk.buyNumber();
  await openNumbers(page);
  await page.getByRole("button", { name: "Filters", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Filters" });
  await panel.getByRole("combobox", { name: "Agent" }).click();
  await page.getByRole("option", { name: "Anna" }).click();
  await expect(rowOf(page, idle.phone_number)).toHaveCount(0);
  await expect(rowOf(page, assigned.phone_number)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove filter Agent: Anna" }).click();
  await expect(rowOf(page, idle.phone_number)).toBeVisible();

  await page.goto("/settings/phone-numbers?phone_number_type=toll_free&country_code=US");
  await expect(page.getByRole("button", { name: "Remove filter Type: Toll-free" })).toBeVisible();
  await expect(page.getByText("No number matches these filters")).toBeVisible();
});

test("a label can be given, changed and taken away", async ({ page, desk }) => {
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  for (const label of ["Support", "Sales", ""]) {
    await page.getByRole("button", { name: `Actions for ${written(phoneNumber)}` }).click();
    await page.getByRole("menuitem", { name: "Edit label" }).click();
    const dialog = page.getByRole("dialog", { name: `Label ${written(phoneNumber)}` });
    await dialog.getByRole("textbox", { name: `Label for ${written(phoneNumber)}` }).fill(label);
    await dialog.getByRole("button", { name: "Save label" }).click();
    await expect(dialog).toBeHidden();
    await expect(rowOf(page, phoneNumber).getByRole("cell").nth(1)).toHaveText(label || "-");
  }
});

test("a number is copied in E.164 form", async ({ page, desk, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { phone_number: phoneNumber } = await desk.buyNumber();
  await openNumbers(page);
  await rowOf(page, phoneNumber).hover();
  await page.getByRole("button", { name: `Copy ${written(phoneNumber)}` }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(phoneNumber);
});

test("a number of another organization is not here", async ({ page, desk, neighbour }) => {
  const theirs = await neighbour.buyNumber();
  await desk.buyNumber();
  await openNumbers(page);
  await expect(page.getByText("1 number", { exact: true })).toBeVisible();
  await expect(rowOf(page, theirs.phone_number)).toHaveCount(0);
});
