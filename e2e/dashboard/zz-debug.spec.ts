import { expect, test } from "../fixtures";
import { openNumbers, rowOf } from "./steps";
const active = () => { const e = document.activeElement; return e?.tagName + " " + e?.className.slice(0, 60) + " " + e?.getAttribute("aria-label"); };
test("debug", async ({ page, desk }) => {
  await desk.addAgent("Anna");
  const n = await desk.buyNumber();
  page.on("console", (m) => console.log("   >", m.text()));
  await page.addInitScript(() => {
    const d = (e: unknown) => e instanceof Element ? `${e.tagName}.${e.getAttribute("aria-label") ?? e.className.slice(0, 30)} connected=${e.isConnected}` : String(e);
    for (const t of ["focusin", "focusout"]) addEventListener(t, (e) => console.log(t, d(e.target), "related", d((e as FocusEvent).relatedTarget)), true);
    const f = HTMLElement.prototype.focus;
    HTMLElement.prototype.focus = function (...a) { console.log("focus()", d(this)); return f.apply(this, a as []); };
  });
  await openNumbers(page);
  await expect(rowOf(page, n.phone_number)).toBeVisible();
  for (const i of [1, 2]) {
  console.log("round", i);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  console.log("after escape", await page.evaluate(active));
  }
});
