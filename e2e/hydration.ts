import type { BrowserContext, Page } from "@playwright/test";

/**
 * Makes `goto` and `reload` of every page of a context return only once React has taken over the server's HTML: a
 * click or key before that would go nowhere. People are slower than that; tests are not.
 */
export function waitForHydration(context: BrowserContext): void {
  context.on("page", (page) => {
    const { goto, reload } = page;
    page.goto = async (...input) => {
      const response = await goto.apply(page, input);
      await hydrated(page);
      return response;
    };
    page.reload = async (...input) => {
      const response = await reload.apply(page, input);
      await hydrated(page);
      return response;
    };
  });
}

async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button, input, tr[tabindex]")].every((element) =>
      Object.keys(element).some((key) => key.startsWith("__react")),
    ),
  );
}
