import type { BrowserContext } from "@playwright/test";

/**
 * Collects what a person would not see but should not be there: console errors and warnings, uncaught exceptions and
 * error answers of the server. A test announces those it provokes.
 */
export class BrowserGuard {
  readonly findings: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** For example `allow(409, "purchase-number")`. */
  allow(status: number, address: string): void {
    this.allowed.push(new RegExp(`^${status} \\w+ .*${address.replaceAll(/[.*+?^$()[\]{}|\\]/g, "\\$&")}`));
  }

  allowMatching(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  watch(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      // Chromium repeats each error answer here; those are judged below, with their address.
      if (/^Failed to load resource: the server responded/.test(message.text())) return;
      this.report(`console ${message.type()}: ${message.text()}`);
    });
    context.on("weberror", (error) => this.report(`uncaught: ${error.error().message}`));
    context.on("response", (response) => {
      if (response.status() < 400) return;
      const { pathname } = new URL(response.url());
      this.report(`${response.status()} ${response.request().method()} ${pathname}`);
    });
  }

  private report(finding: string): void {
    if (!this.allowed.some((pattern) => pattern.test(finding))) this.findings.push(finding);
  }
}
